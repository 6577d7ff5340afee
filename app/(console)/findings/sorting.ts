import { FINDING_SORTS, type FindingSort } from '@/lib/core/model/views.ts';

/** `-score` sorts downwards; what cannot be read is the default. */
export function parseSort(text: string | undefined): { readonly sort: FindingSort; readonly descending: boolean } {
  const descending = text === undefined || text.startsWith('-');
  const name = text?.replace(/^-/, '');
  const sort = FINDING_SORTS.find((known) => known === name);
  return sort ? { sort, descending } : { sort: 'score', descending: true };
}

/** The address value of a sort; null for the default. */
export function formatSort(sort: FindingSort, descending: boolean): string | null {
  return sort === 'score' && descending ? null : `${descending ? '-' : ''}${sort}`;
}
