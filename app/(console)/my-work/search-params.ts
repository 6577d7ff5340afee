import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch, type SearchRecord, type SearchValues, scopeOnly } from '@/components/layout/search-params.ts';
import type { Scope } from '@/lib/core/model/scope.ts';

export interface WorkSearch {
  readonly scope: Scope;
  /** What links from here keep. */
  readonly kept: SearchValues;
  readonly tab: 'mine' | 'teams';
}

/** Address → what the page shows. */
export function parseWorkSearch(record: SearchRecord): WorkSearch {
  const values = readSearch(record);
  return { scope: parseScope(values), kept: scopeOnly(values), tab: values.tab === 'teams' ? 'teams' : 'mine' };
}
