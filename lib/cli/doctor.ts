import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isSyncLate } from '../core/risk/advisory-states.ts';
import { openAdvisoryIndex } from '../feeds/advisory-index/open-advisory-index.ts';
import { checkDatabase } from '../store/check-database.ts';
import { findPostmaster } from '../store/postmaster-pid.ts';
import type { Environment } from '../wiring/environment.ts';
import { type Command, EXIT, readArguments } from './command.ts';
import { awsChecks } from './doctor-aws.ts';
import { plainTable } from './plain-table.ts';

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed';
  /** What was found, and what to do where it is not well. */
  readonly detail: string;
}

const DAY_MS = 86_400_000;
const DISK_BYTES_MIN = 2 * 1024 ** 3;
/** Certificates and signatures of AWS are refused beyond a few minutes; a year before the release is surely wrong. */
const EARLIEST_CLOCK = Date.UTC(2026, 0, 1);

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'check database, feeds, clock, disk and AWS, and say what to do',
  async run(args, around) {
    readArguments(args, {}, 0);
    const environment = around.environment();
    const now = around.now();
    const checks = [
      await database(environment),
      feeds(environment.dataDirectory, now),
      clock(now),
      await disk(environment.dataDirectory),
      ...(await awsChecks(environment, now)),
    ];
    const rows = checks.map(({ name, state, detail }) => [state, name, detail]);
    await around.out.line(plainTable(['STATE', 'WHAT', 'DETAIL'], rows));
    return checks.some(({ state }) => state === 'failed') ? EXIT.unfinished : EXIT.done;
  },
};

async function database({ databaseUrl, dataDirectory }: Environment): Promise<Check> {
  const name = 'database';
  if (databaseUrl === null) {
    const running = findPostmaster(join(dataDirectory, 'postgres', 'data'));
    return running === null
      ? { name, state: 'ok', detail: 'embedded, not running; "npm start" starts it' }
      : { name, state: 'ok', detail: `embedded, running as process ${running.pid}` };
  }
  try {
    await checkDatabase(databaseUrl);
    return { name, state: 'ok', detail: 'DATABASE_URL answers' };
  } catch (error) {
    return { name, state: 'failed', detail: error instanceof Error ? error.message : String(error) };
  }
}

function feeds(dataDirectory: string, now: Date): Check {
  const index = openAdvisoryIndex(dataDirectory);
  try {
    const ecosystems = index.ecosystems();
    if (index.revision() === null || ecosystems.length === 0) {
      return { name: 'feeds', state: 'failed', detail: 'no advisories; run "harrier feeds sync"' };
    }
    const synced = new Date(Math.min(...ecosystems.map(({ syncedAt }) => syncedAt.getTime())));
    const days = Math.floor((now.getTime() - synced.getTime()) / DAY_MS);
    const age = days === 0 ? 'today' : `${days} days ago`;
    return isSyncLate(synced, now)
      ? { name: 'feeds', state: 'warning', detail: `oldest sync ${age}; run "harrier feeds sync"` }
      : { name: 'feeds', state: 'ok', detail: `${ecosystems.length} ecosystems, oldest sync ${age}` };
  } finally {
    index.close();
  }
}

function clock(now: Date): Check {
  return now.getTime() < EARLIEST_CLOCK
    ? { name: 'clock', state: 'failed', detail: `${now.toISOString()} is in the past; set the clock of this machine` }
    : { name: 'clock', state: 'ok', detail: now.toISOString() };
}

async function disk(dataDirectory: string): Promise<Check> {
  const place = existsSync(dataDirectory) ? dataDirectory : '.';
  const { bavail, bsize } = await statfs(place);
  const free = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB free`;
  return bavail * bsize < DISK_BYTES_MIN
    ? { name: 'disk', state: 'warning', detail: `${free} for ${dataDirectory}; make room or move HARRIER_DATA` }
    : { name: 'disk', state: 'ok', detail: `${free} for ${dataDirectory}` };
}
