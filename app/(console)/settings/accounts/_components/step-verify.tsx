'use client';

import type { ReactNode } from 'react';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { JobStateIcon, jobStateWord } from '@/components/jobs/job-state-icon.tsx';
import { PartialStrip } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { JobView } from '@/lib/core/model/views.ts';
import type { ConnectionStanding } from '../connection-states.ts';
import type { useConnection } from './use-connection.ts';

interface Props {
  readonly form: ReturnType<typeof useConnection>;
  readonly standing: ConnectionStanding | null;
  readonly mayChange: boolean;
  /** The table of permissions. */
  readonly children: ReactNode;
}

/** Keeps the connection and proves its permissions, by calls that change nothing. */
export function StepVerify({ form, standing, mayChange, children }: Props) {
  const { id, isKept, isBusy, isChecking, job, message, faults, saveAndCheck } = form;
  const isUnknown = message !== null && Object.keys(faults).length === 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-60 flex-1">
          {id === null ? (
            <p className="text-fg-2">
              Harrier makes one harmless call for each action in each account. Nothing is changed in AWS.
            </p>
          ) : null}
          <div aria-live="polite" className="empty:hidden">
            {isChecking ? <Progress job={job} /> : null}
            {!isChecking && job?.state === 'failed' ? <p className="text-danger">{job.message}</p> : null}
            {!isChecking && id !== null && standing !== null ? <Outcome standing={standing} /> : null}
          </div>
        </div>
        {mayChange ? (
          <Button kind={isKept ? 'plain' : 'primary'} disabled={isBusy} onClick={saveAndCheck}>
            {isKept ? 'Check again' : 'Save and check'}
          </Button>
        ) : null}
      </div>
      <p role="alert" className="text-danger empty:hidden">
        {isUnknown ? message : ''}
      </p>
      {isChecking ? null : children}
    </div>
  );
}

function Progress({ job }: { readonly job: JobView | null }) {
  const phase = job?.phases[0];
  return (
    <p className="flex items-center gap-2">
      {job === null ? null : <JobStateIcon state={job.state} />}
      {job === null ? 'Starting' : jobStateWord(job.state)}
      {phase === undefined || phase.total === null ? null : (
        <span className="text-fg-3">
          {formatCount(phase.done)} of {formatCounted(phase.total, 'place')} checked
        </span>
      )}
    </p>
  );
}

function Outcome({ standing: { tone, word, reason, connected, total } }: { readonly standing: ConnectionStanding }) {
  if (tone === 'none') return null;
  const counts = `${formatCount(connected)} of ${formatCounted(total, 'account')} can be read.`;
  if (tone === 'ok') return <p className="text-ok">{counts}</p>;
  return (
    <PartialStrip>
      {word}. {total === 0 ? '' : counts} {reason}
    </PartialStrip>
  );
}

interface AnswerProps {
  /** Null before the connection is kept. */
  readonly id: string | null;
  readonly checkedAt: Date | null;
  readonly now: Date;
}

/** `checked 14:31 today, nothing was changed in AWS`. */
export function VerifyAnswer({ id, checkedAt, now }: AnswerProps) {
  if (id === null || checkedAt === null) return null;
  return (
    <>
      checked <Timestamp time={checkedAt} now={now} />, nothing was changed in AWS
    </>
  );
}
