import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface RunningPostmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that still runs on this data directory, or null. Its supervisor may have been killed while it lived on.
 * A file left by a server that is gone, whose number another process may carry by now, is removed.
 */
export function findPostmaster(data: string): RunningPostmaster | null {
  const file = join(data, 'postmaster.pid');
  const lines = readLines(file);
  if (lines === null) return null;
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (Number.isInteger(pid) && pid > 1 && isAlive(pid) && isServerOf(pid, data)) {
    return { pid, port: Number.isInteger(port) ? port : 0 };
  }
  rmSync(file, { force: true });
  return null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // A killed child whose parent has not asked for its end yet still has a number but does nothing any more.
  const stat = readLines(`/proc/${pid}/stat`)?.[0];
  return stat === undefined || !/\) [ZX] /.test(stat);
}

/** A PostgreSQL server works in its data directory. Where that cannot be seen, the file is believed. */
function isServerOf(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return denied ? looksLikePostgres(pid) : process.platform !== 'linux';
  }
}

function looksLikePostgres(pid: number): boolean {
  return readLines(`/proc/${pid}/cmdline`)?.[0]?.includes('postgres') ?? true;
}

function readLines(file: string): string[] | null {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
}
