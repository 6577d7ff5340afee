'use client';

import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatSearch, type SearchValues } from '@/components/layout/search-params.ts';
import type { FindingGrouping, FindingGroupRow } from '@/lib/core/model/finding-groups.ts';
import type { FindingPage, FindingRow } from '@/lib/core/model/views.ts';
import { queryValue } from '../views.ts';
import { groupQuery } from './group-query.ts';
import { fetchFindings } from './use-findings.ts';

/** The findings of one open group, as far as they were read. */
export interface InnerRows {
  readonly rows: readonly FindingRow[];
  readonly isDone: boolean;
  readonly isLoading: boolean;
  readonly failed: boolean;
  /** Reads the next page, or the one that failed once more. */
  readonly more: () => void;
}

/** What stands in the groups that are open, a page at a time, under the key by which rows are changed everywhere. */
export function useInnerRows(
  groups: readonly FindingGroupRow[],
  grouping: FindingGrouping,
  query: string,
  scope: SearchValues,
): ReadonlyMap<string, InnerRows> {
  const client = useQueryClient();
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({});
  const results = useQueries({
    queries: groups.map((group) => {
      const address = formatSearch({ ...scope, q: queryValue(groupQuery(query, grouping, group)) });
      const wanted = pages[address] ?? 1;
      const queryKey = ['findings', 'group', address];
      return {
        queryKey: [...queryKey, wanted],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const before = client.getQueryData<{ readonly pages: readonly FindingPage[] }>([...queryKey, wanted - 1]);
          const read = [...(before?.pages ?? [])];
          const next = await fetchFindings(address, read.at(-1)?.nextCursor ?? null, signal);
          return { pages: [...read, next], pageParams: [] };
        },
        placeholderData: () =>
          client.getQueryData<{ readonly pages: FindingPage[]; readonly pageParams: never[] }>([
            ...queryKey,
            wanted - 1,
          ]),
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  return new Map(
    groups.map((group, index) => {
      const result = results[index];
      const read = result?.data?.pages ?? [];
      const address = formatSearch({ ...scope, q: queryValue(groupQuery(query, grouping, group)) });
      const isLoading = result?.isFetching ?? true;
      const failed = result?.isError ?? false;
      return [
        group.ecosystem === null ? group.key : `${group.ecosystem} ${group.key}`,
        {
          rows: read.flatMap((page) => page.rows),
          isDone: !isLoading && !failed && read.at(-1)?.nextCursor === null,
          isLoading,
          failed,
          more: () => {
            if (failed) void result?.refetch();
            else if (!isLoading) setPages((before) => ({ ...before, [address]: (before[address] ?? 1) + 1 }));
          },
        },
      ];
    }),
  );
}
