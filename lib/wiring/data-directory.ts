import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import { systemReason } from '../filesystem/system-reason.ts';
import { processStart } from './process-start.ts';

/** An empty installation needs about 100 MB, a feed update twice the size of the index for its atomic swap. */
const FREE_BYTES_MIN = 512 * 1024 * 1024;

export interface DirectoryLock {
  release(): void;
}

interface LockContent {
  readonly pid: number;
  /** When the process began, so that a later process with the same number is not taken for it. */
  readonly start: string | null;
  readonly address: string;
}

/** Makes the directory when it is missing; throws one sentence when it cannot be used or the disk is nearly full. */
export function prepareDataDirectory(directory: string, freeBytesMin = FREE_BYTES_MIN): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const trial = join(directory, `.write-test-${process.pid}`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The data directory ${directory} cannot be used (${systemReason(error)}): give this account a directory there to write in, or set HARRIER_DATA to another one.`,
    );
  }
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= freeBytesMin) return;
  const free = Math.floor((bavail * bsize) / 1_048_576);
  const needed = Math.ceil(freeBytesMin / 1_048_576);
  throw new AppError(
    'unavailable',
    `The disk under ${directory} has ${free} MiB free and Harrier needs at least ${needed} MiB: free some space, or set HARRIER_DATA to a directory on another disk.`,
  );
}

/** Makes this process the only one on the directory. Throws one sentence that names the other when there is one. */
export function lockDataDirectory(directory: string, address: string): DirectoryLock {
  const file = join(directory, 'harrier.lock');
  const content: LockContent = { pid: process.pid, start: processStart(process.pid), address };
  // Written elsewhere and linked, so that nobody ever reads half a lock.
  const draft = join(directory, `.lock-${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  try {
    while (!tryLink(draft, file)) {
      const holder = readLock(file);
      if (holder !== null && isRunning(holder)) {
        throw new AppError(
          'conflict',
          `Harrier already runs on ${directory} (process ${holder.pid}, ${holder.address}): open that address, stop that process first, or set HARRIER_DATA to another directory.`,
        );
      }
      removeStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readLock(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** The secret that signs sessions: made at the first start, for the owner's eyes alone, the same ever after. */
export function keepSecret(directory: string): string {
  const file = join(directory, 'secret');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
    renameSync(draft, file);
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (Buffer.byteLength(secret) >= 32) return secret;
  throw new AppError(
    'unavailable',
    `The secret in ${file} is shorter than 32 bytes: restore it from a backup, or delete the file to have a new one made, which signs everyone out.`,
  );
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the file is gone or is no lock; a lock is written whole, so the latter is damage. */
function readLock(file: string): LockContent | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    const start = 'start' in value && typeof value.start === 'string' ? value.start : null;
    const address = 'address' in value && typeof value.address === 'string' ? value.address : 'address unknown';
    return { pid: value.pid, start, address };
  } catch {
    return null;
  }
}

function isRunning(holder: LockContent): boolean {
  const start = processStart(holder.pid);
  return start !== null && (holder.start === null || holder.start === start);
}

/** Taken away under another name first: of two starts that see the same stale lock, one removes it. */
function removeStale(file: string): void {
  const away = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, away);
  } catch {
    return;
  }
  const moved = readLock(away);
  // Between reading and renaming, another start may have put its own lock there; it gets it back.
  if (moved !== null && isRunning(moved)) tryLink(away, file);
  rmSync(away, { force: true });
}
