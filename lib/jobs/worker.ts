import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { sharedDatabase } from '../store/client.ts';
import { type JobWorker, startJobWorker } from '../store/job-worker.ts';
import type { WorkerParts } from '../store/worker-parts.ts';
import { readEnvironment } from '../wiring/environment.ts';
import { buildWorker } from '../wiring/for-worker.ts';
import { startSchedule } from './schedule.ts';
import { isGone, ownIdentity } from './worker-identity.ts';

/** Waits between attempts to reach the database, doubling up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** Draining ends by itself well before this; it is the promise kept when something hangs. */
const EXIT_MS = 9_500;

/** Runs jobs until the process is asked to stop. Resolves when everything is put away. */
export async function runWorker(): Promise<void> {
  const environment = readEnvironment();
  const log = pino({ name: 'harrier-worker', level: environment.logLevel });
  if (environment.databaseUrl === null) {
    throw new Error('DATABASE_URL is not set. Start Harrier with "npm start", which brings its own database.');
  }
  const stopping = stopSignal();
  const database = sharedDatabase(environment.databaseUrl);
  const built = await buildWorker();
  const parts = {
    database,
    identity: await ownIdentity(),
    handlers: built.handlers,
    log,
    now: () => new Date(),
    isGone,
  } satisfies WorkerParts;
  const worker = await startWhenReachable(parts, stopping);
  if (worker !== null) {
    log.info({ worker: parts.identity.id, kinds: built.handlers.map((handler) => handler.kind) }, 'worker started');
    const stopSchedule = startSchedule(built.dependencies, log, built.openAws);
    await aborted(stopping);
    stopSchedule();
    log.info({ worker: parts.identity.id }, 'worker stops');
    setTimeout(() => process.exit(1), EXIT_MS).unref();
    await worker.drain();
  }
  await built.close();
  await database.close().catch(() => undefined);
}

/** The database may start after its worker, or be away; until it answers there is nothing to do but ask again. */
async function startWhenReachable(parts: WorkerParts, stopping: AbortSignal): Promise<JobWorker | null> {
  for (let delay = FIRST_WAIT_MS; !stopping.aborted; delay = Math.min(LONGEST_WAIT_MS, delay * 2)) {
    try {
      return await startJobWorker(parts);
    } catch (error) {
      parts.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the database is not ready');
      await wait(delay, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
  return null;
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => controller.abort());
  }
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    } else {
      signal.addEventListener('abort', () => resolve(), { once: true });
    }
  });
}

if (import.meta.main) {
  await runWorker();
}
