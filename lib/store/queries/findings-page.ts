import { FINDING_STATUSES, type FindingStatus } from '../../core/model/finding.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { FindingCriteria, FindingPage, FindingRow } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { findingConditions, type ResolvedNames, resolveNames } from './finding-conditions.ts';
import { cursorAfter, cursorColumn, FINDING_ORDERS, orderBy, orderName } from './finding-order.ts';
import { FINDING_ROW_COLUMNS, FINDING_ROW_JOINS, toFindingRow } from './finding-rows.ts';
import { countMatching } from './matching-findings.ts';
import { decodeCursor } from './page-cursor.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';
import { openCounts } from './severity-counts.ts';

const LIMIT_MAX = 200;

/** One statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface PageRequest {
  readonly cursor: string | null;
  readonly limit: number;
}

export async function findingsPage(
  sql: Sql,
  visible: VisibleScope,
  criteria: FindingCriteria,
  page: PageRequest,
  now: Date,
): Promise<Omit<FindingPage, 'assurance'>> {
  const names = await resolveNames(sql, criteria);
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const counting = countMatching(sql, visible, criteria, names, now);
  const [rows, matching, open] = await Promise.all([
    readRows(sql, visible, criteria, names, { cursor: page.cursor, limit: limit + 1 }, now, counting),
    counting,
    openCounts(sql, visible),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    rows: shown.map(toFindingRow),
    nextCursor: hasMore ? cursorAfter(criteria.sort, criteria.descending, last.cursor) : null,
    matching,
    openTotal: open.total,
  };
}

/** Orders that the index of open findings by package has. */
const IN_PACKAGE_ORDER: ReadonlySet<FindingCriteria['sort']> = new Set(['score', 'severity']);

type Counting = Promise<FindingPage['matching']>;

/** Of a package with at most so many findings all are found and sorted, in an order that no index of packages has. */
const SORTED_MAX = 100_000;

/**
 * With a query the count tells first whether few findings match, for which walking along an order would be long. So would be a
 * walk along the days for one package, whose findings may all have come in one week.
 */
async function readRows(
  sql: Sql,
  visible: VisibleScope,
  criteria: FindingCriteria,
  names: ResolvedNames,
  page: PageRequest,
  now: Date,
  counting: Counting,
): Promise<readonly (FindingRow & { readonly cursor: readonly string[] })[]> {
  const areFew =
    ((criteria.query?.terms ?? []).length > 0 && (await counting).exact) ||
    (criteria.package !== null && !IN_PACKAGE_ORDER.has(criteria.sort) && (await counting).count <= SORTED_MAX);
  const { text, values } = pageStatement(visible, criteria, names, page, now, areFew);
  return sql.query(text, values);
}

/**
 * The page as one statement. Each status and (where the order allows) severity is a range of one index that is walked in
 * order; the first rows of the ranges are merged, so no sort sees more than `limit` rows of each. Accounts are compared
 * inside the index; where they are few, the planner finds all of their rows instead. Where few findings match, all of them are
 * found by whatever names them, and sorted.
 */
export function pageStatement(
  visible: VisibleScope,
  criteria: FindingCriteria,
  names: ResolvedNames,
  page: PageRequest,
  now: Date,
  areFew = false,
): Statement {
  const values = parameters();
  const conditions = [
    ...scopeConditions(visible, values, 'f'),
    ...findingConditions(criteria, names, values, now),
    ...afterCursor(criteria, page.cursor, values),
  ];
  const order = (alias: string) => orderBy(criteria.sort, criteria.descending, alias);
  const limit = values.add(page.limit, 'int');
  // "offset 0" keeps the order and the limit from the choice of how to find them.
  const ranges = areFew
    ? [`select f.* from (select f.* from finding f where ${all([...bandOf(criteria), ...conditions])} offset 0) as f`]
    : rangesOf(criteria).map((range) => `select f.* from finding f where ${all([...range, ...conditions])}`);
  const pages = ranges.map((range) => `(${range} order by ${order('f')} limit ${limit})`);
  const merged = pages.length === 1 ? pages[0] : `(${pages.join(' union all ')})`;
  const text = `
    select ${FINDING_ROW_COLUMNS}, f.cursor
    from (select page.*, ${cursorColumn(criteria.sort)} as cursor
      from ${merged} as page order by ${order('page')} limit ${limit}) as f
    ${FINDING_ROW_JOINS}
    order by ${order('f')}`;
  return { text, values: values.values };
}

/** Conditions that each name one range of an index. Their words are ours, and written out so that they choose the index. */
function rangesOf(criteria: FindingCriteria): readonly (readonly string[])[] {
  const severities = severityOrders(criteria.severities);
  // By score the ranges of all severities are merged; by severity a range holds them in order.
  const isSplit = criteria.sort === 'score' || (criteria.sort === 'severity' && criteria.severities.length > 0);
  const within = isSplit ? severities.map((order) => [`f.severity_order = ${order}`]) : [severityCondition(criteria)];
  return statusesOf(criteria).flatMap((status) => within.map((band) => [`f.status = '${status}'`, ...band]));
}

function bandOf(criteria: FindingCriteria): readonly string[] {
  return [`f.status in (${statusesOf(criteria).map((status) => `'${status}'`)})`, ...severityCondition(criteria)];
}

function severityCondition({ severities }: FindingCriteria): readonly string[] {
  return severities.length === 0 ? [] : [`f.severity_order in (${severityOrders(severities)})`];
}

/** Never a text of the caller's: it becomes part of the statement. */
function statusesOf({ statuses }: FindingCriteria): readonly FindingStatus[] {
  return FINDING_STATUSES.filter((status) => statuses.length === 0 || statuses.includes(status));
}

function severityOrders(severities: FindingCriteria['severities']): readonly number[] {
  return SEVERITIES.filter((one) => severities.length === 0 || severities.includes(one)).map(
    (one) => SEVERITY_ORDERS[one],
  );
}

/** As the generated column `finding.severity_order` has them. */
const SEVERITY_ORDERS = { CRITICAL: 5, HIGH: 4, MEDIUM: 3, LOW: 2, INFORMATIONAL: 1, UNTRIAGED: 0 } as const;

function afterCursor(criteria: FindingCriteria, cursor: string | null, values: Parameters): string[] {
  const columns = FINDING_ORDERS[criteria.sort];
  const patterns = columns.map((column) => column.pattern);
  const after = decodeCursor(orderName(criteria.sort, criteria.descending), patterns, cursor);
  if (after === null) {
    return [];
  }
  const left = columns.map((column) => `f.${column.name}`).join(', ');
  const right = columns.map((column, index) => values.add(after[index], column.type)).join(', ');
  return [`(${left}) ${criteria.descending ? '<' : '>'} (${right})`];
}
