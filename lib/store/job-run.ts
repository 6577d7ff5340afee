import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { AppError } from '../core/model/app-error.ts';
import { jobId } from '../core/model/ids.ts';
import { type JobHandler, type JobKind, type JobPayloads, PermanentJobError } from '../jobs/contracts.ts';
import type { Database } from './client.ts';
import { createJobNotes, type JobNotes } from './job-notes.ts';
import { claimJob, endAttempt, type JobClaim } from './job-records.ts';
import { requeueJob } from './requeue-job.ts';
import { type Sql, sqlOfPool } from './sql.ts';

/** Constant messages with fields, as pino takes them. */
export interface JobLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A job in a handler's hands. */
export interface RunningJob {
  readonly kind: JobKind;
  readonly claim: JobClaim;
  /** A person wants it stopped. */
  cancel(): void;
  /** The worker stops; another will run it. */
  putBack(): void;
}

interface Parts {
  readonly database: Database;
  readonly identity: { readonly id: string };
  readonly log: JobLogger;
  readonly now: () => Date;
}

/** How an attempt ended, before it is written down. */
type Ending =
  | { readonly kind: 'ended'; readonly state: 'done' | 'partial' | 'failed' | 'cancelled'; readonly message: string }
  | { readonly kind: 'put-back' }
  | { readonly kind: 'again'; readonly message: string };

/** Runs one attempt and writes its end. Throws only to make pg-boss try again later. */
export async function runJob<K extends JobKind>(
  parts: Parts,
  boss: PgBoss,
  running: Map<string, RunningJob>,
  handler: JobHandler<K>,
  job: JobWithMetadata<unknown> | undefined,
): Promise<void> {
  const sql = sqlOfPool(parts.database.pool);
  const claim = job === undefined ? null : await claimJob(sql, job.id, parts.identity.id, parts.now());
  if (job === undefined || claim === null) {
    return;
  }
  const notes = createJobNotes(sql, claim, parts.now);
  const stop = new AbortController();
  let wanted: 'cancel' | 'put-back' | null = null;
  const abort = (why: 'cancel' | 'put-back') => {
    wanted ??= why;
    stop.abort(new Error(why === 'cancel' ? 'cancelled' : 'the worker stops'));
  };
  running.set(claim.id, { kind: handler.kind, claim, cancel: () => abort('cancel'), putBack: () => abort('put-back') });
  try {
    parts.log.info({ job: claim.id, kind: handler.kind, attempt: claim.attempt }, 'job started');
    const isLast = job.retryCount >= job.retryLimit;
    const signal = AbortSignal.any([stop.signal, job.signal]);
    const ending = await attempt(parts, handler, claim, notes, signal, () => wanted, isLast);
    await notes.flush();
    await writeEnding(parts, boss, sql, handler.kind, claim, ending);
  } finally {
    notes.stop();
    running.delete(claim.id);
  }
}

async function attempt<K extends JobKind>(
  parts: Parts,
  handler: JobHandler<K>,
  claim: JobClaim,
  notes: JobNotes,
  signal: AbortSignal,
  wanted: () => 'cancel' | 'put-back' | null,
  isLast: boolean,
): Promise<Ending> {
  try {
    const result = await handler.run(claim.payload as JobPayloads[K], {
      id: jobId(claim.id),
      signal,
      progress: notes.progress,
      log: notes.log,
    });
    // A handler that finished although it was asked to stop has done the work; that is what happened.
    return { kind: 'ended', state: result.outcome, message: result.message };
  } catch (error) {
    if (wanted() === 'cancel') {
      return { kind: 'ended', state: 'cancelled', message: 'Cancelled while it ran.' };
    }
    if (wanted() === 'put-back') {
      return { kind: 'put-back' };
    }
    const message = sayWhy(parts.log, handler.kind, claim, error);
    await notes.log('error', message);
    return error instanceof PermanentJobError || isLast
      ? { kind: 'ended', state: 'failed', message }
      : { kind: 'again', message };
  }
}

/** Only errors made for people are repeated to them; any other becomes one sentence and a number to look for. */
function sayWhy(log: JobLogger, kind: JobKind, claim: JobClaim, error: unknown): string {
  if (error instanceof PermanentJobError || error instanceof AppError) {
    log.warn({ job: claim.id, kind, attempt: claim.attempt, reason: error.message }, 'job failed');
    return error.message;
  }
  const reference = randomUUID().slice(0, 8);
  log.error({ job: claim.id, kind, attempt: claim.attempt, reference, err: error }, 'job failed unexpectedly');
  return `It failed for an unexpected reason. The worker's log has the details under ${reference}.`;
}

/** The database may be away for the moment that it takes to restart; the result of the work is worth waiting for. */
const WRITE_ATTEMPTS_MAX = 8;

async function writeEnding(
  parts: Parts,
  boss: PgBoss,
  sql: Sql,
  kind: JobKind,
  claim: JobClaim,
  ending: Ending,
): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      if (ending.kind === 'put-back') {
        await requeueJob(parts.database, boss, kind, claim, 'stopped');
      } else {
        const state = ending.kind === 'again' ? 'retrying' : ending.state;
        const held = await endAttempt(sql, claim, state, ending.message, parts.now());
        parts.log.info({ job: claim.id, kind, attempt: claim.attempt, state, held }, 'job ended');
      }
      break;
    } catch (error) {
      if (turn >= WRITE_ATTEMPTS_MAX) {
        throw error;
      }
      await wait(Math.min(2_000, 100 * 2 ** turn));
    }
  }
  if (ending.kind === 'again') {
    throw new Error(ending.message);
  }
}
