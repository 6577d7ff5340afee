import type { CauseOfChange, ChangedFinding, Day, DayDifference, EventCause } from '../../core/model/history.ts';
import { EVENT_CAUSES } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { SeverityCounts } from '../../core/model/views.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import { toSeverityCounts } from '../queries/severity-counts.ts';
import type { Sql } from '../sql.ts';
import { countsAsOf } from './counts-as-of.ts';
import { endOf, requireKept } from './days.ts';

const LIST_MAX = 200;

interface FlowRow {
  readonly cause: EventCause;
  readonly severity: Severity;
  readonly opened: number;
  readonly closed: number;
  readonly changed: number;
  readonly net: number;
  readonly first: Day;
  readonly last: Day;
}

/**
 * What happened from the end of one day to the end of a later one, split by cause. The figures come from the kept flow, so
 * that they add up exactly: the open findings before, plus what each cause came to, are the open findings after.
 */
export async function differenceBetween(
  sql: Sql,
  visible: VisibleScope,
  from: Day,
  to: Day,
  limit: number,
): Promise<DayDifference> {
  await requireKept(sql, from);
  const rows = await flowBetween(sql, visible, from, to);
  const after = (await countsAsOf(sql, visible, to)).open;
  const causes = await Promise.all(
    EVENT_CAUSES.filter((cause) => rows.some((row) => row.cause === cause)).map((cause) =>
      causeOf(sql, visible, cause, rows, Math.max(0, Math.min(LIST_MAX, Math.trunc(limit)))),
    ),
  );
  const net = toSeverityCounts(rows.map((row) => ({ severity: row.severity, n: row.net })));
  return { before: minus(after, net), after, causes };
}

async function flowBetween(sql: Sql, visible: VisibleScope, from: Day, to: Day): Promise<readonly FlowRow[]> {
  const values = parameters();
  const conditions = [
    `w.day > ${values.add(from, 'date')}`,
    `w.day <= ${values.add(to, 'date')}`,
    '(w.active_in <> 0 or w.active_out <> 0)',
    ...scopeConditions(visible, values, 'w'),
  ];
  return sql.query<FlowRow>(
    `select w.cause, w.severity,
       coalesce(sum(w.active_in) filter (where w.step <> 'refresh'), 0)::int as opened,
       coalesce(sum(w.active_out) filter (where w.step <> 'refresh'), 0)::int as closed,
       coalesce(sum(w.active_in) filter (where w.step = 'refresh'), 0)::int as changed,
       sum(w.active_in - w.active_out)::int as net, min(w.day)::text as first, max(w.day)::text as last
     from finding_flow w where ${all(conditions)} group by w.cause, w.severity`,
    values.values,
  );
}

async function causeOf(
  sql: Sql,
  visible: VisibleScope,
  cause: EventCause,
  rows: readonly FlowRow[],
  limit: number,
): Promise<CauseOfChange> {
  const own = rows.filter((row) => row.cause === cause);
  const sum = (of: (row: FlowRow) => number) => own.reduce((total, row) => total + of(row), 0);
  const days = own.flatMap(({ first, last }) => [first, last]).sort();
  return {
    cause,
    opened: sum((row) => row.opened),
    closed: sum((row) => row.closed),
    changed: sum((row) => row.changed),
    net: toSeverityCounts(own.map((row) => ({ severity: row.severity, n: row.net }))),
    findings: limit === 0 ? [] : await changedBy(sql, visible, cause, days[0] ?? '', days.at(-1) ?? '', limit),
  };
}

/** The newest steps of that cause. The flow said on which days there are any, and the blocks say where those days are. */
async function changedBy(
  sql: Sql,
  visible: VisibleScope,
  cause: EventCause,
  first: Day,
  last: Day,
  limit: number,
): Promise<readonly ChangedFinding[]> {
  const values = parameters();
  const since = values.add(new Date(`${first}T00:00:00.000Z`), 'timestamptz');
  const until = values.add(endOf(last), 'timestamptz');
  const conditions = [
    `e.cause = ${values.add(cause, 'text')}`,
    `e.at >= ${since} and e.at < ${until}`,
    `(e.status_before is not null or e.severity_before is not null or e.kind in ('open', 'leave', 'arrive'))`,
    `'ACTIVE' in (e.status, e.status_before)`,
    ...scopeConditions(visible, values, 'e'),
  ];
  return sql.query<ChangedFinding>(
    `with places as materialized (
       select min(first_row) as low, max(last_row) as high from event_block
       where source = 'finding_event' and pruned < events and at >= ${since} and since < ${until}
     ), steps as materialized (
       select e.* from places p cross join lateral (
         select * from finding_event e where e.id between p.low and p.high and ${all(conditions)}
         order by e.id desc limit ${values.add(limit, 'int')}
       ) as e
     )
     select coalesce(encode(uuid_send(f.key), 'hex'), '') as id, e.at, e.kind, f.vulnerability_id as "vulnerabilityId",
       r.name as "resourceName", e.severity, e.severity_before as "severityBefore"
     from steps e left join finding f on f.id = e.finding_id left join resource r on r.id = f.resource_id
     order by e.id desc`,
    values.values,
  );
}

function minus(left: SeverityCounts, right: SeverityCounts): SeverityCounts {
  const counts = { ...left };
  for (const severity of Object.keys(counts) as Severity[]) {
    counts[severity] -= right[severity];
  }
  return counts;
}
