import { DEFAULT_QUERY } from './search-params.ts';

/** The tabs above the list: named queries, each an address of its own. */
export const FINDING_VIEWS = [
  { label: 'Critical and high', query: DEFAULT_QUERY },
  { label: 'Act now', query: 'is:open severity:critical,high exploit:kev fix:yes' },
  { label: 'Past due', query: 'is:overdue' },
  { label: 'New this week', query: 'is:open first:7d' },
  { label: 'Untriaged', query: 'is:open severity:untriaged' },
] as const;

export const ACT_NOW_QUERY = FINDING_VIEWS[1].query;
export const PAST_DUE_QUERY = FINDING_VIEWS[2].query;
