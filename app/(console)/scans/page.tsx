import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount } from '@/components/format/format-count.ts';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { listFeeds } from '@/lib/operations/console/list-feeds.ts';
import { listJobs } from '@/lib/operations/console/list-jobs.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { FeedTable } from './_components/feed-table.tsx';
import { JobBoard } from './_components/job-board.tsx';
import { NewScanMenu } from './_components/new-scan-menu.tsx';

export const metadata: Metadata = { title: 'Scans' };

export default async function ScansPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { caller } = await requireCaller();
  const { sel } = readSearch(await searchParams);
  const [jobs, feeds] = await Promise.all([settle(ask(listJobs, {}), 'Jobs'), settle(ask(listFeeds, {}), 'Feeds')]);
  const running = jobs.ok ? jobs.value.filter((job) => !hasEnded(job.state)).length : 0;
  const failed = jobs.ok ? jobs.value.filter((job) => job.state === 'failed').length : 0;
  const mayRun = isAllowed(caller.role, 'scans:run');
  const now = new Date();

  return (
    <>
      <PageHeader
        title="Scans"
        answer={jobs.ok ? `${formatCount(running)} running, ${formatCount(failed)} failed` : undefined}
      >
        <NewScanMenu mayRun={mayRun} />
      </PageHeader>
      {jobs.ok ? (
        <JobBoard jobs={jobs.value} selected={sel ?? null} mayCancel={mayRun} now={now}>
          {feeds.ok ? (
            <FeedTable feeds={feeds.value} now={now} />
          ) : (
            <ErrorState title="Advisory feeds did not load" message={feeds.message} />
          )}
        </JobBoard>
      ) : (
        <div className="px-(--gutter) pt-4">
          <ErrorState title="Jobs did not load" message={jobs.message} />
        </div>
      )}
    </>
  );
}
