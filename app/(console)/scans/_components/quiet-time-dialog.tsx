'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { SelectField } from '@/components/ui/select-field.tsx';
import { TextField } from '@/components/ui/text-field.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import { DAY_MINUTES, DAYS, dayOf, minuteOf, timeOf } from '@/lib/core/coverage/quiet-time.ts';
import type { QuietTime } from '@/lib/core/model/scan-target.ts';
import { saveQuietTimeAction } from '../actions.ts';
import { zoneChoices } from '../zone-choices.ts';

/** Friday evening to Monday morning: the freeze that most teams have. */
const FIRST = { from: 4 * DAY_MINUTES + 18 * 60, to: 6 * 60 };
const DAY_CHOICES = DAYS.map((day) => ({ value: day, label: day }));

interface Props {
  readonly targetId: string;
  readonly quiet: QuietTime | null;
  readonly onClose: () => void;
}

/** Asks for a part of the week in which no scan of a target starts by itself. */
export function QuietTimeDialog({ targetId, quiet, onClose }: Props) {
  const known = quiet ?? FIRST;
  const [from, setFrom] = useState({ day: dayOf(known.from), time: timeOf(known.from) });
  const [to, setTo] = useState({ day: dayOf(known.to), time: timeOf(known.to) });
  const [timeZone, setTimeZone] = useState(quiet?.timeZone ?? 'UTC');
  const [zones] = useState(() => zoneChoices(timeZone));
  const [fault, setFault] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  function save(): void {
    const [begin, end] = [minuteOf(from.day, from.time), minuteOf(to.day, to.time)];
    if (begin === null || end === null) setFault('Give times such as 18:00.');
    else if (begin === end) setFault('It ends at another time than it begins.');
    else keep({ from: begin, to: end, timeZone });
  }

  function keep(next: QuietTime): void {
    startTransition(async () => {
      const result = await saveQuietTimeAction({ id: targetId, quiet: next });
      if (!result.ok) {
        setFault(result.message);
        return;
      }
      onClose();
      showToast('The quiet time is kept.');
    });
  }

  return (
    <Dialog
      title="Quiet time"
      description="No scan of the target starts by itself inside it. What runs goes on, and people may still scan."
      open
      onOpenChange={onClose}
    >
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Moment label="From" value={from} onChange={setFrom} />
        <Moment label="To" value={to} onChange={setTo} />
        <SelectField
          label="Time zone"
          value={timeZone}
          options={zones}
          onChange={(event) => setTimeZone(event.target.value)}
        />
        <p role="alert" className="text-danger empty:hidden">
          {fault}
        </p>
        <Button kind="primary" type="submit" className="justify-self-start" disabled={pending}>
          Save quiet time
        </Button>
      </form>
    </Dialog>
  );
}

interface MomentValue {
  readonly day: string;
  readonly time: string;
}

interface MomentProps {
  readonly label: string;
  readonly value: MomentValue;
  readonly onChange: (value: MomentValue) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label={`${label}, day`}
        value={value.day}
        options={DAY_CHOICES}
        onChange={(event) => onChange({ ...value, day: event.target.value })}
      />
      <TextField
        label={`${label}, time`}
        value={value.time}
        maxLength={5}
        placeholder="18:00"
        autoComplete="off"
        onChange={(event) => onChange({ ...value, time: event.target.value })}
      />
    </div>
  );
}
