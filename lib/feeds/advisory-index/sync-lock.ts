import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../core/model/app-error.ts';

/** Takes the right to build, which one process at a time has; returns how to give it back. Throws AppError `conflict`. */
export function takeSyncLock(path: string): () => void {
  const own = `${process.pid} ${startOf(process.pid) ?? ''}`;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    const holder = readHolder(path);
    if (holder !== null && isRunning(holder)) {
      throw busy(holder);
    }
    removeStale(path);
  }
  throw busy(readHolder(path) ?? '');
}

/** Two processes may find the same stale lock; only what was moved aside is thrown away, and only if still stale. */
function removeStale(path: string): void {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== null && isRunning(moved)) {
    renameSync(aside, path);
    throw busy(moved);
  }
  rmSync(aside, { force: true });
}

function busy(holder: string): AppError {
  const pid = holder.split(' ')[0];
  return new AppError('conflict', `Another feed sync is running (process ${pid}). Wait for it to end, then try again.`);
}

function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A number alone is not enough: after a restart, above all in a container, another process may carry it. */
function isRunning(holder: string): boolean {
  const [pid = '', start = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid)) {
    return false;
  }
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(Number(pid));
  return start === '' || now === null || now === start;
}

/** When a process started, in clock ticks since the machine did; null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
