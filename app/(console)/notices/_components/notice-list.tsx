'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { NoticePage } from '@/lib/core/model/notice.ts';
import { fetchNotices } from '../../_components/fetch-notices.ts';
import { NoticeRow } from '../../_components/notice-row.tsx';
import { readNoticesAction } from '../actions.ts';

/** Everything the reader was told, the newest first. */
export function NoticeList({ first, now }: { readonly first: NoticePage; readonly now: Date }) {
  const router = useRouter();
  const client = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ['notices', 'all', now.getTime()],
    queryFn: ({ pageParam, signal }) => fetchNotices(pageParam, 50, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = list.data.pages.flatMap((page) => page.rows);

  async function readAll() {
    const result = await readNoticesAction({ ids: null }).catch(() => null);
    if (result?.ok !== true) {
      showToast(result?.message ?? 'The server did not answer; nothing changed. Try again.', { error: true });
      return;
    }
    await client.invalidateQueries({ queryKey: ['unread-notices'] });
    router.refresh();
  }

  if (rows.length === 0) {
    return (
      <div className="pt-4">
        <EmptyState kind="no-match" title="Nobody has told you anything yet">
          You hear here when somebody mentions you, gives you a finding or asks for your yes, when a vulnerability that
          you watch is found, and when something of yours ends or is due.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <div className="flex justify-end py-2">
        <Button kind="ghost" onClick={() => void readAll()}>
          Mark all as read
        </Button>
      </div>
      <ul className="border-line border-t">
        {rows.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} now={now} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="pt-3">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Loading' : 'Show more'}
          </Button>
        </div>
      ) : null}
      {list.isFetchNextPageError ? (
        <p role="alert" className="pt-2 text-12 text-danger">
          The next ones did not load. Those above are right.
        </p>
      ) : null}
    </>
  );
}
