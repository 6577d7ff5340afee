import type { Package } from '../model/package.ts';
import { type Coordinates, guessCoordinates, parsePomProperties, splitFileName } from '../parsers/java-coordinates.ts';
import { parseJavaManifest } from '../parsers/java-manifest.ts';
import { createReading, missing, remark, shortened } from '../parsers/java-reading.ts';
import { languagePackage } from '../parsers/language-package.ts';
import type { ParseResult } from '../parsers/parser.ts';
import { HOST_ARCHIVE_DEPTH } from './host-files-command.ts';
import type { HostArchive } from './host-files-records.ts';

/** Archives inside of one that the command unpacks at most. */
const NESTED_MAX = 500;

/** The libraries that a Java archive and those inside of it say they are, by the rules that archives themselves are read by. */
export function hostArchive(path: string, parts: readonly HostArchive[]): ParseResult {
  const reading = createReading();
  for (const part of parts) {
    const place = part.inside === '' ? path : `${path}!/${part.inside}`;
    const found = librariesOf(place.slice(place.lastIndexOf('/') + 1), part);
    reading.packages.push(...found.flatMap((one) => toPackage(one, place) ?? []));
    if (found.length === 0 && part.nested === 0 && part.how === 'read') {
      remark(reading, place, 'Neither Maven, nor the manifest, nor the file name says which library this is.');
    }
    const depth = part.inside === '' ? 1 : part.inside.split('!/').length + 1;
    if (part.nested > (depth < HOST_ARCHIVE_DEPTH ? NESTED_MAX : 0)) {
      missing(reading, place, 'Archives in it stand deeper, or are more, than the command reads.');
    }
  }
  const { packages, diagnostics, isComplete } = reading;
  return { packages, diagnostics: shortened(diagnostics, path), complete: isComplete };
}

function toPackage({ group, artifact, version, confidence }: Coordinates, path: string): Package | null {
  return languagePackage({
    ecosystem: 'maven',
    name: `${group}:${artifact}`,
    version,
    packageManager: 'JAR',
    path,
    ...(confidence === undefined ? {} : { confidence }),
  });
}

function librariesOf(fileName: string, { how, manifest, properties, folders }: HostArchive): readonly Coordinates[] {
  if (how === 'name') {
    const guess = guessCoordinates(fileName, new Map(), () => true);
    return guess === null ? [] : [{ ...guess, confidence: 'low' }];
  }
  const stated = statedIn(properties);
  const [only] = stated;
  if (stated.length === 1 && splitFileName(fileName, only?.version ?? null).version === only?.version) {
    return stated;
  }
  const hasFolder = (folder: string): boolean =>
    folders.some((one) => one.startsWith(folder) || (one.split('/').length > 3 && folder.startsWith(one)));
  const guess = guessCoordinates(fileName, parseJavaManifest(manifest), hasFolder);
  const isTold = stated.some(({ artifact, version }) => artifact === guess?.artifact || version === guess?.version);
  const isGood = guess !== null && !isTold && (stated.length === 0 || guess.confidence !== 'low');
  return isGood ? [...stated, guess] : stated;
}

/** Each pom.properties of an archive, one after the other: the next begins where a key comes again. */
function statedIn(properties: string): readonly Coordinates[] {
  const texts: string[][] = [[]];
  let keys = new Set<string>();
  for (const line of properties.split('\n')) {
    const key = /^[ \t]*([A-Za-z]+)/.exec(line)?.[1] ?? '';
    if (keys.has(key)) {
      texts.push([]);
      keys = new Set();
    }
    keys.add(key);
    texts.at(-1)?.push(line);
  }
  const found = texts.flatMap((lines) => parsePomProperties(lines.join('\n')) ?? []);
  return [...new Map(found.map((one) => [`${one.group}:${one.artifact}:${one.version}`, one])).values()];
}
