'use client';

import { JobPhases } from '@/components/jobs/job-phases.tsx';
import { JobStateIcon, jobStateWord } from '@/components/jobs/job-state-icon.tsx';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';

/** One job while it runs, and how it ended. */
export function RunningJob({ id }: { readonly id: string }) {
  const { data, isError } = useJobProgress(id);
  return (
    <section className="panel-block" aria-live="polite">
      <h2 className="mb-1 flex items-center gap-2 font-semibold">
        {data ? <JobStateIcon state={data.job.state} /> : null}
        {data ? data.job.title : 'Starting'}
        <span className="font-normal text-12 text-fg-3">{data ? jobStateWord(data.job.state) : ''}</span>
      </h2>
      {isError && !data ? <p className="text-danger">Its progress cannot be read right now; the job goes on.</p> : null}
      {data ? <JobPhases phases={data.job.phases} /> : null}
      {data?.job.message ? <p className="mt-1.5 text-fg-2">{data.job.message}</p> : null}
    </section>
  );
}
