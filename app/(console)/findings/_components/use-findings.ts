'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { reviveFindingPage, type Wire } from '@/components/findings/revive-finding.ts';
import type { FindingPage, FindingRow } from '@/lib/core/model/views.ts';

interface Findings {
  readonly rows: readonly FindingRow[];
  readonly hasMore: boolean;
  /** Where the list goes on; null at its end. */
  readonly nextCursor: string | null;
  readonly isLoadingMore: boolean;
  readonly failed: boolean;
  readonly loadMore: () => void;
}

/** The list as far as it was read: the server's first page, then keyset pages as the reader scrolls. */
export function useFindings(first: FindingPage, address: string, readAt: Date): Findings {
  const query = useInfiniteQuery({
    // What the server has just rendered is a list of its own, and not what was kept of the same address before.
    queryKey: ['findings', address, readAt.getTime()],
    queryFn: ({ pageParam, signal }) => fetchFindings(address, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
    // Rows must not move under the reader.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { pages } = query.data;
  return {
    rows: useMemo(() => pages.flatMap((page) => page.rows), [pages]),
    hasMore: query.hasNextPage,
    nextCursor: pages.at(-1)?.nextCursor ?? null,
    isLoadingMore: query.isFetchingNextPage,
    failed: query.isFetchNextPageError,
    loadMore: () => void query.fetchNextPage(),
  };
}

/** One page of the list of an address. */
export async function fetchFindings(address: string, cursor: string | null, signal: AbortSignal): Promise<FindingPage> {
  const separator = address === '' ? '?' : '&';
  const more = cursor === null ? '' : `${separator}cursor=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`/api/findings${address}${more}`, { signal });
  if (!answer.ok) throw new Error(`findings answered ${answer.status}`);
  return reviveFindingPage((await answer.json()) as Wire<FindingPage>);
}
