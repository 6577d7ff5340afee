import type { FindingRow } from '@/lib/core/model/views.ts';

/** What an act is about: rows that were picked, or everything that the query of the list finds. */
export type Selection =
  | { readonly kind: 'rows'; readonly rows: readonly FindingRow[] }
  | { readonly kind: 'query'; readonly count: number; readonly exact: boolean };

export function countOf(selection: Selection): number {
  return selection.kind === 'rows' ? selection.rows.length : selection.count;
}
