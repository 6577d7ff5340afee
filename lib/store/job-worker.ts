import { setTimeout as wait } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { UPLOAD_HOURS_KEPT } from '../core/ports/upload-store.ts';
import { freeJobsOfDeadWorkers } from './dead-workers.ts';
import { foldDeltas } from './fold-deltas.ts';
import { alignWithQueue, cancelRequested } from './job-records.ts';
import { type JobLogger, type RunningJob, runJob } from './job-run.ts';
import { JOB_KINDS, startQueues } from './queue.ts';
import { requeueJob } from './requeue-job.ts';
import { sqlOfPool } from './sql.ts';
import { removeSpentActs } from './triage/remove-spent-acts.ts';
import { createUploadStore } from './upload-store.ts';
import type { WorkerParts } from './worker-parts.ts';
import { markWorkerSeen, markWorkersStopped, registerWorker } from './worker-records.ts';

/** A cancelled job learns of it within this time. */
const CANCEL_LOOK_MS = 500;
const ALIGN_MS = 5_000;
/** Files that were handed in go this soon after their scan has ended. */
const SPENT_MS = 5_000;
const SEEN_MS = 10_000;
const FOLD_MS = 30_000;
const DELTA_FOLD_MS = 5_000;
/** pg-boss looks this often for jobs whose worker has gone quiet. */
const SUPERVISE_SECONDS = 3;
/** A notification wakes the worker at once; polling finds retries that have come due and what a lost notification hid. */
const POLL_SECONDS = 1;
const QUEUE_CONNECTIONS_MAX = 4;
/** How long a stopping worker lets its jobs finish by themselves, and then how long it waits for them to give up. */
const FINISH_MS = 4_000;
const GIVE_UP_MS = 3_000;

export interface JobWorker {
  /** Stops taking jobs, lets the running ones finish or puts them back, and returns within ten seconds. */
  drain(): Promise<void>;
}

export async function startJobWorker(parts: WorkerParts): Promise<JobWorker> {
  const boss = new PgBoss({
    connectionString: parts.database.url,
    application_name: 'harrier-queue',
    max: QUEUE_CONNECTIONS_MAX,
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    schedule: false,
  });
  boss.on('error', (error) => parts.log.warn({ reason: error.message }, 'queue query failed; it is tried again'));
  try {
    return await startOn(boss, parts);
  } catch (error) {
    // The caller tries again with a new one; this one must not keep connections or take jobs.
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
}

async function startOn(boss: PgBoss, parts: WorkerParts): Promise<JobWorker> {
  const sql = sqlOfPool(parts.database.pool);
  await startQueues(boss);
  await registerWorker(sql, parts.identity, parts.now());
  await freeJobsOfDeadWorkers(parts, boss);
  await alignWithQueue(sql, parts.now());
  const running = new Map<string, RunningJob>();
  for (const kind of JOB_KINDS) {
    const handler = parts.handlers.find((one) => one.kind === kind);
    if (handler !== undefined) {
      await boss.work(kind, WORK_OPTIONS, ([job]) => runJob(parts, boss, running, handler, job));
    }
  }
  const timers = startTimers(parts, running);
  return { drain: () => drain(parts, boss, running, timers) };
}

const WORK_OPTIONS = {
  batchSize: 1,
  includeMetadata: true,
  heartbeatRefreshSeconds: 2,
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
} as const;

type Timers = readonly NodeJS.Timeout[];

function startTimers({ database, identity, log, now }: WorkerParts, running: ReadonlyMap<string, RunningJob>): Timers {
  const sql = sqlOfPool(database.pool);
  return [
    every(CANCEL_LOOK_MS, log, async () => {
      for (const id of running.size === 0 ? [] : await cancelRequested(sql, [...running.keys()])) {
        running.get(id)?.cancel();
      }
    }),
    every(ALIGN_MS, log, async () => {
      await alignWithQueue(sql, now());
    }),
    every(SPENT_MS, log, async () => {
      await createUploadStore(sql).removeSpent(new Date(now().getTime() - UPLOAD_HOURS_KEPT * 3_600_000));
    }),
    every(SPENT_MS, log, async () => {
      await removeSpentActs(sql, now());
    }),
    every(SEEN_MS, log, () => markWorkerSeen(sql, identity.id, now())),
    every(FOLD_MS, log, async () => {
      await sql.query('select finding_flow_fold() as flows');
    }),
    every(DELTA_FOLD_MS, log, () => foldDeltas(sql, now())),
  ];
}

/** Runs the work again and again, never twice at once. A failed turn is the database being away: the next will tell. */
function every(milliseconds: number, log: JobLogger, work: () => Promise<void>): NodeJS.Timeout {
  let busy = false;
  return setInterval(async () => {
    if (busy) {
      return;
    }
    busy = true;
    try {
      await work();
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'a worker chore failed');
    } finally {
      busy = false;
    }
  }, milliseconds);
}

async function drain(
  parts: WorkerParts,
  boss: PgBoss,
  running: Map<string, RunningJob>,
  timers: Timers,
): Promise<void> {
  for (const kind of JOB_KINDS) {
    // Not awaited to the end: that would wait for the handlers, and they have their own deadline below.
    boss.offWork(kind, { wait: false }).catch(() => undefined);
  }
  await untilEmpty(running, FINISH_MS);
  for (const job of running.values()) {
    job.putBack();
  }
  await untilEmpty(running, GIVE_UP_MS);
  for (const timer of timers) {
    clearInterval(timer);
  }
  // A handler that does not listen is left behind: the process ends, and the job is there for the next worker.
  for (const job of running.values()) {
    await requeueJob(parts.database, boss, job.kind, job.claim, 'stopped').catch(() => undefined);
  }
  await markWorkersStopped(sqlOfPool(parts.database.pool), [parts.identity.id], parts.now()).catch(() => undefined);
  await boss.stop({ graceful: false }).catch(() => undefined);
}

async function untilEmpty(running: ReadonlyMap<string, RunningJob>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (running.size > 0 && Date.now() < deadline) {
    await wait(50);
  }
}
