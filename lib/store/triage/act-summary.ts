import type { ActSummary } from '../../core/ports/triage-store.ts';
import type { Sql } from '../sql.ts';

/** What an act that has ended comes to, from its rows: accounts, fields, and the finding where it was one. */
export async function actSummary(sql: Sql, actId: string): Promise<ActSummary> {
  const [whole] = await sql.query<Omit<ActSummary, 'changes'>>(WHOLE, [actId]);
  const changes = await sql.query<ActSummary['changes'][number]>(CHANGES, [actId]);
  return { accounts: whole?.accounts ?? [], only: whole?.only ?? null, changes };
}

const WHOLE = `
select coalesce(array_agg(distinct f.account_id), '{}') as accounts,
  case when count(*) = 1 then json_build_object('id', min(encode(uuid_send(f.key), 'hex')), 'name',
    min(f.vulnerability_id || ' on ' || r.name)) end as only
from triage_act_row t join finding f on f.id = t.finding_id join resource r on r.id = f.resource_id
where t.act_id = $1::uuid`;

const time = (at: string): string => `to_char((${at})::timestamptz at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')`;
const person = (id: string): string => `coalesce((select name from app_user where id = ${id}), ${id})`;

/** Several findings that differ are told as such; only what the act was allowed to change is looked at. */
const CHANGES = `
select field, case when count(distinct coalesce(old, '')) > 1 then 'various' else min(old) end as before,
  case when count(distinct coalesce(new, '')) > 1 then 'various' else min(new) end as after
from triage_act_row t join finding f on f.id = t.finding_id
cross join lateral (values
  (1, 'Status', t.before ->> 'team_status', f.team_status),
  (2, 'Reason', t.before ->> 'status_reason', f.status_reason),
  (3, 'Accepted until', ${time("t.before ->> 'accepted_until'")}, ${time('f.accepted_until')}),
  (4, 'Owner', ${person("t.before ->> 'owner'")}, ${person('f.owner')}),
  (5, 'Team', t.before ->> 'team', f.team),
  (6, 'Snoozed until', ${time("t.before ->> 'snoozed_until'")}, ${time('f.snoozed_until')})
) as v(place, field, old, new)
where t.act_id = $1::uuid and t.version_after is not null and t.before is not null and old is distinct from new
group by place, field order by place`;
