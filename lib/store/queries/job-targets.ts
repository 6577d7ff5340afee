import type { VisibleScope } from '../../core/model/scope.ts';
import type { JobTargetKind, JobTargets } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const COLUMNS: Readonly<Record<JobTargetKind, { readonly key: string; readonly name: string }>> = {
  account: { key: 'r.account_id', name: 'coalesce(a.name, r.account_id)' },
  region: { key: 'r.region', name: 'r.region' },
  resource: { key: 'r.key', name: 'r.name' },
};

/** A job that began anew, or that loads a history, may have looked at a resource more than once: what it saw last counts. */
const LAST_OF_EACH = 'select distinct on (s.resource_id) s.resource_id, s.outcome from scan s';

/** What a job read, by where it is: those with most that it could not read first, the others in one sum. */
export async function jobTargets(
  sql: Sql,
  visible: VisibleScope,
  ask: { readonly jobId: string; readonly by: JobTargetKind; readonly limit: number },
): Promise<JobTargets> {
  const values = parameters();
  const { key, name } = COLUMNS[ask.by];
  const subject = all(scopeConditions(visible, values, 'r'));
  const rows = await sql.query<JobTargets['rows'][number] & { groups: number; allRead: number; allFailed: number }>(
    `select ${key} as id, max(${name}) as name,
       count(*) filter (where s.outcome <> 'failed')::int as read,
       count(*) filter (where s.outcome = 'failed')::int as failed,
       count(*) over ()::int as groups,
       sum(count(*) filter (where s.outcome <> 'failed')) over ()::int as "allRead",
       sum(count(*) filter (where s.outcome = 'failed')) over ()::int as "allFailed"
     from (${LAST_OF_EACH} where s.job_id = ${values.add(ask.jobId, 'uuid')} order by s.resource_id, s.ended_at desc, s.id desc) s
       join resource r on r.id = s.resource_id join account a on a.id = r.account_id
     where ${subject} group by 1 order by failed desc, read desc, 2, 1 limit ${values.add(ask.limit, 'int')}`,
    values.values,
  );
  const [first] = rows;
  return {
    rows: rows.map(({ id, name: shown, read, failed }) => ({ id, name: shown, read, failed })),
    groups: first?.groups ?? 0,
    read: first?.allRead ?? 0,
    failed: first?.allFailed ?? 0,
  };
}
