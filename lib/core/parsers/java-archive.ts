import { type ByteSource, bytesSource, fileSource, sliceSource } from './byte-source.ts';
import { createInTurn } from './in-turn.ts';
import { identifyArchive, JAVA_ARCHIVE } from './java-identity.ts';
import { createReading, missing, READING_LIMITS, type Reading, remark, shortened } from './java-reading.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { contentStart, readZipDirectory, readZipEntry, type ZipEntry } from './zip-directory.ts';

/**
 * Java archives, and archives inside of them. Coordinates come from every pom.properties or pom.xml that Maven left inside, so a
 * shaded jar yields all that it holds; an archive without them is named by its manifest and file name.
 */
export const javaArchive: Parser = {
  id: 'maven/archive',
  reads: 'file',
  wants: (path) => JAVA_ARCHIVE.test(path),
  async parse(path, tree) {
    const source = await fileSource(tree, path);
    return source === null ? unreadable(path, 'The archive could not be read.') : readJavaArchive(source, path);
  },
};

const DEPTH_MAX = 5;
const NESTED_BYTES_MAX = 128 * 1024 * 1024;
/** Larger archives are unpacked one after the other, however many files are parsed at the same time. */
const SMALL_BYTES = 4 * 1024 * 1024;
const inTurn = createInTurn();

export async function readJavaArchive(source: ByteSource, path: string): Promise<ParseResult> {
  const reading = createReading();
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
    missing(
      reading,
      path,
      `The archives in it have more than ${READING_LIMITS.entries} entries; this one was not read.`,
    );
    return;
  }
  await identifyArchive(source, directory.entries, path, reading);
  for (const entry of directory.entries) {
    if (JAVA_ARCHIVE.test(entry.name)) {
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
    const limit = depth > DEPTH_MAX ? `deeper than ${DEPTH_MAX} archives` : `after ${READING_LIMITS.archives} archives`;
    missing(reading, path, `The archive stands ${limit} and was not read.`);
    return;
  }
  reading.archivesLeft -= 1;
  if (entry.method === 0 && !entry.isEncrypted) {
    const start = await contentStart(source, entry);
    if (start === null) {
      missing(reading, path, 'The archive has no local header where the directory says.');
      return;
    }
    await readArchive(sliceSource(source, start, entry.packedBytes), path, depth, reading);
    return;
  }
  const isSmall = entry.packedBytes <= SMALL_BYTES && entry.declaredBytes <= SMALL_BYTES;
  const read = (bytesMax: number): Promise<boolean> => readUnpacked(source, entry, path, depth, reading, bytesMax);
  if (reading.hasTurn) {
    await read(NESTED_BYTES_MAX);
    return;
  }
  if (isSmall && (await read(SMALL_BYTES))) {
    return;
  }
  await inTurn(async () => {
    reading.hasTurn = true;
    try {
      await read(NESTED_BYTES_MAX);
    } finally {
      reading.hasTurn = false;
    }
  });
}

/** Unpacks an archive into memory and reads it; false where it turns out to be larger than a small one may be. */
async function readUnpacked(
  source: ByteSource,
  entry: ZipEntry,
  path: string,
  depth: number,
  reading: Reading,
  bytesMax: number,
): Promise<boolean> {
  const content = await readZipEntry(source, entry, Math.min(bytesMax, reading.bytesLeft));
  if (content.kind === 'unreadable') {
    const mayBeLarger = bytesMax < NESTED_BYTES_MAX && content.reason.startsWith('unpacks to more');
    if (!mayBeLarger) {
      missing(reading, path, `The archive ${content.reason}.`);
    }
    return !mayBeLarger;
  }
  reading.bytesLeft -= content.bytes.length;
  await readArchive(bytesSource(content.bytes), path, depth, reading);
  return true;
}
