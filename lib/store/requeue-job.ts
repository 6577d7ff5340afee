import { fromPrisma, type PgBoss } from 'pg-boss';
import type { Database } from './client.ts';
import { type JobClaim, WORKER_KEEPS_DYING } from './job-records.ts';
import { sqlOfTransaction } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** `stopped`: its worker stops in good order, which costs no attempt. `died`: the attempt is lost and counts. */
export type RequeueReason = 'stopped' | 'died';

/**
 * Puts a running job back at once, without the wait that follows a failure: the queue's row is replaced by a fresh one
 * of the same id and with the attempts that are left. A job that takes its worker down with it every time ends as
 * failed.
 */
export async function requeueJob(
  database: Database,
  boss: PgBoss,
  kind: string,
  claim: Omit<JobClaim, 'payload'>,
  reason: RequeueReason,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const db = fromPrisma(transaction);
    const [queued] = await boss.findJobs<object>(kind, { id: claim.id, db });
    if (queued?.state !== 'active') {
      return;
    }
    const left = queued.retryLimit - queued.retryCount - (reason === 'died' ? 1 : 0);
    const [state, message] = afterwards(reason, left);
    const rows = await sqlOfTransaction(transaction).query(
      `update job set state = $4::text, message = $5::text, ended_at = case when $4::text = 'failed' then now() end
       where id = $1::uuid and worker_id = $2::uuid and attempts = $3::int and state = 'running' returning 1`,
      [claim.id, claim.workerId, claim.attempt, state, message],
    );
    if (rows.length === 0) {
      return;
    }
    await boss.deleteJob(kind, claim.id, { db });
    if (left >= 0) {
      const { priority, singletonKey } = queued;
      const options = singletonKey === null ? { priority } : { priority, singletonKey };
      await boss.send(kind, queued.data, { ...options, id: claim.id, retryLimit: left, db });
    }
  });
}

function afterwards(reason: RequeueReason, attemptsLeft: number): readonly [string, string | null] {
  if (reason === 'stopped') {
    return ['queued', null];
  }
  return attemptsLeft >= 0
    ? ['retrying', 'Its worker stopped. It starts again by itself.']
    : ['failed', WORKER_KEEPS_DYING];
}
