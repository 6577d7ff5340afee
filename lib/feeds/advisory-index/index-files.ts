import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the advisory index of one installation lives. */
export interface IndexFiles {
  readonly directory: string;
  /** Names the revision in force and the one before it, one a line. Replaced by rename, so a reader sees one or the other. */
  readonly pointer: string;
  /** What the last sync said of each source, its failures included. */
  readonly state: string;
  readonly lock: string;
  readonly downloads: string;
}

export interface Pointer {
  readonly revision: string;
  readonly previous: string | null;
}

const REVISION = /^[0-9a-f]{16}$/;
const BUILDING = 'building-';

export function indexFiles(dataDirectory: string): IndexFiles {
  const directory = join(dataDirectory, 'advisories');
  return {
    directory,
    pointer: join(directory, 'current'),
    state: join(directory, 'state.json'),
    lock: join(directory, 'lock'),
    downloads: join(dataDirectory, 'feeds'),
  };
}

export function revisionPath(files: IndexFiles, revision: string): string {
  return join(files.directory, `${revision}.json`);
}

/** Where a pack is built before it has a name. */
export function buildingPath(files: IndexFiles): string {
  return join(files.directory, `${BUILDING}${process.pid}.pack`);
}

/** Null where nothing was synced yet, or the pointer is not one of ours. */
export function readPointer(files: IndexFiles): Pointer | null {
  try {
    const [revision = '', previous = ''] = readFileSync(files.pointer, 'utf8').split('\n');
    return REVISION.test(revision) ? { revision, previous: REVISION.test(previous) ? previous : null } : null;
  } catch {
    return null;
  }
}

/** Gives a finished pack its name. A pack of that name has the same content, so nothing is lost either way. */
export function placePack(files: IndexFiles, built: string, pack: string): void {
  syncToDisk(built);
  renameSync(built, join(files.directory, pack));
}

/**
 * Puts a revision in force, given the text of its list and that all its packs are in place. Power may fail between any
 * two steps: the pointer always names a whole revision.
 */
export function putInForce(files: IndexFiles, revision: string, text: string): void {
  const before = readPointer(files);
  replaceFile(revisionPath(files, revision), text);
  syncToDisk(files.directory);
  const previous = before?.revision === revision ? before.previous : (before?.revision ?? null);
  replaceFile(files.pointer, `${revision}\n${previous ?? ''}\n`);
  syncToDisk(files.directory);
}

/**
 * Removes what an interrupted build left, and revisions and packs that nobody will open again. `packsOf` names the
 * packs of a revision; those of the one in force and of the one before stay.
 */
export function removeLeftovers(files: IndexFiles, packsOf: (revision: string) => readonly string[]): void {
  const pointer = readPointer(files);
  const revisions = [pointer?.revision, pointer?.previous].filter((name) => name != null);
  const kept = new Set(revisions.flatMap((name) => [`${name}.json`, ...packsOf(name)]));
  for (const name of readdirSync(files.directory)) {
    const isOurs = /^[0-9a-f]{16}\.(?:json|sqlite)$/.test(name) || name.endsWith('.pack') || name.endsWith('.tmp');
    if (isOurs && !kept.has(name)) {
      rmSync(join(files.directory, name), { force: true });
    }
  }
}

export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, text);
  syncToDisk(temporary);
  renameSync(temporary, path);
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
