import { parseScope } from '@/components/layout/scope-params.ts';
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
  const values = readSearch(record);
  const { q, sel, tab } = values;
  const terms = parseActivityQuery(q ?? '');
  const asked = toActivityFilter(terms);
  // The accounts of the scope bar, unless the query names its own.
  const accounts = asked.accounts.length > 0 ? asked.accounts : parseScope(values).accounts;
  return {
    terms,
    filter: { ...asked, accounts, tab: ACTIVITY_TABS.find((one) => one === tab) ?? 'all' },
    selected: sel ?? null,
  };
}
