import type { FindingGrouping, FindingGroupRow } from '@/lib/core/model/finding-groups.ts';
import { quoted } from './rule-query.ts';

/** The query of the list that lists one group alone. */
export function groupQuery(query: string, grouping: FindingGrouping, group: FindingGroupRow): string {
  const KEYS = { vulnerability: 'cve', resource: 'resource', account: 'account', package: 'package' } as const;
  return [query, `${KEYS[grouping]}:${quoted(group.key)}`].filter((part) => part !== '').join(' ');
}
