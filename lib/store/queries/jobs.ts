import type { JobLogLine, JobView } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const JOBS_MAX = 500;
const LINES_MAX = 2_000;

const COLUMNS = `id::text as id, number::int as number, kind, title, state, phases, message,
  requested_by as "requestedBy", attempts, created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`;

/** The newest jobs first. */
export function newestJobs(sql: Sql, limit: number): Promise<readonly JobView[]> {
  return sql.query<JobView>(`select ${COLUMNS} from job order by created_at desc, number desc limit $1::int`, [
    Math.max(1, Math.min(JOBS_MAX, limit)),
  ]);
}

export async function jobById(sql: Sql, id: string): Promise<JobView | null> {
  if (!UUID.test(id)) {
    return null;
  }
  const [row] = await sql.query<JobView>(`select ${COLUMNS} from job where id = $1::uuid`, [id]);
  return row ?? null;
}

/** The newest lines, in the order in which they were written. */
export async function jobLog(sql: Sql, id: string, limit: number): Promise<readonly JobLogLine[]> {
  if (!UUID.test(id)) {
    return [];
  }
  const newestFirst = await sql.query<JobLogLine>(
    'select at, level, text from job_log where job_id = $1::uuid order by id desc limit $2::int',
    [id, Math.max(1, Math.min(LINES_MAX, limit))],
  );
  return newestFirst.toReversed();
}

/** All lines in the order in which they were written, so many at a time. */
export async function* jobLogPages(sql: Sql, id: string): AsyncGenerator<readonly JobLogLine[]> {
  if (!UUID.test(id)) return;
  let last = '0';
  for (;;) {
    const rows = await sql.query<JobLogLine & { readonly id: string }>(
      `select id::text as id, at, level, text from job_log
       where job_id = $1::uuid and id > $2::bigint order by job_log.id limit ${LINES_MAX}`,
      [id, last],
    );
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map(({ at, level, text }) => ({ at, level, text }));
    if (rows.length < LINES_MAX) return;
    last = end.id;
  }
}
