import { FINDING_STATUSES, type FindingStatus } from '../../core/model/finding.ts';
import type { PastFinding, PastFindingsPage } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { PastFindingsRequest } from '../../core/ports/history-store.ts';
import { decodeCursor, encodeCursor, INSTANT, ROW_NUMBER } from '../queries/page-cursor.ts';
import { all, type Parameters, parameters } from '../queries/parameters.ts';
import { queryConditions, type ResolvedTerm, resolveQuery } from '../queries/query-conditions.ts';
import { placeConditions, scopeConditions } from '../queries/scope-conditions.ts';
import type { Sql } from '../sql.ts';
import { endOf, requireKept } from './days.ts';
import { fromTenths } from './tenths.ts';

const LIMIT_MAX = 200;
/** Findings that one page looks at. How many of them were open then is not known before. */
const LOOKED_AT_MAX = 4_000;
/** A reader of more accounts than this walks the list of all, and skips. */
const ACCOUNTS_MERGED_MAX = 40;

interface Row extends Omit<PastFinding, 'score'> {
  readonly tenths: number;
  readonly cursor: readonly string[];
}

/**
 * Findings as they were at the end of a day: today's rows, taken back by every step since. They are listed by the place
 * that they have now.
 */
export async function findingsAsOf(
  sql: Sql,
  visible: VisibleScope,
  { day, statuses, query, cursor, limit }: PastFindingsRequest,
): Promise<PastFindingsPage> {
  await requireKept(sql, day);
  const rowsMax = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(limit)));
  const after = decodeCursor(`as-of ${day}`, [INSTANT, ROW_NUMBER], cursor);
  const [timeless, thatDay] = await Promise.all([resolveQuery(sql, query.timeless), resolveQuery(sql, query.thatDay)]);
  const statement = pastPage(visible, endOf(day), { statuses, timeless, thatDay }, after, rowsMax);
  const [rows, removed] = await Promise.all([
    sql.query<Row | { readonly id: null; readonly cursor: readonly string[] }>(statement.text, statement.values),
    removedSince(sql, visible, day),
  ]);
  const shown = rows.filter((row) => row.id !== null).slice(0, rowsMax);
  // The last row is the last that was looked at, when there may be more behind it.
  const walked = rows.find((row) => row.id === null)?.cursor ?? null;
  const next = shown.length === rowsMax ? (shown.at(-1)?.cursor ?? null) : walked;
  return {
    rows: shown.map(({ tenths, cursor: _, ...row }) => ({ ...row, score: fromTenths(tenths) })),
    nextCursor: next === null ? null : encodeCursor(`as-of ${day}`, next),
    removed,
  };
}

interface Wanted {
  readonly statuses: readonly FindingStatus[];
  readonly timeless: readonly ResolvedTerm[];
  readonly thatDay: readonly ResolvedTerm[];
}

function pastPage(
  visible: VisibleScope,
  end: Date,
  { statuses, timeless, thatDay }: Wanted,
  after: readonly string[] | null,
  limit: number,
) {
  const values = parameters();
  const moment = values.add(end, 'timestamptz');
  const conditionsThen = [
    `f.status = any(${values.add(statuses, 'text[]')})`,
    ...queryConditions(thatDay, values, end),
  ];
  const text = `
    with walked as materialized (${walk(visible, moment, timeless, end, after, values)}), past as (
      select w.id, w.key, w.vulnerability_id, w.content, w.package_name, w.resource_id, w.kind, w.account_id, w.first_seen_at,
        coalesce(e.status, w.status) as status, coalesce(e.severity, w.severity) as severity,
        coalesce(e.score, round(w.score * 10)::smallint, -1) as tenths, coalesce(e.team, w.team_status) as team_status
      from walked w
      cross join lateral (
        select (array_agg(e.status_before order by e.at, e.id) filter (where e.status_before is not null))[1] as status,
          (array_agg(e.severity_before order by e.at, e.id) filter (where e.severity_before is not null))[1] as severity,
          (array_agg(e.score_before order by e.at, e.id) filter (where e.score_before is not null))[1] as score,
          (array_agg(e.team_before order by e.at, e.id) filter (where e.team_before is not null))[1] as team,
          coalesce(bool_or(e.kind = 'open'), false) as is_later
        from finding_event e where e.finding_id = w.id and e.at >= ${moment}
      ) as e
      where not e.is_later
    ), page as (
      select f.* from (select past.*, tenths / 10.0 as score_order from past) as f
      where ${all(conditionsThen)}
      order by f.first_seen_at desc, f.id desc limit ${values.add(limit, 'int')}
    )
    (select encode(uuid_send(p.key), 'hex') as id, p.vulnerability_id as "vulnerabilityId", coalesce(t.title, '') as title,
       p.package_name as "packageName", r.name as "resourceName", p.kind as "resourceKind", p.account_id as "accountId",
       coalesce(a.name, p.account_id) as "accountName", p.status, p.severity, p.tenths::int as tenths,
       p.team_status as "teamStatus", p.first_seen_at as "firstSeenAt", ${CURSOR('p')} as cursor
     from page p join resource r on r.id = p.resource_id
     left join finding_content t on t.hash = p.content left join account a on a.id = p.account_id
     order by p.first_seen_at desc, p.id desc)
    union all
    (select null, null, null, null, null, null, null, null, null, null, null, null, null, ${CURSOR('w')}
     from walked w where (select count(*) from walked) >= ${LOOKED_AT_MAX} order by w.first_seen_at, w.id limit 1)`;
  return { text, values: values.values };
}

/**
 * The next findings in the order of the list, in whatever state they are now. Without a query each status is an index walked in
 * that order; with one the database chooses between that and what the query names.
 */
function walk(
  visible: VisibleScope,
  moment: string,
  timeless: readonly ResolvedTerm[],
  end: Date,
  after: readonly string[] | null,
  values: Parameters,
): string {
  const accounts = visible.accounts === null ? null : [...new Set(visible.accounts)];
  const isMerged = accounts !== null && accounts.length <= ACCOUNTS_MERGED_MAX;
  const newest = `order by first_seen_at desc, id desc limit ${LOOKED_AT_MAX}`;
  const conditions = [`f.first_seen_at < ${moment}`];
  if (after !== null) {
    conditions.push(
      `(f.first_seen_at, f.id) < (${values.add(after[0], 'timestamptz')}, ${values.add(after[1], 'bigint')})`,
    );
  }
  if (timeless.length > 0) {
    conditions.push(...scopeConditions(visible, values, 'f'), ...queryConditions(timeless, values, end));
    return `select f.* from finding f where ${all(conditions)} ${newest}`;
  }
  const lists = [`unnest(${values.add(FINDING_STATUSES, 'text[]')}) as s(status)`];
  conditions.push(
    'f.status = s.status',
    ...(isMerged ? placeConditions(visible, values, 'f') : scopeConditions(visible, values, 'f')),
  );
  if (isMerged) {
    lists.push(`unnest(${values.add(accounts, 'text[]')}) as a(account)`);
    conditions.push('f.account_id = a.account');
  }
  return `
    select g.* from ${lists.join(' cross join ')} cross join lateral (
      select f.* from finding f where ${all(conditions)} ${newest}
    ) as g
    ${newest}`;
}

const CURSOR = (alias: string) =>
  `array[to_char(${alias}.first_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ${alias}.id::text]`;

/** Of the findings that were open then, those whose rows have been removed. All of them are closed now. */
async function removedSince(sql: Sql, visible: VisibleScope, day: string): Promise<number> {
  const values = parameters();
  const conditions = [`w.day > ${values.add(day, 'date')}`, 'w.removed <> 0', ...scopeConditions(visible, values, 'w')];
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(-sum(w.removed), 0)::int as n from finding_flow w where ${all(conditions)}`,
    values.values,
  );
  return row?.n ?? 0;
}
