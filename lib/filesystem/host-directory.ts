import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import type { FileTree, ListedFile } from '../core/ports/file-tree.ts';
import { createBreather } from './create-breather.ts';
import { foreignMountPoints } from './mount-points.ts';
import { readPart, withFileInside } from './read-inside.ts';
import { systemReason } from './system-reason.ts';
import { type WalkLimits, walkDirectory } from './walk-directory.ts';

export interface HostDirectoryOptions {
  readonly signal: AbortSignal;
  /** Directories to leave out, such as Harrier's own data. Absolute, or relative to the working directory. */
  readonly exclude?: readonly string[];
  readonly limits?: Partial<WalkLimits>;
}

const LIMITS: WalkLimits = { depthMax: 64, directoryEntriesMax: 200_000, entriesMax: 5_000_000 };
/** No package database or manifest comes near this; more would only fill the memory. */
const READ_BYTES_MAX = 256 * 1024 * 1024;
/** A thousand denied directories say the same as ten; the list stays readable and small. */
const PROBLEMS_MAX = 200;

/** Kernel views and scratch space of a running Linux. */
const SYSTEM_DIRECTORIES = ['proc', 'sys', 'dev', 'run', 'tmp', 'var/tmp', 'var/run', 'lost+found'];
/** Layers of container images: scanned as images, since their packages are not installed on the host. */
const CONTAINER_DIRECTORIES = [
  'var/lib/docker',
  'var/lib/containerd',
  'var/lib/containers/storage',
  'var/lib/kubelet/pods',
];
/** Histories and caches: what lies in them is not installed. */
const CACHE_NAMES = new Set([
  '.git',
  '.hg',
  '.svn',
  '.cache',
  '_cacache',
  '__pycache__',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
]);

/** A directory of this machine as a read-only tree. Nothing outside the root is ever read, whatever links point there. */
export function openHostDirectory(root: string, options: HostDirectoryOptions): FileTree {
  const base = realRoot(root);
  const found = new Map<string, string>();
  const breathe = createBreather(options.signal);
  const problem = (path: string, message: string): void => {
    if (found.size < PROBLEMS_MAX) {
      found.set(path, message);
    } else if (found.size === PROBLEMS_MAX) {
      found.set('', `more than ${PROBLEMS_MAX} directories or files could not be read; the rest is not listed`);
    }
  };
  const skipped = skippedDirectories(base, options.exclude ?? []);

  return {
    async *list() {
      const walk = {
        root: base,
        limits: { ...LIMITS, ...options.limits },
        signal: options.signal,
        skips: (path: string, name: string) => CACHE_NAMES.has(name) || skipped.has(path),
        problem,
      };
      for await (const paths of walkDirectory(walk)) {
        for (const path of paths) {
          yield listedFile(base, path);
        }
      }
    },
    async read(path, range) {
      options.signal.throwIfAborted();
      await breathe();
      try {
        return withFileInside(base, path, (descriptor, size) => {
          const start = range?.start ?? 0;
          const end = Math.min(size, range?.end ?? size);
          if (end - start > READ_BYTES_MAX) {
            problem(path, `is larger than ${READ_BYTES_MAX / 1024 / 1024} MiB and was not read`);
            return null;
          }
          return readPart(descriptor, start, end);
        });
      } catch (error) {
        problem(path, `could not be read: ${(error as Error).message}`);
        return null;
      }
    },
    problems: () => [...found].map(([path, message]) => ({ path, message })),
  };
}

/** Size and mode are asked of the disk only when someone wants to know them: most files of a host are passed by. */
function listedFile(base: string, path: string): ListedFile {
  let stats: Stats | null | undefined;
  const look = (): Stats | null => {
    if (stats === undefined) {
      try {
        stats = lstatSync(base === '/' ? `/${path}` : `${base}/${path}`);
      } catch {
        // It vanished, or may not be looked at; reading it will say so.
        stats = null;
      }
    }
    return stats;
  };
  return {
    path,
    get size() {
      return look()?.size ?? 0;
    },
    get isExecutable() {
      return ((look()?.mode ?? 0) & 0o111) !== 0;
    },
  };
}

function realRoot(root: string): string {
  try {
    const real = realpathSync(resolve(root));
    if (statSync(real).isDirectory()) {
      return real;
    }
  } catch (error) {
    throw new AppError(
      'invalid-input',
      `${root} cannot be opened (${systemReason(error)}): name a directory that exists and that this account may read.`,
    );
  }
  throw new AppError('invalid-input', `${root} is not a directory. Name the root directory of a machine.`);
}

/** Relative paths that the walk leaves out. */
function skippedDirectories(base: string, exclude: readonly string[]): ReadonlySet<string> {
  const prefix = base === '/' ? '/' : `${base}/`;
  const absolute = [...foreignMountPoints(), ...exclude.map(realPathOf)];
  const inside = absolute.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const system = base === '/' ? SYSTEM_DIRECTORIES : ['proc', 'sys', 'dev'];
  return new Set([...inside, ...system, ...CONTAINER_DIRECTORIES]);
}

function realPathOf(path: string): string {
  try {
    return realpathSync(resolve(path));
  } catch {
    return resolve(path);
  }
}
