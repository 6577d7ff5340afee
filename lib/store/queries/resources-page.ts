import type { ResourceCount, ResourceFilter } from '../../core/model/estate.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { ResourceRow } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { decodeCursor, encodeCursor, ROW_NUMBER } from './page-cursor.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { resourceConditions, stateExpression } from './resource-conditions.ts';
import { resourceScope } from './scope-conditions.ts';
import { toSeverityCounts } from './severity-counts.ts';

const LIMIT_MAX = 200;
const ORDER = 'name';
/** Any name, but no longer than the cursor itself may be. */
const NAME = /^[\s\S]{0,600}$/;

type ResourceColumns = Omit<ResourceRow, 'counts' | 'lastScan'> & {
  readonly row_id: string;
  readonly ended_at: Date | null;
  readonly outcome: NonNullable<ResourceRow['lastScan']>['outcome'];
  readonly reason: string | null;
  readonly good_at: Date | null;
};

/** Resources by name. */
export async function resourcesPage(
  sql: Sql,
  visible: VisibleScope,
  filter: ResourceFilter,
  page: { readonly cursor: string | null; readonly limit: number },
  now: Date,
): Promise<{ readonly rows: readonly ResourceRow[]; readonly nextCursor: string | null }> {
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const values = parameters();
  const conditions = [
    ...resourceScope(visible, values),
    ...resourceConditions(filter, values, now),
    ...afterCursor(page.cursor, values),
  ];
  const found = await selectResources(sql, conditions, values, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return {
    rows: await withCounts(sql, shown),
    nextCursor: hasMore ? encodeCursor(ORDER, [last.name.slice(0, 600), last.row_id]) : null,
  };
}

/** How many resources match, by kind and state of their coverage. */
export function countResources(
  sql: Sql,
  visible: VisibleScope,
  filter: ResourceFilter,
  now: Date,
): Promise<readonly ResourceCount[]> {
  const values = parameters();
  const anyKind = { ...filter, kinds: [], states: [] };
  const conditions = [...resourceScope(visible, values), ...resourceConditions(anyKind, values, now)];
  return sql.query<ResourceCount>(
    `select r.kind, ${stateExpression(values, now)} as state, count(*)::int as resources
     from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'package'
     where ${all(conditions)} group by 1, 2`,
    values.values,
  );
}

function afterCursor(cursor: string | null, values: Parameters): string[] {
  const after = decodeCursor(ORDER, [NAME, ROW_NUMBER], cursor);
  if (after === null) {
    return [];
  }
  return [`(r.name, r.id) > (${values.add(after[0], 'text')}, ${values.add(after[1], 'bigint')})`];
}

// As the facts behind a page's assurance have it: what was missing at the scan may have been matched since.
const UNMATCHED = `
  select 1 from coverage p cross join lateral jsonb_array_elements(p.advisory_states) as s(state)
  where p.resource_id = r.id and p.scan_type = 'package' and s.state ->> 'state' = 'missing'
    and (select value from setting where name = 'advisories.matched' and not r.sample)
      -> 'ecosystems' -> (s.state ->> 'ecosystem') is null`;

/** Resources with their latest scan, without counts. */
export function selectResources(
  sql: Sql,
  conditions: readonly string[],
  values: Parameters,
  limit: number,
): Promise<readonly ResourceColumns[]> {
  return sql.query<ResourceColumns>(
    `select r.id::text as row_id, r.key as id, r.name, r.kind, r.account_id as "accountId", a.name as "accountName",
       r.region, r.environment, r.sample, r.first_seen_at as "firstSeenAt", i.packages, c.ended_at, c.outcome, c.reason,
       c.complete_at as good_at,
       exists (${UNMATCHED}) as unmatched
     from (
       select * from resource r where ${all(conditions)} order by r.name, r.id limit ${values.add(limit, 'int')}
     ) as r
     join account a on a.id = r.account_id
     left join inventory i on i.id = r.inventory_id
     left join coverage c on c.resource_id = r.id and c.scan_type = 'package'
     order by r.name, r.id`,
    values.values,
  );
}

/** Open findings by severity of each of the rows, in one query. */
export async function withCounts(sql: Sql, columns: readonly ResourceColumns[]): Promise<readonly ResourceRow[]> {
  const counts = await sql.query<{ row_id: string; severity: Severity; n: number }>(
    `select f.resource_id::text as row_id, f.severity, count(*)::int as n
     from finding f where f.resource_id = any($1::bigint[]) and f.status = 'ACTIVE' group by 1, 2`,
    [columns.map((row) => row.row_id)],
  );
  const byRow = Map.groupBy(counts, (row) => row.row_id);
  return columns.map(({ row_id, ended_at, outcome, reason, good_at, ...row }) => ({
    ...row,
    counts: toSeverityCounts(byRow.get(row_id) ?? []),
    lastScan: ended_at === null ? null : { endedAt: ended_at, outcome, reason, goodAt: good_at },
  }));
}
