import type { ByteSource } from './byte-source.ts';
import { type Coordinates, guessCoordinates, parsePomProperties, splitFileName } from './java-coordinates.ts';
import { parseJavaManifest } from './java-manifest.ts';
import { missing, type Reading, remark } from './java-reading.ts';
import { languagePackage } from './language-package.ts';
import { excerpt } from './parse-result.ts';
import { pomCoordinates } from './pom-model.ts';
import { readZipEntry, type ZipEntry } from './zip-directory.ts';

export const JAVA_ARCHIVE = /\.(?:jar|war|ear|par|sar|nar|jpi|hpi|kar|rar)$/i;
const POM = /(?:^|\/)META-INF\/maven\/[^/]+\/(?:[^/]+\/)?pom\.(properties|xml)$/;
const MANIFEST = /^META-INF\/MANIFEST\.MF$/i;
const JNDI_LOOKUP = 'org/apache/logging/log4j/core/lookup/JndiLookup.class';
const TEXT_BYTES_MAX = 1024 * 1024;

/** Adds the libraries that one archive says it is made of, or looks like. */
export async function identifyArchive(
  source: ByteSource,
  entries: readonly ZipEntry[],
  path: string,
  reading: Reading,
): Promise<void> {
  const stated = await statedCoordinates(source, entries, path, reading);
  const guessed = await guessedCoordinates(source, entries, path, stated, reading);
  for (const { group, artifact, version, confidence } of [...stated, ...guessed]) {
    const pkg = languagePackage({
      ecosystem: 'maven',
      name: `${group}:${artifact}`,
      version,
      packageManager: 'JAR',
      path,
      ...(confidence === undefined ? {} : { confidence }),
    });
    if (pkg !== null) {
      reading.packages.push(pkg);
    }
  }
  if (stated.length + guessed.length === 0 && !entries.some((entry) => JAVA_ARCHIVE.test(entry.name))) {
    remark(reading, path, 'Neither Maven, nor the manifest, nor the file name says which library this is.');
  }
  const logging = stated.concat(guessed).find(({ artifact }) => artifact === 'log4j-core');
  if (logging?.version.startsWith('2.') && !entries.some((entry) => entry.name.endsWith(JNDI_LOOKUP))) {
    remark(
      reading,
      path,
      `JndiLookup.class was taken out of log4j-core ${excerpt(logging.version)}, which is a known way to blunt CVE-2021-44228.`,
    );
  }
}

/** From every pom.properties, and every pom.xml that stands without one. */
async function statedCoordinates(
  source: ByteSource,
  entries: readonly ZipEntry[],
  path: string,
  reading: Reading,
): Promise<readonly Coordinates[]> {
  const found = new Map<string, Coordinates>();
  const told = new Set<string>();
  for (const kind of ['properties', 'xml']) {
    for (const entry of entries) {
      const folder = entry.name.slice(0, entry.name.lastIndexOf('/'));
      if (POM.exec(entry.name)?.[1] !== kind || told.has(folder)) {
        continue;
      }
      const text = await readText(source, entry, path, reading);
      const coordinates = kind === 'xml' ? pomCoordinates(text ?? '') : parsePomProperties(text ?? '');
      if (coordinates !== null) {
        told.add(folder);
        found.set(`${coordinates.group}:${coordinates.artifact}:${coordinates.version}`, coordinates);
      }
    }
  }
  return [...found.values()];
}

/** The archive itself, where nothing inside speaks of it: with stated libraries beside it only on good grounds. */
async function guessedCoordinates(
  source: ByteSource,
  entries: readonly ZipEntry[],
  path: string,
  stated: readonly Coordinates[],
  reading: Reading,
): Promise<readonly Coordinates[]> {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  if (stated.length === 1 && splitFileName(fileName, stated[0]?.version ?? null).version === stated[0]?.version) {
    return [];
  }
  const entry = entries.find(({ name }) => MANIFEST.test(name));
  const text = entry === undefined ? '' : await readText(source, entry, path, reading);
  const hasFolder = (folder: string): boolean => entries.some(({ name }) => name.startsWith(folder));
  const guess = guessCoordinates(fileName, parseJavaManifest(text ?? ''), hasFolder);
  const isTold = stated.some(({ artifact, version }) => artifact === guess?.artifact || version === guess?.version);
  if (guess === null || isTold) {
    return [];
  }
  return stated.length > 0 && guess.confidence === 'low' ? [] : [guess];
}

async function readText(source: ByteSource, entry: ZipEntry, path: string, reading: Reading): Promise<string | null> {
  const content = await readZipEntry(source, entry, Math.min(TEXT_BYTES_MAX, reading.bytesLeft));
  if (content.kind === 'unreadable') {
    missing(reading, path, `${excerpt(entry.name)} ${content.reason}.`);
    return null;
  }
  reading.bytesLeft -= content.bytes.length;
  return new TextDecoder().decode(content.bytes);
}
