import type { Metadata } from 'next';
import { connection } from 'next/server';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { formatSearch, readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getActivityFigures } from '@/lib/operations/activity/get-activity-figures.ts';
import { listActivity } from '@/lib/operations/activity/list-activity.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { ActivityWorkbench } from './_components/activity-workbench.tsx';
import { parseActivitySearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Activity' };

export default async function ActivityPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { deps, caller } = await requireCaller();
  const record = await searchParams;
  const { terms, filter, selected } = parseActivitySearch(record);
  const [page, figures] = await Promise.all([
    settle(ask(listActivity, { filter, cursor: null, limit: 200 }), 'Activity'),
    settle(ask(getActivityFigures, { filter }), 'Figures of activity'),
  ]);
  if (!page.ok) {
    return (
      <>
        <PageHeader title="Activity" />
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <ErrorState title="Activity did not load" message={page.message} />
        </div>
      </>
    );
  }
  const { q = null, tab = null } = readSearch(record);
  const address = formatSearch({ q, tab });
  return (
    <ActivityWorkbench
      key={address}
      first={page.value}
      figures={figures.ok ? figures.value : null}
      address={address}
      terms={terms}
      tab={filter.tab}
      selected={selected}
      mayVerify={isAllowed(caller.role, 'settings:read')}
      now={deps.clock.now()}
    />
  );
}
