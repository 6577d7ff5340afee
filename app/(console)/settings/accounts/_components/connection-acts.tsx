'use client';

import dynamic from 'next/dynamic';
import { useState, useTransition } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { checkConnectionAction } from '../actions.ts';
import { LookButton } from './look-button.tsx';
import { useFollowedJob } from './use-followed-job.ts';

const RemoveDialog = dynamic(() => import('./remove-dialog.tsx').then((module) => module.RemoveDialog));

interface Props {
  readonly id: string;
  readonly name: string;
  readonly mayChange: boolean;
  readonly mayScan: boolean;
}

export function ConnectionActs({ id, name, mayChange, mayScan }: Props) {
  const [isRemoving, setRemoving] = useState(false);
  const [pending, startTransition] = useTransition();
  const { follow, isRunning } = useFollowedJob();

  function check(): void {
    startTransition(async () => {
      const result = await checkConnectionAction({ id });
      if (result.ok) follow(result.value.jobId);
      else showToast(result.message, { error: true });
    });
  }

  return (
    <div className="flex flex-wrap max-sm:col-start-2 max-sm:-ml-2.5">
      {mayChange ? (
        <Button kind="ghost" disabled={pending || isRunning} aria-label={`Check ${name}`} onClick={check}>
          <span aria-live="polite">{isRunning ? 'Checking' : 'Check'}</span>
        </Button>
      ) : null}
      {mayScan ? <LookButton kind="ghost" label="Look now" name={name} connection={id} /> : null}
      <ButtonLink
        kind="ghost"
        href={`/settings/accounts?sel=${id}`}
        prefetch={false}
        aria-label={`${mayChange ? 'Change' : 'Show'} ${name}`}
      >
        {mayChange ? 'Change' : 'Show'}
      </ButtonLink>
      {mayChange ? (
        <Button kind="ghost" aria-label={`Remove ${name}`} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      ) : null}
      {isRemoving ? <RemoveDialog id={id} name={name} onClose={() => setRemoving(false)} /> : null}
    </div>
  );
}
