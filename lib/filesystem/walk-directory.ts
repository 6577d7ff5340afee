import type { Dirent } from 'node:fs';
import { lstatSync } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';

export interface WalkLimits {
  /** Directories below this depth are not entered. */
  readonly depthMax: number;
  /** Files and directories of one directory beyond this number are not looked at. */
  readonly directoryEntriesMax: number;
  /** Files and directories of the whole walk beyond this number are not looked at. */
  readonly entriesMax: number;
}

export interface Walk {
  readonly root: string;
  readonly limits: WalkLimits;
  readonly signal: AbortSignal;
  /** Whether a directory is left out; both paths name it. */
  skips(relativePath: string, name: string): boolean;
  problem(path: string, message: string): void;
}

/** Directories read at once: enough to hide the latency of the disk, few enough for two cores. */
const CONCURRENT_DIRECTORIES = 16;
/** Files waiting for a slow reader before the walk pauses. */
const WAITING_FILES_MAX = 20_000;
/** A directory whose own inode is larger than this holds so many entries that they are read piece by piece. */
const LARGE_DIRECTORY_BYTES = 4 * 1024 * 1024;

/** Yields the relative paths of regular files in batches. Symbolic links, devices, sockets and pipes are not followed. */
export async function* walkDirectory(walk: Walk): AsyncGenerator<readonly string[]> {
  const waiting: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  const running = new Set<Promise<void>>();
  let files: string[] = [];
  let entries = 0;

  const visit = async (directory: { path: string; depth: number }): Promise<void> => {
    for (const entry of await entriesOf(walk, directory.path)) {
      if (entries >= walk.limits.entriesMax) {
        return;
      }
      entries += 1;
      if (entry.isFile()) {
        files.push(join(directory.path, entry.name));
      } else if (entry.isDirectory()) {
        enter(directory, entry.name);
      }
    }
  };
  const enter = (parent: { path: string; depth: number }, name: string): void => {
    const path = join(parent.path, name);
    if (walk.skips(path, name)) {
      return;
    }
    if (parent.depth + 1 > walk.limits.depthMax) {
      walk.problem(path, `is more than ${walk.limits.depthMax} directories deep and was not entered`);
      return;
    }
    waiting.push({ path, depth: parent.depth + 1 });
  };

  while (waiting.length > 0 || running.size > 0) {
    walk.signal.throwIfAborted();
    while (waiting.length > 0 && running.size < CONCURRENT_DIRECTORIES && files.length < WAITING_FILES_MAX) {
      const directory = waiting.pop();
      if (directory !== undefined) {
        const task: Promise<void> = visit(directory).finally(() => running.delete(task));
        running.add(task);
      }
    }
    if (running.size > 0) {
      await Promise.race(running);
    }
    if (files.length > 0) {
      const batch = files;
      files = [];
      yield batch;
    }
    if (entries >= walk.limits.entriesMax) {
      await Promise.all(running);
      walk.problem('', `holds more than ${walk.limits.entriesMax} entries; the rest was not looked at`);
      return;
    }
  }
}

async function entriesOf(walk: Walk, path: string): Promise<readonly Dirent[]> {
  const absolute = path === '' ? walk.root : join(walk.root, path);
  try {
    // An entry needs some 30 bytes in its directory, so the size tells in advance which directories could fill the memory.
    if (lstatSync(absolute).size < LARGE_DIRECTORY_BYTES) {
      const all = await readdir(absolute, { withFileTypes: true });
      return all.length > walk.limits.directoryEntriesMax ? cut(walk, path, all) : all;
    }
    return await entriesOfLarge(walk, absolute, path);
  } catch (error) {
    if (!hasVanished(error)) {
      walk.problem(path, `could not be listed: ${(error as Error).message}`);
    }
    return [];
  }
}

async function entriesOfLarge(walk: Walk, absolute: string, path: string): Promise<readonly Dirent[]> {
  const found: Dirent[] = [];
  for await (const entry of await opendir(absolute, { bufferSize: 1024 })) {
    found.push(entry);
    if (found.length > walk.limits.directoryEntriesMax) {
      return cut(walk, path, found);
    }
  }
  return found;
}

function cut(walk: Walk, path: string, entries: readonly Dirent[]): readonly Dirent[] {
  walk.problem(path, `holds more than ${walk.limits.directoryEntriesMax} entries; the rest was not looked at`);
  return entries.slice(0, walk.limits.directoryEntriesMax);
}

/** What is deleted while we walk is simply no longer there; that is no gap in the inventory. */
function hasVanished(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function join(parent: string, name: string): string {
  if (parent === '') {
    return name;
  }
  return parent.endsWith('/') ? `${parent}${name}` : `${parent}/${name}`;
}
