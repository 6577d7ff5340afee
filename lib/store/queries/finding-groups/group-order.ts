import type { FindingGrouping, GroupSort } from '../../../core/model/finding-groups.ts';
import { decodeCursor, encodeCursor } from '../page-cursor.ts';
import type { Parameters } from '../parameters.ts';
import { BANDS, type GroupNumbers } from './group-numbers.ts';

const COUNT = /^\d{1,10}$/;
/** Any name, but no longer than fits a cursor. */
const NAME = /^[\s\S]{0,300}$/;

const BY_BANDS = BANDS.map(({ band }) => band);
const COLUMNS = { worst: BY_BANDS, count: ['total', ...BY_BANDS] } as const satisfies Record<GroupSort, unknown>;

/** Most first, then by name. Counts are turned round, so that one comparison of rows serves all. For groups `g`. */
export function groupOrder(sort: GroupSort): string {
  return [...COLUMNS[sort].map((column) => `-g.${column}`), 'g.key', 'g.ecosystem'].join(', ');
}

/** The condition that a group comes after the cursor; none for the first page. */
export function afterGroup(
  grouping: FindingGrouping,
  sort: GroupSort,
  keyType: string,
  cursor: string | null,
  values: Parameters,
): string[] {
  const columns = COLUMNS[sort];
  const patterns = [...columns.map(() => COUNT), keyType === 'bigint' ? COUNT : NAME, NAME];
  const after = decodeCursor(orderName(grouping, sort), patterns, cursor);
  if (after === null) {
    return [];
  }
  const counts = columns.map((_, index) => `-${values.add(after[index], 'int')}`);
  const key = values.add(after[columns.length], keyType);
  const ecosystem = values.add(after[columns.length + 1], 'text');
  return [`(${groupOrder(sort)}) > (${[...counts, key, ecosystem].join(', ')})`];
}

export function cursorAfterGroup(grouping: FindingGrouping, sort: GroupSort, last: GroupNumbers): string {
  const counts = COLUMNS[sort].map((column) => String(last[column]));
  return encodeCursor(orderName(grouping, sort), [...counts, last.key, last.ecosystem]);
}

export function orderName(grouping: FindingGrouping, sort: GroupSort): string {
  return `${grouping} ${sort}`;
}
