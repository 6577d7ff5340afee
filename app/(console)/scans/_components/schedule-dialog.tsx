'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form.tsx';
import { CheckRow } from '@/components/ui/check-row.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { nextTimes, scheduleFault } from '@/lib/core/coverage/schedule-times.ts';
import type { QuietTime, ScanSchedule } from '@/lib/core/model/scan-target.ts';
import { saveScheduleAction } from '../actions.ts';
import { cronInWords } from '../cron-in-words.ts';
import { formatRun } from '../run-time.ts';
import { zoneChoices } from '../zone-choices.ts';

const PRESETS = [
  { value: '0 3 * * *', label: 'Daily' },
  { value: '0 3 * * 1', label: 'Weekly' },
  { value: '0 2 1 * *', label: 'Monthly' },
  { value: '0 */6 * * *', label: 'Every 6 hours' },
] as const;
const SHOWN = 5;

interface Props {
  readonly targetId: string;
  /** Null for one that is not there yet. */
  readonly schedule: ScanSchedule | null;
  /** Of the target. */
  readonly quiet: QuietTime | null;
  readonly onClose: () => void;
}

/** When a target is scanned by itself, with the times that come of it. */
export function ScheduleDialog({ targetId, schedule, quiet, onClose }: Props) {
  const [cron, setCron] = useState(schedule?.cron ?? PRESETS[0].value);
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? 'UTC');
  const [isOn, setOn] = useState(schedule?.isOn ?? true);
  const [zones] = useState(() => zoneChoices(timeZone));
  const fault = scheduleFault(cron, timeZone);
  const words = cronInWords(cron);

  function done(): void {
    onClose();
    showToast(isOn ? 'The schedule is kept.' : 'The schedule is kept, switched off.');
  }

  return (
    <Dialog
      title={schedule === null ? 'Add a schedule' : 'Change the schedule'}
      description="The target is scanned then by itself, whatever belongs to it."
      open
      onOpenChange={onClose}
    >
      <ActionForm action={saveScheduleAction} onDone={done} submitLabel="Save schedule">
        {(faults) => (
          <>
            <input type="hidden" name="id" value={schedule?.id ?? ''} />
            <input type="hidden" name="targetId" value={targetId} />
            <input type="hidden" name="isOn" value={String(isOn)} />
            <div className="justify-self-start">
              <Segmented<string> label="How often" value={cron} options={PRESETS} onChange={setCron} />
            </div>
            <TextField
              label="Times, as cron"
              name="cron"
              value={cron}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              style={{ fontFamily: 'var(--mono)' }}
              onChange={(event) => setCron(event.target.value)}
              hint={words === cron ? 'Minute, hour, day of the month, month, day of the week.' : `${words}.`}
              error={fault ?? faults.cron}
              required
            />
            <SelectField
              label="Time zone"
              name="timeZone"
              value={timeZone}
              options={zones}
              onChange={(event) => setTimeZone(event.target.value)}
              error={faults.timeZone}
            />
            <CheckRow className="flex items-center gap-2" checked={isOn} onChange={setOn}>
              Switched on
            </CheckRow>
            {fault === null ? <Times cron={cron} timeZone={timeZone} quiet={quiet} /> : null}
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}

interface TimesProps {
  readonly cron: string;
  readonly timeZone: string;
  readonly quiet: QuietTime | null;
}

function Times({ cron, timeZone, quiet }: TimesProps) {
  const [now] = useState(() => new Date());
  const times = nextTimes(cron, timeZone, now, SHOWN, quiet);
  return (
    <section className="rounded-2 border border-line bg-sunken px-3 py-2.5" aria-label="Next times">
      <p className="font-medium">
        {times.length === 0 ? 'Each of its times is in the quiet time of the target.' : 'Next five times'}
      </p>
      <ol className="mt-1">
        {times.map((at) => (
          <li key={at.toISOString()} className="flex justify-between gap-3">
            <span>{formatRun(at, timeZone, now)}</span>
            {timeZone === 'UTC' ? null : <span className="text-12 text-fg-3">{formatRun(at, 'UTC', now)} UTC</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
