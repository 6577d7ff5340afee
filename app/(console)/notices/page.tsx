import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCounted } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { countUnreadNotices, listNotices } from '@/lib/operations/notices/notices.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { NoticeList } from './_components/notice-list.tsx';

export const metadata: Metadata = { title: 'Notices' };

export default async function NoticesPage() {
  await connection();
  const { deps } = await requireCaller();
  const [list, unread] = await Promise.all([
    settle(ask(listNotices, { cursor: null, limit: 50 }), 'Notices'),
    settle(ask(countUnreadNotices, {}), 'Unread notices'),
  ]);
  const count = unread.ok ? unread.value.unread : 0;
  return (
    <>
      <PageHeader title="Notices" answer={count === 0 ? 'all read' : `${formatCounted(count, 'unread', 'unread')}`}>
        <ButtonLink href="/notices/mail" kind="ghost">
          By mail
        </ButtonLink>
      </PageHeader>
      <div className="max-w-[760px] px-(--gutter) pb-8">
        {list.ok ? (
          <NoticeList first={list.value} now={deps.clock.now()} />
        ) : (
          <ErrorState title="Your notices did not load" message={list.message} />
        )}
      </div>
    </>
  );
}
