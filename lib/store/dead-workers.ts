import type { PgBoss } from 'pg-boss';
import { requeueJob } from './requeue-job.ts';
import { sqlOfPool } from './sql.ts';
import type { WorkerParts } from './worker-parts.ts';
import { markWorkersStopped, runningJobsOf, unstoppedWorkers } from './worker-records.ts';

/**
 * Gives back the jobs of workers that are gone for certain, so that they start now and not when their heartbeat has
 * run out. Workers elsewhere cannot be looked at from here; for them the heartbeat decides.
 */
export async function freeJobsOfDeadWorkers(parts: WorkerParts, boss: PgBoss): Promise<void> {
  const sql = sqlOfPool(parts.database.pool);
  const gone: string[] = [];
  for (const worker of await unstoppedWorkers(sql, parts.identity)) {
    if (await parts.isGone(worker)) {
      gone.push(worker.id);
    }
  }
  if (gone.length === 0) {
    return;
  }
  for (const job of await runningJobsOf(sql, gone)) {
    await requeueJob(parts.database, boss, job.kind, job, 'died');
  }
  await markWorkersStopped(sql, gone, parts.now());
}
