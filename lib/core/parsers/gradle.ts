import type { Package } from '../model/package.ts';
import { asObject, asText } from '../model/raw.ts';
import { coordinates } from './java-coordinates.ts';
import { languagePackage } from './language-package.ts';
import { excerpt, found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { jsonObject, tomlObject } from './structured-text.ts';
import { textLines } from './text-lines.ts';
import { textParser } from './text-parser.ts';
import { walkXml } from './xml-events.ts';

const PACKAGES_MAX = 200_000;

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
  const packages = new Map<string, Package>();
  let strange = 0;
  for (const raw of textLines(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) {
      continue;
    }
    const [group = '', artifact = '', version = '', ...more] = (line.split('=', 1)[0] ?? '').split(':');
    const pkg = more.length === 0 ? packageOf(group, artifact, version, path) : null;
    if (pkg === null) {
      strange += 1;
    } else if (packages.size < PACKAGES_MAX) {
      packages.set(pkg.purl, pkg);
    } else {
      return unreadable(path, `The lock file names more than ${PACKAGES_MAX} modules.`, [...packages.values()]);
    }
  }
  if (strange > 0) {
    return unreadable(path, `${strange} lines of the lock file name no module.`, [...packages.values()]);
  }
  return packages.size === 0 ? noPackage(path, 'The lock file names no module.') : found([...packages.values()]);
}

export function parseGradleVerification(text: string, path: string): ParseResult {
  const packages = new Map<string, Package>();
  let strange = 0;
  const fault = walkXml(text, {
    open(place, { group = '', name = '', version = '' }) {
      if (place !== 'verification-metadata/components/component' || packages.size >= PACKAGES_MAX) {
        return;
      }
      const pkg = packageOf(group, name, version, path);
      strange += pkg === null ? 1 : 0;
      if (pkg !== null) {
        packages.set(pkg.purl, pkg);
      }
    },
  });
  if (fault !== null || strange > 0) {
    const reason = fault === null ? `${strange} components lack group, name or version` : `it is damaged: ${fault}`;
    return unreadable(path, `The verification metadata was read in part: ${reason}.`, [...packages.values()]);
  }
  return packages.size === 0 ? noPackage(path, 'The metadata names no component.') : found([...packages.values()]);
}

export function parseGradleCatalog(text: string, path: string): ParseResult {
  const catalog = tomlObject(text);
  if (catalog === null) {
    return unreadable(path, 'The catalogue is not TOML.');
  }
  const versions = asObject(catalog.versions) ?? {};
  const packages = new Map<string, Package>();
  const open: string[] = [];
  for (const [alias, library] of Object.entries(asObject(catalog.libraries) ?? {}).slice(0, PACKAGES_MAX)) {
    const pkg = libraryOf(library, versions, path);
    if (pkg === null) {
      open.push(excerpt(alias));
    } else {
      packages.set(pkg.purl, pkg);
    }
  }
  const message = `${open.length} libraries of the catalogue have no exact version: ${open.slice(0, 5).join(', ')}.`;
  if (packages.size === 0) {
    return noPackage(path, open.length === 0 ? 'The catalogue names no library.' : message);
  }
  const diagnostics = open.length === 0 ? [] : [{ level: 'info', path, message } as const];
  return { packages: [...packages.values()], diagnostics, complete: true };
}

/** `"group:artifact:version"`, or a table with module or group and name, and a version or the name of one. */
function libraryOf(raw: unknown, versions: Readonly<Record<string, unknown>>, path: string): Package | null {
  const short = asText(raw);
  if (short !== null) {
    const [group = '', artifact = '', version = ''] = short.split(':');
    return packageOf(group, artifact, exact(version), path);
  }
  const library = asObject(raw) ?? {};
  const [group = '', artifact = ''] = (
    asText(library.module) ?? `${asText(library.group)}:${asText(library.name)}`
  ).split(':');
  const ref = asText(asObject(library.version)?.ref);
  const version = ref !== null && Object.hasOwn(versions, ref) ? versions[ref] : library.version;
  return packageOf(group, artifact, exact(version), path);
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
  const packages = new Map<string, Package>();
  let strange = Math.max(0, dependencies.length - PACKAGES_MAX);
  for (const raw of dependencies.slice(0, PACKAGES_MAX)) {
    const { org, name, version } = asObject(raw) ?? {};
    const pkg = packageOf(asText(org) ?? '', asText(name) ?? '', asText(version) ?? '', path);
    strange += pkg === null ? 1 : 0;
    if (pkg !== null) {
      packages.set(pkg.purl, pkg);
    }
  }
  if (strange > 0) {
    return unreadable(path, `${strange} dependencies of the lock file were not read.`, [...packages.values()]);
  }
  return packages.size === 0 ? noPackage(path, 'The lock file names no dependency.') : found([...packages.values()]);
}

function packageOf(group: string, artifact: string, version: string, path: string): Package | null {
  const whole = coordinates(group, artifact, version);
  const fields = { ecosystem: 'maven', version, packageManager: 'OTHER', path } as const;
  return whole === null ? null : languagePackage({ ...fields, name: `${group}:${artifact}` });
}
