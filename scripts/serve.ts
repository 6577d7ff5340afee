// The supervisor: one database, one web server, one worker, as the role says. It starts them in order, brings back
// what dies, and stops everything with the database last.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '../lib/core/model/app-error.ts';
import { issueSetupCode } from '../lib/store/issue-setup-code.ts';
import { migrate } from '../lib/store/migrate.ts';
import { keepSecret, lockDataDirectory, prepareDataDirectory } from '../lib/wiring/data-directory.ts';
import { type Environment, readEnvironment } from '../lib/wiring/environment.ts';
import { openDatabase } from './open-database.ts';
import { preflight } from './preflight.ts';
import { type Supervision, supervise } from './supervise.ts';

const READY_SECONDS_MAX = 120;
const QUICK_DEATHS_MAX = 4;
const STOP_SECONDS_MAX = 15;

const root = fileURLToPath(new URL('..', import.meta.url));
const isDevelopment = process.argv.includes('--dev');
const started = Date.now();

/** Undone in reverse order, whatever the reason for the end. */
const undo: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop(0));
}
// A terminal that closed must not end the supervisor before it has stopped its children.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

let starting: Promise<void> = Promise.resolve();
try {
  starting = start(readEnvironment());
  await starting;
} catch (error) {
  if (stopping === null) fail(error);
  await stop(1);
}

async function start(environment: Environment): Promise<void> {
  const { dataDirectory, role, url } = environment;
  prepareDataDirectory(dataDirectory);
  const lock = lockDataDirectory(dataDirectory, role === 'worker' ? 'a worker' : url);
  undo.push(() => lock.release());
  await preflight(environment);
  const secret = environment.secret ?? keepSecret(dataDirectory);
  const database = await openDatabase(environment, say);
  undo.push(() => database.close());
  const { applied, edited } = await migrate(database.url);
  if (applied.length > 0) say(`Migrated the database: ${applied.join(', ')}.`);
  if (edited.length > 0) warn(`Edited after they were applied, and not applied again: ${edited.join(', ')}.`);
  const code = role === 'worker' ? null : await issueSetupCode(database.url);
  if (stopping !== null) return;

  const children = startChildren(environment, childEnvironment(environment, database.url, secret));
  undo.push(async () => {
    await Promise.all(children.map((child) => child.stop(STOP_SECONDS_MAX)));
  });
  if (role !== 'worker') await waitUntilReady(environment, children);
  if (stopping !== null) return;
  announce(environment, code);
}

function startChildren(environment: Environment, env: NodeJS.ProcessEnv): Supervision[] {
  const watch = ['--import', new URL('watch-parent.mjs', import.meta.url).href];
  const common = { program: process.execPath, cwd: root, env, inherit: isDevelopment };
  const logs = join(environment.dataDirectory, 'logs');
  const next = [join('node_modules', 'next', 'dist', 'bin', 'next'), 'dev'];
  const address = ['-H', environment.host, '-p', String(environment.port)];
  const web = [...watch, ...(isDevelopment ? [...next, ...address] : [join('scripts', 'web.ts')])];
  const worker = [...watch, join('lib', 'jobs', 'worker.ts')];
  const children: Supervision[] = [];
  if (environment.role !== 'worker') {
    children.push(supervise({ ...common, name: 'web server', args: web, logFile: join(logs, 'web.log') }, warn));
  }
  if (environment.role !== 'web') {
    children.push(supervise({ ...common, name: 'worker', args: worker, logFile: join(logs, 'worker.log') }, warn));
  }
  return children;
}

/** The settings as this process understood them, so that no child has to find them out again. */
function childEnvironment(environment: Environment, databaseUrl: string, secret: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    PORT: String(environment.port),
    HARRIER_HOST: environment.host,
    DATABASE_URL: databaseUrl,
    HARRIER_URL: environment.url,
    HARRIER_DATA: environment.dataDirectory,
    HARRIER_SECRET: secret,
    ...(environment.feeds === null ? {} : { HARRIER_FEEDS: environment.feeds }),
    NEXTAUTH_URL: environment.url,
    NEXTAUTH_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

async function waitUntilReady(environment: Environment, children: readonly Supervision[]): Promise<void> {
  const host = environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${environment.port}/api/health`;
  const deadline = Date.now() + READY_SECONDS_MAX * 1000;
  while (stopping === null) {
    if (await answers(address)) return;
    const dying = children.find((child) => child.quickDeaths() >= QUICK_DEATHS_MAX);
    if (dying !== undefined) {
      throw new AppError(
        'unavailable',
        `The ${dying.name} does not stay up: ${dying.lastWords()} (log: ${dying.logFile}).`,
      );
    }
    if (Date.now() > deadline) {
      throw new AppError(
        'unavailable',
        `The web server did not become ready within ${READY_SECONDS_MAX} s: see ${environment.dataDirectory}/logs/web.log.`,
      );
    }
    await sleep(80);
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

function announce(environment: Environment, code: string | null): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (environment.role === 'worker') {
    say(`The worker runs (${seconds} s).`);
    return;
  }
  say(`Harrier is ready at ${environment.url} (${seconds} s).`);
  if (code === null) return;
  say(`Nobody can sign in yet. Set up the first administrator with this link, once, within 24 hours:`);
  say(`  ${environment.url}/setup?code=${code}`);
}

function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    const isRunning = undo.length > 1;
    if (isRunning && exitCode === 0) say('Stopping …');
    let code = exitCode;
    // What is half started cannot be undone: let it come to its next stop, where it sees that the end has come.
    await starting.catch(() => undefined);
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        fail(error);
        code = 1;
      }
    }
    if (isRunning && exitCode === 0) say('Stopped.');
    process.exit(code);
  })();
  return stopping;
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Only an AppError speaks to people; anything else is a fault of ours and shows where it happened. */
function fail(error: unknown): void {
  if (error instanceof AppError) warn(error.message);
  else warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
