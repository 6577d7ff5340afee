import type { Sql } from './sql.ts';

/** What tells one worker process from every other, also after its number was given to another process. */
export interface WorkerIdentity {
  readonly id: string;
  readonly host: string;
  /** Host, boot and process namespace: only inside one place can a process be looked up by its number. */
  readonly place: string;
  readonly pid: number;
  readonly processStarted: string;
}

/** How long a stopped worker's row is kept: long enough to explain yesterday's jobs. */
const KEPT_DAYS = 30;

export async function registerWorker(sql: Sql, worker: WorkerIdentity, now: Date): Promise<void> {
  await sql.query(
    `insert into worker (id, host, place, pid, process_started, started_at, seen_at)
     values ($1::uuid, $2::text, $3::text, $4::int, $5::text, $6::timestamptz, $6::timestamptz)
     on conflict (id) do update set seen_at = excluded.seen_at`,
    [worker.id, worker.host, worker.place, worker.pid, worker.processStarted, now],
  );
  await sql.query(
    `delete from worker w where w.seen_at < $1::timestamptz - interval '${KEPT_DAYS} days'
       and not exists (select from job j where j.worker_id = w.id)`,
    [now],
  );
}

export async function markWorkerSeen(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query('update worker set seen_at = $2::timestamptz where id = $1::uuid', [id, now]);
}

export async function countWorkers(sql: Sql, now: Date): Promise<number> {
  const [row] = await sql.query<{ alive: number }>(
    `select count(*)::int as alive from worker where stopped_at is null and seen_at > $1::timestamptz - interval '1 minute'`,
    [now],
  );
  return row?.alive ?? 0;
}

export async function markWorkersStopped(sql: Sql, ids: readonly string[], now: Date): Promise<void> {
  await sql.query('update worker set stopped_at = $2::timestamptz where id = any($1::uuid[])', [ids, now]);
}

/** Workers of the same place that never said that they stopped. */
export function unstoppedWorkers(sql: Sql, self: WorkerIdentity): Promise<readonly WorkerIdentity[]> {
  return sql.query<WorkerIdentity>(
    `select id::text as id, host, place, pid, process_started as "processStarted"
     from worker where place = $1::text and stopped_at is null and id <> $2::uuid`,
    [self.place, self.id],
  );
}

/** The attempts that these workers had in hand. */
export function runningJobsOf(sql: Sql, workers: readonly string[]) {
  return sql.query<{ id: string; kind: string; workerId: string; attempt: number }>(
    `select id::text as id, kind, worker_id::text as "workerId", attempts as attempt
     from job where worker_id = any($1::uuid[]) and state = 'running'`,
    [workers],
  );
}
