import { FINDING_STATUSES } from '../../core/model/finding.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { FindingCriteria, FindingPage, FindingRow } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { findingConditions, type ResolvedNames, resolveNames } from './finding-conditions.ts';
import { cursorAfter, cursorColumn, FINDING_ORDERS, orderBy, orderName } from './finding-order.ts';
import { FINDING_ROW_COLUMNS, FINDING_ROW_JOINS, toFindingRow } from './finding-rows.ts';
import { countMatching } from './matching-findings.ts';
import { decodeCursor } from './page-cursor.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { placeConditions } from './scope-conditions.ts';
import { openCounts } from './severity-counts.ts';

const LIMIT_MAX = 200;
/** A reader of up to so many accounts reads the range of each; above, the order of all with the others left out. */
const RANGES_OF_ACCOUNTS_MAX = 50;

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

type Counting = Promise<FindingPage['matching']>;

/** With a query the count tells first whether few findings match, for which walking along an order would be long. */
async function readRows(
  sql: Sql,
  visible: VisibleScope,
  criteria: FindingCriteria,
  names: ResolvedNames,
  page: PageRequest,
  now: Date,
  counting: Counting,
): Promise<readonly (FindingRow & { readonly cursor: readonly string[] })[]> {
  const areFew = (criteria.query?.terms ?? []).length > 0 && (await counting).exact;
  const { text, values } = pageStatement(visible, criteria, names, page, now, areFew);
  return sql.query(text, values);
}

/**
 * The page as one statement. Each combination of account, status and (where the order allows) severity is one range
 * of one index; the ranges' first rows are merged. So a reader of twelve accounts reads twelve short ranges, never
 * the whole list, and no sort ever sees more than `limit` rows of each. Where few findings match, all of them are found by
 * whatever names them, and sorted.
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
  const ranges = rangesOf(visible, criteria, values, areFew);
  const conditions = [
    ...ranges.conditions,
    ...placeConditions(visible, values, 'f'),
    ...findingConditions(criteria, names, values, now),
    ...afterCursor(criteria, page.cursor, values),
  ];
  const order = (alias: string) => orderBy(criteria.sort, criteria.descending, alias);
  const limit = values.add(page.limit, 'int');
  // "offset 0" keeps the order and the limit from the choice of how to find them.
  const found = areFew
    ? `(select f.* from finding f where ${all(conditions)} offset 0) as f`
    : `finding f where ${all(conditions)}`;
  const range = `select f.* from ${found} order by ${order('f')} limit ${limit}`;
  const merged =
    ranges.from === null
      ? range
      : `select g.* from ${ranges.from} cross join lateral (${range}) as g order by ${order('g')} limit ${limit}`;
  const text = `
    select ${FINDING_ROW_COLUMNS}, f.cursor
    from (select page.*, ${cursorColumn(criteria.sort)} as cursor from (${merged}) as page) as f
    ${FINDING_ROW_JOINS}
    order by ${order('f')}`;
  return { text, values: values.values };
}

/** The index ranges of the page: fixed conditions for a single value, a list to walk through for several. */
function rangesOf(visible: VisibleScope, criteria: FindingCriteria, values: Parameters, areFew: boolean) {
  const conditions: string[] = [];
  const lists: string[] = [];
  function oneOrMany(column: string, wanted: readonly string[], type = 'text'): void {
    if (wanted.length === 1) {
      conditions.push(`f.${column} = ${values.add(wanted[0], type)}`);
    } else if (areFew) {
      conditions.push(`f.${column} = any(${values.add(wanted, `${type}[]`)})`);
    } else {
      lists.push(`unnest(${values.add(wanted, `${type}[]`)}) as ${column}_of(wanted)`);
      conditions.push(`f.${column} = ${column}_of.wanted`);
    }
  }
  if (visible.accounts !== null && visible.accounts.length <= RANGES_OF_ACCOUNTS_MAX) {
    oneOrMany('account_id', [...new Set(visible.accounts)]);
  } else if (visible.accounts !== null) {
    // So many accounts are a good part of all: most rows of the common order are theirs.
    conditions.push(`f.account_id = any(${values.add([...new Set(visible.accounts)], 'text[]')})`);
  }
  const statuses = criteria.statuses.length === 0 ? FINDING_STATUSES : [...new Set(criteria.statuses)];
  oneOrMany('status', statuses);
  if (criteria.severities.length > 0) {
    const orders = [...new Set(criteria.severities)].map((severity) => String(SEVERITY_ORDERS[severity]));
    if (criteria.sort === 'score' || criteria.sort === 'severity') {
      oneOrMany('severity_order', orders, 'smallint');
    } else {
      conditions.push(`f.severity_order = any(${values.add(orders, 'smallint[]')})`);
    }
  }
  return { conditions, from: lists.length === 0 ? null : lists.join(' cross join ') };
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
