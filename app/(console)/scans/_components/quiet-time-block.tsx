'use client';

import dynamic from 'next/dynamic';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { quietInWords } from '@/lib/core/coverage/quiet-time.ts';
import type { QuietTime } from '@/lib/core/model/scan-target.ts';
import { saveQuietTimeAction } from '../actions.ts';

const QuietTimeDialog = dynamic(() => import('./quiet-time-dialog.tsx').then((module) => module.QuietTimeDialog));

interface Props {
  readonly targetId: string;
  readonly quiet: QuietTime | null;
  readonly mayChange: boolean;
}

/** When no scan of a target starts by itself. */
export function QuietTimeBlock({ targetId, quiet, mayChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();

  function save(next: QuietTime | null, done: () => void): void {
    startTransition(async () => {
      const result = await saveQuietTimeAction({ id: targetId, quiet: next });
      if (result.ok) done();
      else showToast(result.message, { error: true });
    });
  }

  function remove(): void {
    save(null, () =>
      showToast('The quiet time was removed.', { undo: () => save(quiet, () => showToast('The quiet time is back.')) }),
    );
  }

  return (
    <section className="panel-block" aria-label="Quiet time">
      <h3>
        Quiet time <span>no run starts inside it</span>
      </h3>
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1">
          {quiet === null ? <span className="text-fg-2">None.</span> : quietInWords(quiet)}
          {quiet === null ? null : <span className="block text-12 text-fg-3">{quiet.timeZone}, each week</span>}
        </span>
        {mayChange ? (
          <Button
            kind="ghost"
            disabled={pending}
            aria-label={quiet === null ? 'Set a quiet time' : 'Change the quiet time'}
            onClick={() => setOpen(true)}
          >
            {quiet === null ? 'Set' : 'Change'}
          </Button>
        ) : null}
        {mayChange && quiet !== null ? (
          <Button kind="ghost" disabled={pending} aria-label="Remove the quiet time" onClick={remove}>
            Remove
          </Button>
        ) : null}
      </div>
      {isOpen ? <QuietTimeDialog targetId={targetId} quiet={quiet} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}
