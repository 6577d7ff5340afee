'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { Popover as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { readNoticesAction } from '../notices/actions.ts';
import { fetchNotices } from './fetch-notices.ts';
import { NoticeRow } from './notice-row.tsx';

const SHOWN = 8;

/** The newest notices under the bell. Following one marks it as read. */
export function NoticePanel({ trigger }: { readonly trigger: ReactElement }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(true);
  const list = useQuery({
    queryKey: ['notices', 'newest'],
    queryFn: ({ signal }) => fetchNotices(null, SHOWN, signal),
    enabled: open,
  });

  async function read(ids: readonly string[] | null) {
    const result = await readNoticesAction({ ids }).catch(() => null);
    if (result?.ok === true) {
      await client.invalidateQueries({ queryKey: ['unread-notices'] });
      await client.invalidateQueries({ queryKey: ['notices'] });
    }
  }

  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="pop"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Notices"
          style={{ width: 380, maxWidth: 'calc(100vw - 16px)' }}
        >
          <div className="flex items-center gap-3 border-line border-b px-3 py-2">
            <b className="font-semibold">Notices</b>
            <button type="button" className="hit ml-auto text-12 text-accent" onClick={() => void read(null)}>
              Mark all as read
            </button>
          </div>
          <div className="max-h-[60vh] overflow-y-auto px-2">
            {list.isPending ? (
              <div className="grid gap-3 py-4" role="status" aria-label="Loading">
                <Skeleton width="80%" height={10} />
                <Skeleton width="60%" height={10} />
              </div>
            ) : null}
            {list.isError ? (
              <p role="alert" className="px-1 py-3 text-12 text-danger">
                Your notices did not load. They are kept; open this again.
              </p>
            ) : null}
            {list.data?.rows.length === 0 ? <p className="px-1 py-3 text-fg-3">Nothing yet.</p> : null}
            <ul>
              {(list.data?.rows ?? []).map((notice) => (
                <NoticeRow
                  key={notice.id}
                  notice={notice}
                  now={new Date()}
                  onFollow={() => {
                    setOpen(false);
                    void read([notice.id]);
                  }}
                />
              ))}
            </ul>
          </div>
          <div className="border-line border-t px-3 py-2 text-12">
            <Link href="/notices" className="text-accent hover:underline" onClick={() => setOpen(false)}>
              All notices
            </Link>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
