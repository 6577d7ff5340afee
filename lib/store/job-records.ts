import type { JobLogLine, JobPhase, JobState } from '../core/model/views.ts';
import type { Sql } from './sql.ts';
import { toJson, toStorable } from './to-json.ts';

/** One attempt of one job, held by one worker. A write that does not name the current claim changes nothing. */
export const WORKER_KEEPS_DYING =
  "Its worker stopped again and again before the job could finish. See the worker's log, then start the job anew.";

export interface JobClaim {
  readonly id: string;
  readonly workerId: string;
  readonly attempt: number;
  readonly payload: unknown;
}

/** Takes the job for this worker; null when it has ended or a person wants it cancelled. */
export async function claimJob(sql: Sql, id: string, workerId: string, now: Date): Promise<JobClaim | null> {
  const [row] = await sql.query<{ payload: unknown; attempts: number }>(
    `update job set state = 'running', worker_id = $2::uuid, attempts = attempts + 1, message = null,
       started_at = coalesce(started_at, $3::timestamptz)
     where id = $1::uuid and state in ('queued', 'running', 'retrying') and cancel_requested_at is null
     returning payload, attempts`,
    [id, workerId, now],
  );
  if (row !== undefined) {
    return { id, workerId, attempt: row.attempts, payload: row.payload };
  }
  await sql.query(
    `update job set state = 'cancelled', ended_at = $2::timestamptz, message = 'Cancelled.'
     where id = $1::uuid and state in ('queued', 'running', 'retrying') and cancel_requested_at is not null`,
    [id, now],
  );
  return null;
}

/** Ends the attempt: a final state, or `retrying` and `queued` when there will be another. False: the claim was lost. */
export async function endAttempt(
  sql: Sql,
  claim: JobClaim,
  state: Exclude<JobState, 'running'>,
  message: string | null,
  now: Date,
): Promise<boolean> {
  const open = state === 'retrying' || state === 'queued';
  const rows = await sql.query(
    `update job set state = $4::text, message = $5::text, ended_at = $6::timestamptz
     where id = $1::uuid and worker_id = $2::uuid and attempts = $3::int and state = 'running' returning 1`,
    [claim.id, claim.workerId, claim.attempt, state, message === null ? null : toStorable(message), open ? null : now],
  );
  return rows.length > 0;
}

export async function savePhases(sql: Sql, claim: JobClaim, phases: readonly JobPhase[]): Promise<void> {
  await sql.query(
    `update job set phases = $4::jsonb
     where id = $1::uuid and worker_id = $2::uuid and attempts = $3::int and state = 'running'`,
    [claim.id, claim.workerId, claim.attempt, toJson(phases)],
  );
}

export async function appendLog(sql: Sql, id: string, lines: readonly JobLogLine[]): Promise<void> {
  await sql.query(
    `insert into job_log (job_id, at, level, text)
     select $1::uuid, at, level, text from jsonb_to_recordset($2::jsonb) as r(at timestamptz, level text, text text)`,
    [id, toJson(lines)],
  );
}

/** Which of these jobs a person wants stopped. */
export async function cancelRequested(sql: Sql, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    'select id::text as id from job where id = any($1::uuid[]) and cancel_requested_at is not null',
    [ids],
  );
  return rows.map((row) => row.id);
}

/**
 * Brings the rows that people see in line with the queue. They part when a worker died: pg-boss gives its job to
 * another or, after the last attempt, to nobody, and no handler is left to write that down. Returns the changed jobs.
 */
export async function alignWithQueue(sql: Sql, now: Date): Promise<number> {
  const rows = await sql.query(
    `update job j set
       state = q.after,
       message = case q.after
         when 'retrying' then 'Its worker stopped. It starts again by itself.'
         when 'failed' then $2::text
         else 'Cancelled.' end,
       ended_at = case when q.after = 'retrying' then null else $1::timestamptz end
     from (
       select o.id, o.state as before,
         case when b.state = 'retry' then 'retrying' when b.state = 'cancelled' then 'cancelled' else 'failed' end as after
       from job o left join pgboss.job b on b.id = o.id and b.name = o.kind
       where o.state in ('queued', 'running', 'retrying') and (
         b.id is null or b.state in ('failed', 'completed', 'cancelled') or (b.state = 'retry' and o.state = 'running'))
     ) as q
     where j.id = q.id and j.state = q.before
     returning 1`,
    [now, WORKER_KEEPS_DYING],
  );
  return rows.length;
}
