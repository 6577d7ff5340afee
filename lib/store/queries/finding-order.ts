import type { FindingSort } from '../../core/model/views.ts';
import { DECIMAL, encodeCursor, INSTANT, ROW_NUMBER } from './page-cursor.ts';

/** A column that the list is ordered by, and how its value travels in a cursor. */
interface OrderColumn {
  readonly name: string;
  readonly type: string;
  readonly pattern: RegExp;
  /** The value as text that the cast reads back exactly. */
  readonly text: string;
}

const SCORE: OrderColumn = { name: 'score_order', type: 'float8', pattern: DECIMAL, text: 'score_order::text' };
const ID: OrderColumn = { name: 'id', type: 'bigint', pattern: ROW_NUMBER, text: 'id::text' };

function instant(name: string): OrderColumn {
  const text = `case when ${name} = 'infinity' then 'infinity'
    else to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end`;
  return { name, type: 'timestamptz', pattern: INSTANT, text };
}

/** Each order is the tail of an index, so a page is one walk along it. `id` makes every order total. */
export const FINDING_ORDERS: Readonly<Record<FindingSort, readonly OrderColumn[]>> = {
  score: [SCORE, ID],
  severity: [{ name: 'severity_order', type: 'smallint', pattern: /^[0-5]$/, text: 'severity_order::text' }, SCORE, ID],
  due: [instant('due_order'), ID],
  'first-seen': [instant('first_seen_at'), ID],
  'last-seen': [instant('last_seen_at'), ID],
};

/** `descending` by severity is worst first. */
export function orderBy(sort: FindingSort, descending: boolean, alias: string): string {
  return FINDING_ORDERS[sort].map((column) => `${alias}.${column.name} ${descending ? 'desc' : 'asc'}`).join(', ');
}

/** The row's cursor values as one text array. */
export function cursorColumn(sort: FindingSort): string {
  return `array[${FINDING_ORDERS[sort].map((column) => column.text).join(', ')}]`;
}

export function orderName(sort: FindingSort, descending: boolean): string {
  return `${sort}${descending ? '-' : '+'}`;
}

export function cursorAfter(sort: FindingSort, descending: boolean, values: readonly string[]): string {
  return encodeCursor(orderName(sort, descending), values);
}
