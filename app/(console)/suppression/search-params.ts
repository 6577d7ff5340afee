import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';

export const RULE_TABS = ['active', 'ended', 'vex'] as const;
export type RuleTab = (typeof RULE_TABS)[number];

export interface RuleSearch {
  readonly tab: RuleTab;
  readonly selected: string | null;
  /** The query that a new rule begins with; null where none is being written. */
  readonly draft: string | null;
}

/** Address → what the page shows. `?new=1&q=…` begins a rule. */
export function parseRuleSearch(record: SearchRecord): RuleSearch {
  const { tab, sel, q } = readSearch(record);
  const isNew = record.new !== undefined && record.new !== '0';
  return {
    tab: RULE_TABS.find((one) => one === tab) ?? 'active',
    selected: isNew ? null : (sel ?? null),
    draft: isNew ? (q ?? '') : null,
  };
}
