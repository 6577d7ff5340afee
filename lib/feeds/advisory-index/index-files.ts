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
  return join(files.directory, `${revision}.sqlite`);
}

export function buildingPath(files: IndexFiles): string {
  return join(files.directory, `${BUILDING}${process.pid}.sqlite`);
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

/** Puts a finished file in force. Power may fail between any two steps: the pointer always names a whole file. */
export function putInForce(files: IndexFiles, built: string, revision: string): void {
  const before = readPointer(files);
  syncToDisk(built);
  renameSync(built, revisionPath(files, revision));
  syncToDisk(files.directory);
  const previous = before?.revision === revision ? before.previous : (before?.revision ?? null);
  replaceFile(files.pointer, `${revision}\n${previous ?? ''}\n`);
  syncToDisk(files.directory);
  removeLeftovers(files);
}

/** Removes what an interrupted build left and revisions that nobody will open again; the previous one is kept. */
export function removeLeftovers(files: IndexFiles): void {
  const pointer = readPointer(files);
  const kept = new Set([pointer?.revision, pointer?.previous].map((revision) => `${revision}.sqlite`));
  for (const name of readdirSync(files.directory)) {
    const isRevision = REVISION.test(name.replace(/\.sqlite$/, '')) && name.endsWith('.sqlite');
    if (name.startsWith(BUILDING) || name.endsWith('.tmp') || (isRevision && !kept.has(name))) {
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
