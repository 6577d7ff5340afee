import { asObject, asText } from '../model/raw.ts';
import { type Coordinates, coordinates } from './java-coordinates.ts';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { jsonObject, tomlObject } from './structured-text.ts';
import { textLines } from './text-lines.ts';
import { textParser } from './text-parser.ts';
import { walkXml } from './xml-events.ts';

/** A parser of one of Gradle's text files. */
function gradleFile(id: string, place: RegExp, parseText: (text: string, path: string) => ParseResult): Parser {
  return textParser({ id, declares: true, wants: (path) => place.test(path), parse: parseText });
}

/** `gradle.lockfile`, which names every resolved module, and the older one per configuration. */
export const gradleLockfile = gradleFile(
  'maven/gradle-lockfile',
  /(?:^|\/)(?:(?:buildscript-|settings-)?gradle\.lockfile|gradle\/dependency-locks\/[^/]+\.lockfile)$/,
  parseGradleLockfile,
);

/** `gradle/verification-metadata.xml`: every module whose files were ever fetched for the build. */
export const gradleVerification = gradleFile(
  'maven/gradle-verification',
  /(?:^|\/)gradle\/verification-metadata\.xml$/,
  parseGradleVerification,
);

/** `libs.versions.toml`, Gradle's catalogue: the libraries at exact versions. */
export const gradleCatalog = gradleFile('maven/gradle-catalog', /(?:^|\/)[^/]+\.versions\.toml$/, parseGradleCatalog);

/** `build.sbt.lock`, by the sbt-dependency-lock plugin. */
export const sbtLock = gradleFile('maven/sbt-lock', /(?:^|\/)build\.sbt\.lock$/, parseSbtLock);

/** One module a line: `group:artifact:version=configurations`. `empty=` lists configurations without any. */
export function parseGradleLockfile(text: string, path: string): ParseResult {
  const found = modulesOf(path);
  for (const raw of textLines(text)) {
    const line = raw.trim();
    if (found.isFull()) {
      break;
    }
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) {
      continue;
    }
    const [group = '', artifact = '', version = '', ...more] = (line.split('=', 1)[0] ?? '').split(':');
    if (more.length > 0) {
      found.doubt(line);
    } else {
      addModule({ group, artifact, version }, found);
    }
  }
  return found.result();
}

export function parseGradleVerification(text: string, path: string): ParseResult {
  const found = modulesOf(path);
  const fault = walkXml(text, {
    open(place, { group = '', name = '', version = '' }) {
      if (place === 'verification-metadata/components/component') {
        addModule({ group, artifact: name, version }, found);
      }
    },
  });
  const result = found.result('The metadata names no component.');
  return fault === null
    ? result
    : unreadable(path, `The verification metadata was read in part: it is damaged: ${fault}.`, result.packages);
}

export function parseGradleCatalog(text: string, path: string): ParseResult {
  const catalog = tomlObject(text);
  if (catalog === null) {
    return unreadable(path, 'The catalogue is not TOML.');
  }
  const versions = asObject(catalog.versions) ?? {};
  const found = modulesOf(path);
  for (const [alias, raw] of Object.entries(asObject(catalog.libraries) ?? {})) {
    const library = libraryOf(raw, versions);
    if (library === null) {
      found.leaveOut('libraries of the catalogue without an exact version', alias);
    } else {
      addModule(library, found);
    }
  }
  return found.result('The catalogue names no library.');
}

/** `"group:artifact:version"`, or a table with module or group and name, and a version or the name of one. */
function libraryOf(raw: unknown, versions: Readonly<Record<string, unknown>>): Coordinates | null {
  const short = asText(raw);
  if (short !== null) {
    const [group = '', artifact = '', version = ''] = short.split(':');
    return coordinates(group, artifact, exact(version));
  }
  const library = asObject(raw) ?? {};
  const [group = '', artifact = ''] = (
    asText(library.module) ?? `${asText(library.group)}:${asText(library.name)}`
  ).split(':');
  const ref = asText(asObject(library.version)?.ref);
  const version = ref !== null && Object.hasOwn(versions, ref) ? versions[ref] : library.version;
  return coordinates(group, artifact, exact(version));
}

/** The one version that a plain or rich declaration means; empty for ranges and prefixes. */
function exact(raw: unknown): string {
  const rich = asObject(raw);
  const version = asText(raw) ?? asText(rich?.strictly) ?? asText(rich?.require) ?? asText(rich?.prefer) ?? '';
  return /[[\](),+]|^latest\./.test(version) ? '' : version;
}

export function parseSbtLock(text: string, path: string): ParseResult {
  const lock = jsonObject(text);
  const dependencies = lock?.dependencies;
  if (!Array.isArray(dependencies)) {
    return unreadable(path, 'The lock file is not a JSON object with a list of dependencies.');
  }
  const found = modulesOf(path);
  for (const raw of dependencies) {
    const { org, name, version } = asObject(raw) ?? {};
    addModule({ group: asText(org) ?? '', artifact: asText(name) ?? '', version: asText(version) ?? '' }, found);
  }
  return found.result('The lock file names no dependency.');
}

function modulesOf(path: string): LockPackages {
  // Names are judged together with their versions, as coordinates.
  return createLockPackages({ ecosystem: 'maven', packageManager: 'OTHER', path, isName: () => true });
}

function addModule({ group, artifact, version }: Coordinates, found: LockPackages): void {
  if (coordinates(group, artifact, version) === null) {
    found.doubt(`${group}:${artifact}:${version}`);
  } else {
    found.add(`${group}:${artifact}`, version);
  }
}
