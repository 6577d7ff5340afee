import { randomUUID } from 'node:crypto';
import { fromPrisma } from 'pg-boss';
import { type JobId, jobId } from '../core/model/ids.ts';
import { type EnqueueOptions, JOB_TITLES, type JobKind, type JobPayloads, type JobQueue } from '../jobs/contracts.ts';
import type { TransactionClient } from './client.ts';
import type { Queue } from './queue.ts';
import { sqlOfTransaction } from './sql.ts';
import { toJson } from './to-json.ts';
import { countWorkers } from './worker-records.ts';

/** A job that ends between two looks is asked for anew; more than this many times in a row does not happen. */
const ATTEMPTS_MAX = 5;

/** The queue inside one transaction: the job exists when, and only when, the transaction commits. */
export function createJobQueue(queue: Queue, transaction: TransactionClient, now: () => Date): JobQueue {
  return {
    enqueue: (kind, payload, options = {}) => enqueue(queue, transaction, now(), kind, payload, options),
    cancel: (id) => cancel(queue, transaction, now(), id),
    countWorkers: () => countWorkers(sqlOfTransaction(transaction), now()),
  };
}

async function enqueue<K extends JobKind>(
  queue: Queue,
  transaction: TransactionClient,
  now: Date,
  kind: K,
  payload: JobPayloads[K],
  options: EnqueueOptions,
): Promise<JobId> {
  await queue.ready();
  const sql = sqlOfTransaction(transaction);
  const dedupeKey = options.dedupeKey ?? null;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const id = randomUUID();
    const added = await sql.query(ADD, [
      id,
      kind,
      JOB_TITLES[kind],
      toJson(payload),
      dedupeKey,
      options.priority ?? 0,
      options.requestedBy ?? null,
      now,
    ]);
    if (added.length > 0) {
      const sent = await queue.boss.send(
        kind,
        { ...payload },
        {
          id,
          priority: options.priority ?? 0,
          ...(dedupeKey === null ? {} : { singletonKey: dedupeKey }),
          db: fromPrisma(transaction),
        },
      );
      if (sent === null) {
        throw new Error(`the queue "${kind}" did not take job ${id}`);
      }
      return jobId(id);
    }
    const [open] = await sql.query<{ id: string }>(FIND_OPEN, [kind, dedupeKey]);
    if (open !== undefined) {
      return jobId(open.id);
    }
  }
  throw new Error(`the job "${kind}" with the key "${dedupeKey}" could neither be added nor found`);
}

async function cancel(queue: Queue, transaction: TransactionClient, now: Date, id: JobId): Promise<boolean> {
  await queue.ready();
  const sql = sqlOfTransaction(transaction);
  const [waiting] = await sql.query<{ kind: string }>(CANCEL_WAITING, [id, now]);
  if (waiting !== undefined) {
    await queue.boss.cancel(waiting.kind, id, { db: fromPrisma(transaction) });
    return true;
  }
  // Its worker looks at this mark and stops the handler; nothing is taken out of a running handler's hands.
  return (await sql.query(ASK_RUNNING, [id, now])).length > 0;
}

const ADD = `
insert into job (id, kind, title, state, payload, dedupe_key, priority, requested_by, created_at)
values ($1::uuid, $2::text, $3::text, 'queued', $4::jsonb, $5::text, $6::int, $7::text, $8::timestamptz)
on conflict (kind, dedupe_key) where dedupe_key is not null and state in ('queued', 'running', 'retrying')
do nothing returning 1`;

const FIND_OPEN = `
select id::text as id from job
where kind = $1::text and dedupe_key = $2::text and state in ('queued', 'running', 'retrying')`;

const CANCEL_WAITING = `
update job set state = 'cancelled', cancel_requested_at = $2::timestamptz, ended_at = $2::timestamptz,
  message = 'Cancelled before it ran.'
where id = $1::uuid and state in ('queued', 'retrying') returning kind`;

const ASK_RUNNING = `
update job set cancel_requested_at = coalesce(cancel_requested_at, $2::timestamptz)
where id = $1::uuid and state = 'running' returning 1`;
