'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { formatDuration } from '@/components/format/format-time.ts';
import { countOf, shareOf } from '@/components/jobs/job-phases.tsx';
import { JobStateIcon, jobStateWord } from '@/components/jobs/job-state-icon.tsx';
import { hasEnded } from '@/components/jobs/job-wire.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Meter } from '@/components/ui/meter.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { JobView } from '@/lib/core/model/views.ts';
import { JobPanel } from './job-panel.tsx';

const REFRESH_MILLISECONDS = 2000;

interface Props {
  readonly jobs: readonly JobView[];
  readonly selected: string | null;
  readonly mayRun: boolean;
  readonly now: Date;
  readonly children: ReactNode;
}

/** Jobs that run, then those that ended, with one of them open beside the list. */
export function JobBoard({ jobs, selected, mayRun, now, children }: Props) {
  const router = useRouter();
  const [openId, setOpenId] = useState(selected);
  const running = jobs.filter((job) => !hasEnded(job.state));
  const ended = jobs.filter((job) => hasEnded(job.state));
  const isBusy = running.length > 0;

  useEffect(() => setOpenId(selected), [selected]);

  useEffect(() => {
    if (!isBusy) return;
    const timer = setInterval(() => router.refresh(), REFRESH_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isBusy, router]);

  function open(id: string | null) {
    setOpenId(id);
    window.history.replaceState(null, '', id === null ? '/scans' : `/scans?sel=${id}`);
  }

  return (
    <div className="split-view">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1). */}
      <section className="min-h-0 overflow-auto" tabIndex={0} aria-label="Jobs and feeds">
        {jobs.length === 0 ? (
          <div className="max-w-[640px] px-(--gutter) pt-4">
            <EmptyState kind="unknown" title="Nothing has run yet">
              Start with New scan: resources in AWS, this machine, an image, a file, or the advisory feeds alone.
            </EmptyState>
          </div>
        ) : null}
        {running.length > 0 ? (
          <JobTable title="Running" jobs={running} openId={openId} now={now} onOpen={open} />
        ) : null}
        {ended.length > 0 ? <JobTable title="Finished" jobs={ended} openId={openId} now={now} onOpen={open} /> : null}
        {children}
      </section>
      {openId ? <JobPanel key={openId} id={openId} mayRun={mayRun} now={now} onClose={() => open(null)} /> : null}
    </div>
  );
}

interface TableProps {
  readonly title: string;
  readonly jobs: readonly JobView[];
  readonly openId: string | null;
  readonly now: Date;
  readonly onOpen: (id: string) => void;
}

function JobTable({ title, jobs, openId, now, onOpen }: TableProps) {
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th className="w-[30%] max-sm:w-auto">
            <span className="font-semibold text-fg">{title}</span> <span className="ml-1">{jobs.length}</span>
          </th>
          <th className="max-sm:hidden">Result</th>
          <th className="num w-[90px] max-md:hidden">Took</th>
          <th className="num w-[120px]">Started</th>
          <th className="w-[130px] max-lg:hidden">Started by</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id} aria-current={job.id === openId ? 'true' : undefined}>
            <td>
              <button
                type="button"
                className="flex w-full min-w-0 items-center gap-2 text-left"
                onClick={() => onOpen(job.id)}
              >
                <JobStateIcon state={job.state} />
                <span className="text-fg-3">#{job.number}</span>
                <span className="truncate font-medium">{job.title}</span>
              </button>
            </td>
            <td className="text-fg-2 max-sm:hidden" title={job.message ?? undefined}>
              {job.message ?? <RunningPhase job={job} />}
            </td>
            <td className="num max-md:hidden">{tookOf(job)}</td>
            <td className="num">
              <Timestamp time={job.startedAt ?? job.createdAt} now={now} />
            </td>
            <td className="text-fg-2 max-lg:hidden">{job.requestedBy ?? 'schedule'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a job does now, and how much of it is done. */
function RunningPhase({ job }: { readonly job: JobView }) {
  const phase = job.phases.find(({ state }) => state === 'running');
  if (hasEnded(job.state) || phase === undefined) return jobStateWord(job.state);
  return (
    <span className="flex items-center gap-2.5">
      {phase.total === null ? null : (
        <span className="w-[86px] flex-none">
          <Meter share={shareOf(phase)} label={phase.name} />
        </span>
      )}
      <span className="truncate">
        {phase.name}, {countOf(phase)}
      </span>
    </span>
  );
}

function tookOf(job: JobView): string {
  return job.startedAt && job.endedAt ? formatDuration(job.endedAt.getTime() - job.startedAt.getTime()) : '–';
}
