import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ACTIVITY_TABS, type ActivityFilter } from '@/lib/core/model/activity.ts';
import { type ActivityTerm, parseActivityQuery, toActivityFilter } from './activity-query.ts';

export interface ActivitySearch {
  readonly terms: readonly ActivityTerm[];
  readonly filter: ActivityFilter;
  readonly selected: string | null;
}

/** Address → what the page lists. */
export function parseActivitySearch(record: SearchRecord): ActivitySearch {
  const { q, sel, tab } = readSearch(record);
  const terms = parseActivityQuery(q ?? '');
  return {
    terms,
    filter: { ...toActivityFilter(terms), tab: ACTIVITY_TABS.find((one) => one === tab) ?? 'all' },
    selected: sel ?? null,
  };
}
