/** The query of an address without one. */
export const DEFAULT_QUERY = 'is:open severity:critical,high';

/** The tabs above the list that are always there: named queries, each an address of its own. */
export const FINDING_VIEWS = [
  { label: 'Critical and high', query: DEFAULT_QUERY },
  { label: 'Act now', query: 'is:open severity:critical,high exploit:kev fix:yes,partial' },
  { label: 'Assigned to me', query: 'is:open owner:me' },
  { label: 'Past SLA', query: 'is:overdue' },
  { label: 'New this week', query: 'is:open first:<7d' },
  { label: 'Untriaged', query: 'is:open severity:untriaged' },
] as const;

export const ACT_NOW_QUERY = FINDING_VIEWS[1].query;
export const PAST_DUE_QUERY = FINDING_VIEWS[3].query;

/** The address value of a query; null for the default, and a word for the empty one, which an address cannot hold. */
export function queryValue(query: string): string | null {
  return query === DEFAULT_QUERY ? null : query || 'is:any';
}
