import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import { type ByteSource, bytesSource, fileSource, sliceSource } from './byte-source.ts';
import { type Coordinates, guessCoordinates, parsePomProperties, splitFileName } from './java-coordinates.ts';
import { parseJavaManifest } from './java-manifest.ts';
import { languagePackage } from './language-package.ts';
import { excerpt, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { pomCoordinates } from './pom-model.ts';
import { contentStart, readZipDirectory, readZipEntry, type ZipEntry } from './zip-directory.ts';

/**
 * Java archives, and archives inside of them. Coordinates come from every pom.properties or pom.xml that Maven left inside, so a
 * shaded jar yields all that it holds; an archive without them is named by its manifest and file name.
 */
export const javaArchive: Parser = {
  id: 'maven/archive',
  reads: 'file',
  wants: (path) => ARCHIVE.test(path),
  async parse(path, tree) {
    const source = await fileSource(tree, path);
    return source === null ? unreadable(path, 'The archive could not be read.') : readJavaArchive(source, path);
  },
};

const ARCHIVE = /\.(?:jar|war|ear|par|sar|nar|jpi|hpi|kar|rar)$/i;
const POM = /(?:^|\/)META-INF\/maven\/[^/]+\/(?:[^/]+\/)?pom\.(properties|xml)$/;
const MANIFEST = /^META-INF\/MANIFEST\.MF$/i;
const JNDI_LOOKUP = 'org/apache/logging/log4j/core/lookup/JndiLookup.class';

const DEPTH_MAX = 5;
const ARCHIVES_MAX = 10_000;
const ENTRIES_MAX = 1_000_000;
const TEXT_BYTES_MAX = 1024 * 1024;
const NESTED_BYTES_MAX = 128 * 1024 * 1024;
/** What is unpacked in all, from one file. */
const UNPACKED_BYTES_MAX = 512 * 1024 * 1024;
const DIAGNOSTICS_MAX = 25;

/** What one file may still cost, and what it gave so far. */
interface Reading {
  archivesLeft: number;
  entriesLeft: number;
  bytesLeft: number;
  readonly packages: Package[];
  readonly diagnostics: Diagnostic[];
  isComplete: boolean;
}

export async function readJavaArchive(source: ByteSource, path: string): Promise<ParseResult> {
  const reading: Reading = {
    archivesLeft: ARCHIVES_MAX,
    entriesLeft: ENTRIES_MAX,
    bytesLeft: UNPACKED_BYTES_MAX,
    packages: [],
    diagnostics: [],
    isComplete: true,
  };
  await readArchive(source, path, 1, reading);
  const { packages, diagnostics, isComplete } = reading;
  return { packages, diagnostics: shortened(diagnostics, path), complete: isComplete };
}

async function readArchive(source: ByteSource, path: string, depth: number, reading: Reading): Promise<void> {
  const directory = await readZipDirectory(source);
  if (directory.kind === 'unreadable') {
    if (directory.isZip) {
      missing(reading, path, `The archive ${directory.reason}.`);
    } else {
      remark(reading, path, 'It has the ending of a Java archive and is none.');
    }
    return;
  }
  for (const problem of directory.problems) {
    missing(reading, path, `The archive ${problem}.`);
  }
  reading.entriesLeft -= directory.entries.length;
  if (reading.entriesLeft < 0) {
    missing(reading, path, `The archives in it have more than ${ENTRIES_MAX} entries; this one was not read.`);
    return;
  }
  await identify(source, directory.entries, path, reading);
  for (const entry of directory.entries) {
    if (ARCHIVE.test(entry.name)) {
      await readNested(source, entry, `${path}!/${entry.name}`, depth + 1, reading);
    }
  }
}

async function readNested(
  source: ByteSource,
  entry: ZipEntry,
  path: string,
  depth: number,
  reading: Reading,
): Promise<void> {
  if (depth > DEPTH_MAX || reading.archivesLeft === 0) {
    const limit = depth > DEPTH_MAX ? `deeper than ${DEPTH_MAX} archives` : `after ${ARCHIVES_MAX} archives`;
    missing(reading, path, `The archive stands ${limit} and was not read.`);
    return;
  }
  reading.archivesLeft -= 1;
  const nested = await openNested(source, entry, reading);
  if ('reason' in nested) {
    missing(reading, path, `The archive ${nested.reason}.`);
    return;
  }
  await readArchive(nested, path, depth, reading);
}

/** An entry that is only stored is read in place; a deflated one is unpacked into memory. */
async function openNested(
  source: ByteSource,
  entry: ZipEntry,
  reading: Reading,
): Promise<ByteSource | { readonly reason: string }> {
  if (entry.method === 0 && !entry.isEncrypted) {
    const start = await contentStart(source, entry);
    return start === null
      ? { reason: 'has no local header where the directory says' }
      : sliceSource(source, start, entry.packedBytes);
  }
  const content = await readZipEntry(source, entry, Math.min(NESTED_BYTES_MAX, reading.bytesLeft));
  if (content.kind === 'unreadable') {
    return { reason: content.reason };
  }
  reading.bytesLeft -= content.bytes.length;
  return bytesSource(content.bytes);
}

async function identify(
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
  if (stated.length + guessed.length === 0 && !entries.some((entry) => ARCHIVE.test(entry.name))) {
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

function remark(reading: Reading, path: string, message: string): void {
  reading.diagnostics.push({ level: 'info', path, message });
}

function missing(reading: Reading, path: string, message: string): void {
  reading.diagnostics.push({ level: 'warning', path, message });
  reading.isComplete = false;
}

function shortened(diagnostics: readonly Diagnostic[], path: string): readonly Diagnostic[] {
  if (diagnostics.length <= DIAGNOSTICS_MAX) {
    return diagnostics;
  }
  const grave = diagnostics.filter(({ level }) => level === 'warning');
  const sorted = [...grave, ...diagnostics.filter(({ level }) => level === 'info')];
  const rest = sorted.length - DIAGNOSTICS_MAX;
  const level = grave.length > DIAGNOSTICS_MAX ? 'warning' : 'info';
  return [...sorted.slice(0, DIAGNOSTICS_MAX), { level, path, message: `${rest} further remarks on archives in it.` }];
}
