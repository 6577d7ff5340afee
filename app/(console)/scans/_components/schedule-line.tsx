'use client';

import dynamic from 'next/dynamic';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import type { QuietTime, ScanSchedule } from '@/lib/core/model/scan-target.ts';
import { removeScheduleAction, saveScheduleAction } from '../actions.ts';
import { cronInWords, scheduleInWords } from '../cron-in-words.ts';

const ScheduleDialog = dynamic(() => import('./schedule-dialog.tsx').then((module) => module.ScheduleDialog));

interface Props {
  readonly schedule: ScanSchedule;
  readonly quiet: QuietTime | null;
  readonly mayChange: boolean;
}

/** When a target is scanned by itself: switched, changed and removed here. */
export function ScheduleLine({ schedule, quiet, mayChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const { id, targetId, cron, timeZone, isOn } = schedule;
  const words = scheduleInWords(schedule);

  function run(work: () => Promise<ActionResult<unknown>>, done: () => void): void {
    startTransition(async () => {
      const result = await work();
      if (result.ok) done();
      else showToast(result.message, { error: true });
    });
  }

  function remove(): void {
    const again = () =>
      run(
        () => saveScheduleAction({ id: '', targetId, cron, timeZone, isOn }),
        () => showToast('The schedule is back.'),
      );
    run(
      () => removeScheduleAction({ id }),
      () => showToast('The schedule was removed.', { undo: again }),
    );
  }

  function toggle(): void {
    run(
      () => saveScheduleAction({ id, targetId, cron, timeZone, isOn: !isOn }),
      () => showToast(isOn ? 'The schedule is switched off.' : 'The schedule is switched on.'),
    );
  }

  return (
    <li className="flex items-center gap-2 py-1">
      <Checkbox
        role="switch"
        aria-label={`${words}, on`}
        title={isOn ? 'Switched on' : 'Switched off'}
        checked={isOn}
        disabled={pending || !mayChange}
        onChange={toggle}
      />
      <span className={`min-w-0 flex-1 ${isOn ? '' : 'text-fg-3'}`}>
        {cronInWords(cron)}
        <span className="block break-words text-12 text-fg-3">
          {timeZone}
          {isOn ? '' : ', switched off'}
        </span>
      </span>
      {mayChange ? (
        <span className="flex">
          <Button kind="ghost" disabled={pending} aria-label={`Change ${words}`} onClick={() => setOpen(true)}>
            Change
          </Button>
          <Button kind="ghost" disabled={pending} aria-label={`Remove ${words}`} onClick={remove}>
            Remove
          </Button>
        </span>
      ) : null}
      {isOpen ? (
        <ScheduleDialog targetId={targetId} schedule={schedule} quiet={quiet} onClose={() => setOpen(false)} />
      ) : null}
    </li>
  );
}
