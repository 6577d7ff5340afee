'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { formatClockSeconds } from '@/components/format/format-time.ts';
import { JobPhases } from '@/components/jobs/job-phases.tsx';
import { JobStateIcon, jobStateWord } from '@/components/jobs/job-state-icon.tsx';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { useJobProgress } from '@/components/jobs/use-job-progress.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { JobLogLine } from '@/lib/core/model/views.ts';
import { cancelJobAction } from '../../actions.ts';

interface Props {
  readonly id: string;
  readonly mayCancel: boolean;
  readonly now: Date;
  readonly onClose: () => void;
}

const TONES = { info: '', warning: 'text-warn', error: 'text-danger' } as const satisfies Record<
  JobLogLine['level'],
  string
>;

/** One job: its phases, its log, how it ended. */
export function JobPanel({ id, mayCancel, now, onClose }: Props) {
  const router = useRouter();
  const progress = useJobProgress(id);
  const [pending, startTransition] = useTransition();
  const job = progress.data?.job;

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
        {job ? (
          <>
            <p className="text-12 text-fg-3">
              {jobStateWord(job.state)}, asked for <Timestamp time={job.createdAt} now={now} />
              {job.requestedBy ? ` by ${job.requestedBy}` : ''}
              {job.attempts > 1 ? `, attempt ${job.attempts}` : ''}
            </p>
            {job.message ? <p className="mt-2">{job.message}</p> : null}
            <section className="panel-block mt-1">
              <JobPhases phases={job.phases} />
            </section>
            <section className="panel-block flex min-h-[160px] flex-1 flex-col">
              <h3>
                Log <span>{hasEnded(job.state) ? '' : 'live'}</span>
              </h3>
              {progress.data && progress.data.log.length > 0 ? (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
                <section className="log min-h-0 flex-1" tabIndex={0} aria-label="Log">
                  {progress.data.log.map((line) => (
                    <div key={`${line.at.toISOString()} ${line.text}`} className={TONES[line.level]}>
                      {formatClockSeconds(line.at)} {line.text}
                    </div>
                  ))}
                </section>
              ) : (
                <p className="text-fg-3">Nothing was logged.</p>
              )}
            </section>
            {hasEnded(job.state) ? null : (
              <div className="flex-none pt-2">
                <Button onClick={cancel} disabled={pending || !mayCancel}>
                  Cancel job
                </Button>
              </div>
            )}
          </>
        ) : null}
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
    </aside>
  );
}
