import type { Metadata } from 'next';
import { connection } from 'next/server';
import { FeedTable } from '@/components/feeds/feed-table.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import type { JobView } from '@/lib/core/model/views.ts';
import { listFeeds } from '@/lib/operations/console/list-feeds.ts';
import { listJobs } from '@/lib/operations/console/list-jobs.ts';
import { countTargets } from '@/lib/operations/targets/count-targets.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { JobBoard } from './_components/job-board.tsx';
import { NewScanMenu } from './_components/new-scan-menu.tsx';
import { ScanTabs } from './_components/scan-tabs.tsx';
import { TargetsView } from './_components/targets-view.tsx';

export const metadata: Metadata = { title: 'Scans' };

export default async function ScansPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { caller } = await requireCaller();
  const { sel = null, tab } = readSearch(await searchParams);
  const [jobs, targets] = await Promise.all([
    settle(ask(listJobs, {}), 'Jobs'),
    settle(ask(countTargets, {}), 'Targets'),
  ]);
  const running = jobs.ok ? jobs.value.filter((job) => !hasEnded(job.state)).length : 0;
  const failed = jobs.ok ? jobs.value.filter((job) => job.state === 'failed').length : 0;
  const mayRun = isAllowed(caller.role, 'scans:run');
  const mayChange = isAllowed(caller.role, 'settings:write');
  const now = new Date();

  return (
    <>
      <PageHeader
        title="Scans"
        answer={jobs.ok ? `${formatCount(running)} running, ${formatCount(failed)} failed` : undefined}
      >
        <NewScanMenu mayRun={mayRun} />
      </PageHeader>
      <ScanTabs
        tab={tab === 'targets' ? 'targets' : 'jobs'}
        running={running}
        targets={targets.ok ? targets.value : null}
      />
      {tab === 'targets' ? (
        <TargetsView selected={sel} rights={{ mayRun, mayChange }} now={now} />
      ) : (
        <Jobs jobs={jobs} selected={sel} mayRun={mayRun} now={now} />
      )}
    </>
  );
}

interface JobsProps {
  readonly jobs: ActionResult<readonly JobView[]>;
  readonly selected: string | null;
  readonly mayRun: boolean;
  readonly now: Date;
}

async function Jobs({ jobs, selected, mayRun, now }: JobsProps) {
  if (!jobs.ok) {
    return (
      <div className="border-line border-t px-(--gutter) pt-4">
        <ErrorState title="Jobs did not load" message={jobs.message} />
      </div>
    );
  }
  const feeds = await settle(ask(listFeeds, {}), 'Feeds');
  return (
    <JobBoard jobs={jobs.value} selected={selected} mayRun={mayRun} now={now}>
      {feeds.ok ? (
        <FeedTable feeds={feeds.value} now={now} />
      ) : (
        <ErrorState title="Advisory feeds did not load" message={feeds.message} />
      )}
    </JobBoard>
  );
}
