'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { revivePastFinding, type Wire } from '@/components/findings/revive-finding.ts';
import type { PastFinding, PastFindingsPage } from '@/lib/core/model/history.ts';

interface PastFindings {
  readonly rows: readonly PastFinding[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly failed: boolean;
  readonly loadMore: () => void;
}

/** The list of a past day as far as it was read. */
export function usePastFindings(first: PastFindingsPage, address: string, readAt: Date): PastFindings {
  const query = useInfiniteQuery({
    queryKey: ['past findings', address, readAt.getTime()],
    queryFn: ({ pageParam, signal }) => fetchPastFindings(address, pageParam ?? '', signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { pages } = query.data;
  return {
    rows: useMemo(() => pages.flatMap((page) => page.rows), [pages]),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    failed: query.isFetchNextPageError,
    loadMore: () => void query.fetchNextPage(),
  };
}

async function fetchPastFindings(address: string, cursor: string, signal: AbortSignal): Promise<PastFindingsPage> {
  const answer = await fetch(`/api/findings/past${address}&cursor=${encodeURIComponent(cursor)}`, { signal });
  if (!answer.ok) throw new Error(`findings of a past day answered ${answer.status}`);
  const page = (await answer.json()) as Wire<PastFindingsPage>;
  return { ...page, rows: page.rows.map(revivePastFinding) };
}
