import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { formatQuery } from '@/lib/core/findings/query/format-query.ts';
import { type ParsedChip, parseQuery } from '@/lib/core/findings/query/parse-query.ts';
import {
  FINDING_GROUPINGS,
  type FindingGrouping,
  type GroupSort,
  SORTS_OF_GROUPING,
} from '@/lib/core/model/finding-groups.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import type { FindingSort } from '@/lib/core/model/views.ts';
import { parseSort } from './sorting.ts';
import { DEFAULT_QUERY } from './views.ts';

export const FINDING_TABS = ['summary', 'evidence', 'path', 'related', 'activity'] as const;
export type FindingTab = (typeof FINDING_TABS)[number];

/** One part of the query as the filter bar shows it. */
export interface QueryChip {
  /** As it was typed. */
  readonly text: string;
  /** What stands before the colon; null for words. */
  readonly key: string | null;
  readonly value: string;
  /** What is wrong about it, and what to do; null where nothing is. */
  readonly error: string | null;
}

export interface FindingSearch {
  readonly scope: Scope;
  readonly chips: readonly QueryChip[];
  /** The parts that can be read; one that cannot restricts nothing. */
  readonly query: string;
  readonly sort: FindingSort;
  readonly descending: boolean;
  /** Null: each finding by itself. */
  readonly grouping: FindingGrouping | null;
  readonly groupSort: GroupSort;
  readonly selected: string | null;
  readonly tab: FindingTab;
}

/** Address → what the findings page shows. */
export function parseFindingSearch(record: SearchRecord): FindingSearch {
  const values = readSearch(record);
  const text = values.q ?? DEFAULT_QUERY;
  const { chips, query } = parseQuery(text);
  const grouping = FINDING_GROUPINGS.find((known) => known === values.group) ?? null;
  const sorts: readonly GroupSort[] = grouping === null ? [] : SORTS_OF_GROUPING[grouping];
  return {
    scope: parseScope(values),
    chips: chips.map((chip) => toQueryChip(text, chip)),
    query: formatQuery(query),
    ...parseSort(values.sort),
    grouping,
    groupSort: sorts.find((known) => known === values.sort) ?? 'worst',
    selected: values.sel ?? null,
    tab: FINDING_TABS.find((tab) => tab === values.tab) ?? 'summary',
  };
}

function toQueryChip(text: string, { start, end, term, error }: ParsedChip): QueryChip {
  const typed = text.slice(start, end);
  if (term === null || term.kind === 'words') {
    return { text: typed, key: null, value: typed, error };
  }
  const spelt = formatQuery({ terms: [term] });
  const colon = spelt.indexOf(':');
  return {
    text: spelt,
    key: spelt.slice(0, colon),
    value: spelt.slice(colon + 1).replaceAll(',', ', '),
    error,
  };
}
