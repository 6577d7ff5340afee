import { type FindingGrouping, GROUPS_A_PAGE } from '@/lib/core/model/finding-groups.ts';
import type { ListFindingGroupsInput } from '@/lib/operations/console/list-finding-groups.ts';
import type { FindingSearch } from './search-params.ts';

/** What is asked of the operation for a page of groups. */
export function groupInputOf(
  { scope, query, groupSort }: FindingSearch,
  grouping: FindingGrouping,
  cursor: string | null,
): ListFindingGroupsInput {
  const criteria = { statuses: [], severities: [], kinds: [], types: [], words: [] };
  return {
    scope,
    grouping,
    criteria: { ...criteria, exploited: null, fixAvailable: null, sort: groupSort },
    query,
    cursor,
    limit: GROUPS_A_PAGE,
  };
}
