import type { ComparedFinding, ComparedScan, OpenStep, ScanComparison } from '../../core/model/estate.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const DAYS = 14;
const SHOWN_MAX = 200;

/** How many findings of a resource were open in the last fourteen days: a step wherever that changed. */
export async function openSteps(sql: Sql, visible: VisibleScope, key: string, now: Date): Promise<readonly OpenStep[]> {
  const [resource] = await own(sql, visible, key);
  if (resource === undefined) return [];
  const since = new Date(now.getTime() - DAYS * 86_400_000);
  const [steps, open] = await Promise.all([
    sql.query<{ at: Date; change: number }>(STEPS, [resource.id, since]),
    sql.query<{ open: number }>(
      "select count(*)::int as open from finding where resource_id = $1::bigint and status = 'ACTIVE'",
      [resource.id],
    ),
  ]);
  const from = resource.first_seen_at > since ? resource.first_seen_at : since;
  return openLine(steps, open[0]?.open ?? 0, from);
}

/** Backwards from what is open now, which is known for certain. */
function openLine(
  steps: readonly { readonly at: Date; readonly change: number }[],
  now: number,
  from: Date,
): readonly OpenStep[] {
  const line: OpenStep[] = [];
  let open = now;
  for (const { at, change } of steps.toReversed()) {
    line.push({ at, open });
    open -= change;
  }
  return [{ at: from, open: Math.max(0, open) }, ...line.toReversed()];
}

/** What opened and what closed after one scan up to the end of another; null where either is none of the resource. */
export async function compareScans(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  ids: { readonly from: string; readonly to: string },
): Promise<ScanComparison | null> {
  const [resource] = await own(sql, visible, key);
  if (resource === undefined) return null;
  const [from, to] = await sql.query<ComparedScan>(
    `select id::text as id, ended_at as "endedAt", outcome from scan
     where resource_id = $1::bigint and id = any($2::bigint[]) order by ended_at, id`,
    [resource.id, [ids.from, ids.to]],
  );
  if (from === undefined || to === undefined) return null;
  const changed = await sql.query<ComparedFinding & { readonly opened: boolean; readonly total: number }>(CHANGED, [
    resource.id,
    from.endedAt,
    to.endedAt,
  ]);
  const side = (isOpened: boolean) => {
    const rows = changed.filter(({ opened }) => opened === isOpened);
    return { count: rows[0]?.total ?? 0, shown: rows.map(({ opened: _, total: __, ...row }) => row) };
  };
  return { from, to, opened: side(true), closed: side(false) };
}

function own(sql: Sql, visible: VisibleScope, key: string) {
  const values = parameters();
  const conditions = all([...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`]);
  return sql.query<{ id: string; first_seen_at: Date }>(
    `select r.id::text as id, r.first_seen_at from resource r where ${conditions}`,
    values.values,
  );
}

// A finding that moves with its resource to another account leaves and arrives; to the resource nothing has changed.
const STEPS = `
select at, sum(change)::int as change from (
  select e.at, (e.status = 'ACTIVE')::int - (e.kind <> 'open' and coalesce(e.status_before, e.status) = 'ACTIVE')::int as change
  from finding f join finding_event e on e.finding_id = f.id
  where f.resource_id = $1::bigint and e.at >= $2::timestamptz and e.kind not in ('leave', 'arrive')
) as changes group by at having sum(change) <> 0 order by at`;

const CHANGED = `
with changed as (
  select f.id, (array_agg(e.detail order by e.at desc, e.id desc))[1] as detail,
    (array_agg(e.status order by e.at desc, e.id desc))[1] = 'ACTIVE' as after,
    (array_agg(e.kind <> 'open' and coalesce(e.status_before, e.status) = 'ACTIVE' order by e.at, e.id))[1] as before
  from finding f join finding_event e on e.finding_id = f.id
  where f.resource_id = $1::bigint and e.at > $2::timestamptz and e.at <= $3::timestamptz and e.kind not in ('leave', 'arrive')
  group by f.id
), ranked as (
  select c.*, row_number() over (partition by c.after order by f.severity_order desc, f.score_order desc, f.id) as place,
    count(*) over (partition by c.after)::int as total, encode(uuid_send(f.key), 'hex') as key, f.vulnerability_id,
    f.package_name, f.package_version, f.severity
  from changed c join finding f on f.id = c.id where c.after <> c.before
)
select key as id, vulnerability_id as "vulnerabilityId", package_name as "packageName", package_version as "packageVersion",
  severity, detail, after as opened, total
from ranked where place <= ${SHOWN_MAX} order by after desc, place`;
