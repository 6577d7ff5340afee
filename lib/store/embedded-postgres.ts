import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { AppError } from '../core/model/app-error.ts';
import { lastLine } from './last-line.ts';
import { postgresAccount } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type PostgresCluster, postgresEnvironment, prepareCluster } from './postgres-cluster.ts';
import { findPostmaster, isAlive } from './postmaster-pid.ts';

/** Recovery after a crash replays what was written since the last checkpoint, which can take minutes on a slow disk. */
const READY_SECONDS_MAX = 300;
/** The parts of a killed server need a moment to notice and to let go of its memory. */
const LEFTOVER_SECONDS_MAX = 15;
const STOP_SECONDS_MAX = 30;
const LOG_BYTES_MAX = 10 * 1024 * 1024;

export interface EmbeddedPostgresOptions {
  /** Holds the data directory, the password and the log. */
  readonly directory: string;
  /** Absent: any free port. Given when a died server must come back where its clients look for it. */
  readonly port?: number;
  /** False for throwaway data: nothing is flushed to disk, and the server ends with the terminal that started it. */
  readonly durable?: boolean;
  /** Of PostgreSQL's own cache. Absent: a share of the machine's memory, or little where the data is thrown away. */
  readonly cacheMegabytes?: number;
  /** Told one sentence about whatever was repaired. */
  readonly report?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  readonly pid: number;
  readonly port: number;
  /** True when the server outlived an earlier supervisor and was taken over. */
  readonly reused: boolean;
  readonly logFile: string;
  /** Settles when the server is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** The address of a database of this server, which is made when it is missing. */
  databaseUrl(name: string): Promise<string>;
  /** Ends connections, writes a checkpoint and waits for the end. */
  stop(): Promise<void>;
}

/** Starts the PostgreSQL that came with the installation, or takes over the one that still runs on the directory. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = prepareCluster(options.directory, options.durable ?? true);
  if (cluster.movedAside !== null) {
    options.report?.(`An unfinished database directory was moved to ${cluster.movedAside} and made again.`);
  }
  const logFile = join(options.directory, 'server.log');
  const deadline = Date.now() + LEFTOVER_SECONDS_MAX * 1000;
  for (;;) {
    const orphan = findPostmaster(cluster.data);
    if (orphan !== null && (await takesOver(orphan.port, cluster, orphan.pid))) {
      return handle({ ...orphan, cluster, logFile, reused: true, gone: pollUntilGone(orphan.pid) });
    }
    const port = options.port ?? (await freePort());
    const attempt = launch(cluster, port, logFile, options);
    if (await becomesReady(attempt, port, cluster)) {
      return handle({ pid: attempt.pid, port, cluster, logFile, reused: false, gone: attempt.gone });
    }
    const line = lastLine(logFile, /FATAL|PANIC|ERROR/);
    const leftover = /shared memory block|lock file|address already in use/i.test(line);
    if (!leftover || Date.now() > deadline) {
      throw new AppError('unavailable', `The embedded PostgreSQL did not start: ${line} (log: ${logFile}).`);
    }
    await sleep(300);
  }
}

interface Attempt {
  readonly pid: number;
  readonly gone: Promise<void>;
  readonly isGone: () => boolean;
}

const THROWAWAY_CACHE_MEGABYTES = 64;

/**
 * Indexes of findings that do not fit the cache are read and evicted for each row written. An eighth of the memory leaves
 * the workers and the system's own cache theirs; a container tells its limit.
 */
export function cacheMegabytes(): number {
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.round(Math.min(4_096, Math.max(256, memory / 8 / 1024 / 1024)));
}

function launch(
  cluster: PostgresCluster,
  port: number,
  logFile: string,
  {
    durable = true,
    cacheMegabytes: cache = durable ? cacheMegabytes() : THROWAWAY_CACHE_MEGABYTES,
  }: EmbeddedPostgresOptions,
): Attempt {
  const { prefix, spawnAs } = postgresAccount();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: `${cache}MB`,
    // A checkpoint after each gigabyte of log would write the same pages again and again while scans come in.
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    synchronous_commit: durable ? 'on' : 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program = '', ...args] = [...prefix, postgresBinaries().postgres, '-D', cluster.data, ...flags];
  const log = openLog(logFile);
  // In a session of its own, Ctrl-C reaches the supervisor alone and the database stops last.
  const child = spawn(program, args, {
    ...spawnAs,
    detached: durable,
    stdio: ['ignore', log, log],
    env: postgresEnvironment(),
  });
  closeSync(log);
  let over = false;
  const gone = new Promise<void>((settle) => {
    const end = () => {
      over = true;
      settle();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  child.unref();
  return { pid: child.pid ?? 0, gone, isGone: () => over };
}

/** The log of one run follows that of the last; a long one is set aside once so that it cannot fill the disk. */
function openLog(logFile: string): number {
  mkdirSync(join(logFile, '..'), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`);
  return openSync(logFile, 'a', 0o600);
}

async function becomesReady(attempt: Attempt, port: number, cluster: PostgresCluster): Promise<boolean> {
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (!attempt.isGone() && Date.now() < deadline) {
    if ((await probe(port, cluster)) === 'ready') return true;
    await sleep(40);
  }
  if (!attempt.isGone()) process.kill(attempt.pid, 'SIGQUIT');
  return false;
}

/** Waits while the server that was found is starting up or on its way out. */
async function takesOver(port: number, cluster: PostgresCluster, pid: number): Promise<boolean> {
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (isAlive(pid) && Date.now() < deadline) {
    const state = await probe(port, cluster);
    if (state === 'ready') return true;
    if (state === 'refused') {
      throw new AppError(
        'unavailable',
        `A PostgreSQL server (process ${pid}) runs on ${cluster.data} but does not accept its password: stop that process, then start again.`,
      );
    }
    await sleep(200);
  }
  return false;
}

async function probe(port: number, cluster: PostgresCluster): Promise<'ready' | 'refused' | 'not-yet'> {
  const client = connect(port, cluster, 'postgres');
  try {
    await client.connect();
    const { rows } = await client.query<{ data: string }>(`select current_setting('data_directory') as data`);
    return rows[0]?.data === cluster.data ? 'ready' : 'not-yet';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '28P01' ? 'refused' : 'not-yet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function connect(port: number, cluster: PostgresCluster, database: string): Client {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'harrier',
    password: cluster.password,
    database,
    connectionTimeoutMillis: 5000,
  });
  // A connection that breaks after it was used is reported by the query that was on it.
  client.on('error', () => undefined);
  return client;
}

interface Running {
  readonly pid: number;
  readonly port: number;
  readonly cluster: PostgresCluster;
  readonly logFile: string;
  readonly reused: boolean;
  readonly gone: Promise<void>;
}

function handle({ pid, port, cluster, logFile, reused, gone }: Running): EmbeddedPostgres {
  return {
    pid,
    port,
    reused,
    logFile,
    ended: gone,
    async databaseUrl(name) {
      const client = connect(port, cluster, 'postgres');
      await client.connect();
      try {
        const found = await client.query('select 1 from pg_database where datname = $1', [name]);
        if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
      return `postgresql://harrier:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
    },
    async stop() {
      if (isAlive(pid)) process.kill(pid, 'SIGINT');
      if (await isGoneWithin(pid, STOP_SECONDS_MAX)) return;
      process.kill(pid, 'SIGQUIT');
      await isGoneWithin(pid, STOP_SECONDS_MAX);
    },
  };
}

async function isGoneWithin(pid: number, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  return !isAlive(pid);
}

async function pollUntilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(250, undefined, { ref: false });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', settle);
  });
  const address = server.address();
  await new Promise((settle) => server.close(settle));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
