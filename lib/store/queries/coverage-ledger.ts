import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type {
  CoverageView,
  CoveredAccount,
  LedgerCount,
  LedgerFilter,
  LedgerRow,
  UnreadPlace,
} from '../../core/model/coverage-view.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { decodeCursor, encodeCursor, ROW_NUMBER } from './page-cursor.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { accountConditions, scopeConditions } from './scope-conditions.ts';

/** A file takes more at a time than a page: each page judges the whole ledger anew. */
const LIMIT_MAX = 5_000;
const ORDER = 'ledger';
const NAME = /^[\s\S]{0,600}$/;
/** So many of an image have to be whole before one of them that finds nothing stands out. */
const SIBLINGS_MIN = 3;

function ledger(values: Parameters, now: Date): string {
  return `coverage_ledger(${values.add(now, 'timestamptz')}, make_interval(hours => ${SCAN_WINDOW_HOURS}))`;
}

/** How all resources of the scope stand, by account or region, and what could not be looked at. */
export async function coverageView(
  sql: Sql,
  visible: VisibleScope,
  by: CoverageView['by'],
  now: Date,
): Promise<CoverageView> {
  const [counts, accounts, unread, silent] = await Promise.all([
    ledgerCounts(sql, visible, by, now),
    coveredAccounts(sql, visible),
    unreadPlaces(sql, visible),
    silentCount(sql, visible, now),
  ]);
  return { by, windowHours: SCAN_WINDOW_HOURS, counts, accounts, unread, silent };
}

function ledgerCounts(
  sql: Sql,
  visible: VisibleScope,
  by: CoverageView['by'],
  now: Date,
): Promise<readonly LedgerCount[]> {
  const values = parameters();
  const from = ledger(values, now);
  return sql.query<LedgerCount>(
    `select ${by === 'account' ? 'l.account_id' : 'l.region'} as place, l.kind, l.state, l.reason, count(*)::int as resources
     from ${from} as l where ${all(scopeConditions(visible, values, 'l'))} group by 1, 2, 3, 4`,
    values.values,
  );
}

function coveredAccounts(sql: Sql, visible: VisibleScope): Promise<readonly CoveredAccount[]> {
  const values = parameters();
  const conditions = visible.accounts === null ? [] : [`a.id = any(${values.add(visible.accounts, 'text[]')})`];
  return sql.query<CoveredAccount>(
    `select a.id, a.name, a.state, a.detail, a.state_since as since from account a where ${all(conditions)} order by a.name, a.id`,
    values.values,
  );
}

function unreadPlaces(sql: Sql, visible: VisibleScope): Promise<readonly UnreadPlace[]> {
  const values = parameters();
  const conditions = [
    "p.state <> 'read'",
    ...accountConditions(visible, values, 'p'),
    ...(visible.regions.length > 0 ? [`p.region = any(${values.add(visible.regions, 'text[]')})`] : []),
  ];
  return sql.query<UnreadPlace>(
    `select p.account_id as "accountId", p.region, p.service, p.state, coalesce(p.detail, '') as detail, p.since,
       p.read_at as "readAt"
     from account_place p where ${all(conditions)} order by p.region, p.account_id, p.service limit 2000`,
    values.values,
  );
}

/** Machines that were scanned and find nothing, of an image most of whose machines do: `alias` is the ledger's. */
function silentCondition(alias: string): string {
  return `${alias}.kind = 'ec2' and ${alias}.state = 'scanned' and exists (
    select 1 from resource own join coverage mine on mine.resource_id = own.id and mine.scan_type = 'package'
    where own.id = ${alias}.resource_id and mine.findings = 0 and coalesce(own.cloud ->> 'imageId', '') <> ''
      and (select count(*) filter (where c.findings > 0) >= ${SIBLINGS_MIN} and count(*) filter (where c.findings > 0) * 2 > count(*)
           from resource other join coverage c on c.resource_id = other.id and c.scan_type = 'package'
           where other.cloud ->> 'imageId' = own.cloud ->> 'imageId' and other.gone_at is null and c.outcome = 'complete'))`;
}

async function silentCount(sql: Sql, visible: VisibleScope, now: Date): Promise<number> {
  const values = parameters();
  const from = ledger(values, now);
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from ${from} as l where ${all([...scopeConditions(visible, values, 'l'), silentCondition('l')])}`,
    values.values,
  );
  return row?.n ?? 0;
}

/** Resources in the ledger, by name. */
export async function ledgerPage(
  sql: Sql,
  visible: VisibleScope,
  filter: LedgerFilter,
  page: { readonly cursor: string | null; readonly limit: number },
  now: Date,
): Promise<{ readonly rows: readonly LedgerRow[]; readonly nextCursor: string | null }> {
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const values = parameters();
  const from = ledger(values, now);
  const after = decodeCursor(ORDER, [NAME, ROW_NUMBER], page.cursor);
  const conditions = [
    ...scopeConditions(visible, values, 'l'),
    ...(filter.kinds.length > 0 ? [`l.kind = any(${values.add(filter.kinds, 'text[]')})`] : []),
    ...(filter.states.length > 0 ? [`l.state = any(${values.add(filter.states, 'text[]')})`] : []),
    ...(filter.reason === null ? [] : [`l.reason = ${values.add(filter.reason, 'text')}`]),
    ...(filter.silent ? [silentCondition('l')] : []),
    ...(after === null
      ? []
      : [`(r.name, r.id) > (${values.add(after[0], 'text')}, ${values.add(after[1], 'bigint')})`]),
  ];
  const found = await sql.query<LedgerRow & { readonly row_id: string }>(
    `select r.id::text as row_id, r.key as id, r.name, r.kind, r.account_id as "accountId", a.name as "accountName", r.region,
       r.environment, r.sample, l.state, l.reason, l.detail, l.good_at as "goodAt"
     from ${from} as l join resource r on r.id = l.resource_id join account a on a.id = r.account_id
     where ${all(conditions)} order by r.name, r.id limit ${values.add(limit + 1, 'int')}`,
    values.values,
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ row_id: _, ...row }) => row),
    nextCursor:
      found.length > limit && last !== undefined ? encodeCursor(ORDER, [last.name.slice(0, 600), last.row_id]) : null,
  };
}
