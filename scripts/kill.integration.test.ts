import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { zipOf } from '../lib/feeds/testing/zip-of.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Enough files that reading them takes longer than it takes to notice that the scan has begun. */
const FILES = 12_000;
const VULNERABLE = 120;
const READY_MS = 60_000;
/** How a scan of a root directory without an operating system ends: all read, and said to be not the whole truth. */
const ENDED = 'partial';

let directory = '';
let running: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-kill-'));
  running = [];
});

afterEach(async () => {
  for (const child of running) await stop(child);
  rmSync(directory, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

/** A root directory full of files, and advisories for some of its packages. */
async function prepare(): Promise<void> {
  for (let number = 0; number < FILES; number += 1) {
    put(`root/srv/node_modules/p${number}/package.json`, `{"name":"p${number}","version":"1.0.0"}`);
  }
  const modified = new Date().toISOString();
  const records = Array.from({ length: VULNERABLE }, (_, number) => ({
    id: `GHSA-kill-test-${String(number).padStart(4, '0')}`,
    modified,
    aliases: [`CVE-2026-${10_000 + number}`],
    affected: [
      {
        package: { ecosystem: 'npm', name: `p${number}` },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
      },
    ],
  }));
  put(
    'mirror/osv/npm/all.zip',
    zipOf(Object.fromEntries(records.map((one) => [`${one.id}.json`, JSON.stringify(one)]))),
  );
  await syncFeeds({
    dataDirectory: join(directory, 'data'),
    from: join(directory, 'mirror'),
    ecosystems: ['npm'],
    now: new Date(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** Starts the supervisor with all its parts; without a build of the console it runs everything but the web server. */
async function start(): Promise<{ supervisor: ChildProcess; databaseUrl: string }> {
  const role = existsSync(join(ROOT, '.next', 'BUILD_ID')) ? 'all' : 'worker';
  const { DATABASE_URL: _database, HARRIER_FEEDS: _feeds, HARRIER_URL: _url, ...env } = process.env;
  const supervisor = spawn(process.execPath, ['scripts/serve.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      NODE_ENV: 'production',
      HARRIER_DATA: join(directory, 'data'),
      HARRIER_ROLE: role,
      PORT: await freePort(),
    },
  });
  running.push(supervisor);
  let output = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const deadline = Date.now() + READY_MS;
  while (!/is ready at|The worker runs/.test(output)) {
    if (Date.now() > deadline || supervisor.exitCode !== null) throw new Error(`It did not start:\n${output}`);
    await wait(50);
  }
  return { supervisor, databaseUrl: await databaseUrlOf(supervisor) };
}

/** The supervisor hands the address of its database to its children in their environment. */
async function databaseUrlOf(supervisor: ChildProcess): Promise<string> {
  for (const pid of childrenOf(supervisor.pid ?? 0)) {
    const url = /(?:^|\0)DATABASE_URL=([^\0]+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('no child knows the database');
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

/** The server process of the embedded database. */
function postmaster(): number {
  return Number(readFileSync(join(directory, 'data', 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was quicker.
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : 0)));
    });
  });
}

async function stateOf(database: Database, id: string): Promise<string> {
  const { rows } = await database.pool.query<{ state: string }>('select state from job where id = $1', [id]);
  return rows[0]?.state ?? 'absent';
}

async function until(what: string, isTrue: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`waited too long for: ${what}`);
    await wait(5);
  }
}

async function enqueueScan(database: Database): Promise<string> {
  const stores = openStores(database);
  const root = join(directory, 'root');
  const id = await stores.jobs.enqueue('scan-host', { root }, { dedupeKey: `scan-host:${root}` });
  await stores.close();
  return id;
}

async function numberOf(database: Database, sql: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`select (${sql})::int as n`);
  return rows[0]?.n ?? -1;
}

describe.skipIf(process.platform !== 'linux')('everything killed in the middle of a scan', () => {
  it('goes on at the next start: the scan finishes once, and no finding is there twice', async () => {
    await prepare();
    const first = await start();
    const before = openDatabase(first.databaseUrl, 2);
    const id = await enqueueScan(before);
    await until('the scan to run', async () => (await stateOf(before, id)) === 'running');
    const victims = [...childrenOf(first.supervisor.pid ?? 0), postmaster(), first.supervisor.pid ?? 0];
    for (const pid of victims) kill(pid);
    await before.close().catch(() => undefined);

    const second = await start();
    const after = openDatabase(second.databaseUrl, 2);
    await until('the scan to end', async () => ['done', 'partial', 'failed'].includes(await stateOf(after, id)));

    expect(await stateOf(after, id)).toBe(ENDED);
    expect(await numberOf(after, 'select count(*) from scan')).toBe(1);
    expect(await numberOf(after, 'select count(*) from finding')).toBe(VULNERABLE);
    expect(await numberOf(after, 'select count(distinct vulnerability_id) from finding')).toBe(VULNERABLE);
    expect(await numberOf(after, "select count(*) from finding_event where kind = 'open'")).toBe(VULNERABLE);
    expect(await numberOf(after, "select sum(n) from finding_count where status = 'ACTIVE'")).toBe(VULNERABLE);
    expect(await numberOf(after, "select attempts from job where kind = 'scan-host'")).toBeGreaterThan(1);
    await after.close();
  }, 180_000);

  it('a killed worker, web server or database comes back by itself', async () => {
    await prepare();
    const { supervisor, databaseUrl } = await start();
    const database = openDatabase(databaseUrl, 2);
    for (const pid of [...childrenOf(supervisor.pid ?? 0), postmaster()]) kill(pid);

    await until('the database to come back', async () => (await numberOf(database, '1').catch(() => -1)) === 1);
    const id = await enqueueScan(database);
    await until('the scan to end', async () => (await stateOf(database, id).catch(() => '')) === ENDED, 60_000);

    expect(await numberOf(database, 'select count(*) from finding')).toBe(VULNERABLE);
    await database.close();
  }, 240_000);
});
