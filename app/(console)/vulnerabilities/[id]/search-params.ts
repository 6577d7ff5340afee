import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch, type SearchRecord, type SearchValues, scopeOnly } from '@/components/layout/search-params.ts';
import type { Scope } from '@/lib/core/model/scope.ts';

export const VULNERABILITY_TABS = ['blast', 'packages', 'advisory', 'activity'] as const;
export type VulnerabilityTab = (typeof VULNERABILITY_TABS)[number];

export interface VulnerabilitySearch {
  readonly scope: Scope;
  readonly tab: VulnerabilityTab;
  /** What links to other pages keep. */
  readonly kept: SearchValues;
}

export function parseVulnerabilitySearch(record: SearchRecord): VulnerabilitySearch {
  const values = readSearch(record);
  return {
    scope: parseScope(values),
    tab: VULNERABILITY_TABS.find((tab) => tab === values.tab) ?? 'blast',
    kept: scopeOnly(values),
  };
}
