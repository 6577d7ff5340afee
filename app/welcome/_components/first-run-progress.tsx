'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { FirstRun } from './first-run.ts';
import { RunningJob } from './running-job.tsx';

/** The work that first-run started, and the way on once it has ended. */
export function FirstRunProgress({ started }: { readonly started: FirstRun }) {
  const router = useRouter();
  const last = useJobProgress(started.jobs.at(-1) ?? null);
  const state = last.data?.job.state;
  const ended = state !== undefined && hasEnded(state);
  const target = started.source === 'host' ? '/findings?q=is:open' : '/overview';

  useEffect(() => {
    // What was rendered before the scan is no longer true.
    if (ended) router.refresh();
  }, [ended, router]);

  return (
    <main className="px-6 py-7 sm:px-10">
      <div className="mx-auto max-w-[620px]">
        <h1 className="title-20">
          {started.source === 'host' ? 'Scanning this machine' : 'Loading the sample estate'}
        </h1>
        <p className="mt-0.5 mb-4 text-fg-2">You may leave this page; the work goes on and is listed under Scans.</p>
        {started.jobs.map((id) => (
          <RunningJob key={id} id={id} />
        ))}
        {ended ? (
          <div className="mt-5 flex gap-2">
            <ButtonLink kind="primary" href={target}>
              {started.source === 'host' ? 'Show findings' : 'Show the overview'}
            </ButtonLink>
            <ButtonLink href="/scans">Show scans</ButtonLink>
          </div>
        ) : null}
      </div>
    </main>
  );
}
