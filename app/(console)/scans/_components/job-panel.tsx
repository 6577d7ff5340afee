'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { formatDuration } from '@/components/format/format-time.ts';
import { JobPhases } from '@/components/jobs/job-phases.tsx';
import { JobStateIcon, jobStateWord } from '@/components/jobs/job-state-icon.tsx';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { JobLogLine, JobView } from '@/lib/core/model/views.ts';
import { cancelJobAction } from '../../actions.ts';
import { paceInWords } from '../job-pace.ts';
import { JobLog } from './job-log.tsx';
import { JobTargets } from './job-targets.tsx';
import { RerunButton } from './rerun-button.tsx';
import { useJobPace } from './use-job-pace.ts';

interface Props {
  readonly id: string;
  readonly mayRun: boolean;
  readonly now: Date;
  readonly onClose: () => void;
}

/** One job: its phases, its log, how it ended. */
export function JobPanel({ id, mayRun, now, onClose }: Props) {
  const router = useRouter();
  const progress = useJobProgress(id);
  const [pending, startTransition] = useTransition();
  const job = progress.data?.job;
  const mayRerun = job?.kind === 'scan-estate' && job.state === 'partial';

  function cancel() {
    startTransition(async () => {
      const result = await cancelJobAction({ id });
      if (!result.ok) showToast(result.message, { error: true });
      await progress.refetch();
      router.refresh();
    });
  }

  return (
    <aside className="panel" aria-label="Job">
      <div className="flex flex-none items-center gap-2 px-5 pt-3">
        {job ? <JobStateIcon state={job.state} /> : null}
        <h2 className="min-w-0 truncate font-semibold text-16">{job?.title ?? 'Job'}</h2>
        {job ? <span className="text-fg-3">#{job.number}</span> : null}
        <span className="flex-1" />
        <Button kind="ghost" icon aria-label="Close" onClick={onClose}>
          <X size={15} strokeWidth={1.6} aria-hidden="true" />
        </Button>
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-5 pb-4">
        {job ? <JobFacts job={job} log={progress.data?.log ?? []} lookedAt={progress.dataUpdatedAt} now={now} /> : null}
        {progress.isError && !job ? (
          <ErrorState
            title="This job did not load"
            message="It may have been removed. The list is still right."
            onRetry={() => void progress.refetch()}
          />
        ) : null}
        {!job && !progress.isError ? (
          <div className="grid gap-3 pt-4">
            <Skeleton width="60%" height={10} />
            <Skeleton width="90%" height={10} />
            <Skeleton width="80%" height={10} />
          </div>
        ) : null}
      </div>
      {job && (mayRerun || !hasEnded(job.state)) ? (
        <footer className="panel-foot">
          {hasEnded(job.state) ? null : (
            <Button onClick={cancel} disabled={pending || !mayRun}>
              Cancel job
            </Button>
          )}
          {mayRerun ? <RerunButton jobId={job.id} mayRun={mayRun} /> : null}
        </footer>
      ) : null}
    </aside>
  );
}

interface FactsProps {
  readonly job: JobView;
  readonly log: readonly JobLogLine[];
  readonly lookedAt: number;
  readonly now: Date;
}

function JobFacts({ job, log, lookedAt, now }: FactsProps) {
  const paces = useJobPace(job, lookedAt);
  const left = Math.max(...[...paces.values()].map(({ leftMilliseconds }) => leftMilliseconds));
  const notes = new Map([...paces].map(([phase, { perSecond }]) => [phase, paceInWords(perSecond)]));
  return (
    <>
      <p className="text-12 text-fg-3">
        {jobStateWord(job.state)}, asked for <Timestamp time={job.createdAt} now={now} />
        {job.requestedBy ? ` by ${job.requestedBy}` : ''}
        {job.attempts > 1 ? `, attempt ${job.attempts}` : ''}
        {paces.size > 0 ? `, about ${formatDuration(left)} left` : ''}
      </p>
      {job.message ? <p className="mt-2">{job.message}</p> : null}
      <section className="panel-block mt-1">
        <JobPhases phases={job.phases} notes={notes} />
      </section>
      <JobTargets jobId={job.id} isLive={!hasEnded(job.state)} />
      <JobLog jobId={job.id} log={log} isLive={!hasEnded(job.state)} />
    </>
  );
}
