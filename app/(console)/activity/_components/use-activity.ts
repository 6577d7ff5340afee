'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { ActivityPage, ActivityRow } from '@/lib/core/model/activity.ts';
import type { ActivityEntryAnswer } from '@/lib/operations/activity/get-activity-entry.ts';

interface Activity {
  readonly rows: readonly ActivityRow[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly failed: boolean;
  readonly loadMore: () => void;
}

type Wire<T> = Omit<T, 'at'> & { readonly at: string };

/** The entries as far as they were read: the server's first page, then keyset pages as the reader scrolls. */
export function useActivity(first: ActivityPage, address: string): Activity {
  const query = useInfiniteQuery({
    queryKey: ['activity', address, first.rows[0]?.id ?? null],
    queryFn: ({ pageParam, signal }) => fetchPage(address, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
    // Entries are never changed, and rows must not move under the reader.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    rows: query.data.pages.flatMap((page) => page.rows),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    failed: query.isFetchNextPageError,
    loadMore: () => void query.fetchNextPage(),
  };
}

async function fetchPage(address: string, cursor: string | null, signal: AbortSignal): Promise<ActivityPage> {
  const more = cursor === null ? '' : `${address === '' ? '?' : '&'}cursor=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`/api/activity${address}${more}`, { signal });
  if (!answer.ok) throw new Error(`activity answered ${answer.status}`);
  const page = (await answer.json()) as Omit<ActivityPage, 'rows'> & { readonly rows: readonly Wire<ActivityRow>[] };
  return { ...page, rows: page.rows.map((row) => ({ ...row, at: new Date(row.at) })) };
}

type EntryWire = Wire<Omit<ActivityEntryAnswer, 'signIn' | 'undoUntil'>> & {
  readonly signIn: Wire<NonNullable<ActivityEntryAnswer['signIn']>> | null;
  readonly undoUntil: string | null;
};

export async function fetchEntry(id: string, signal: AbortSignal): Promise<ActivityEntryAnswer> {
  const answer = await fetch(`/api/activity/${encodeURIComponent(id)}`, { signal });
  if (!answer.ok) throw new Error(`entry answered ${answer.status}`);
  const entry = (await answer.json()) as EntryWire;
  return {
    ...entry,
    at: new Date(entry.at),
    signIn: entry.signIn === null ? null : { ...entry.signIn, at: new Date(entry.signIn.at) },
    undoUntil: entry.undoUntil === null ? null : new Date(entry.undoUntil),
  };
}
