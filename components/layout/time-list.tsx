'use client';

import { Check } from 'lucide-react';
import { useState } from 'react';
import { isDay, RUNNING_RANGES, type TimeRange } from '@/lib/core/model/time-range.ts';
import { Button } from '../ui/button.tsx';
import { daysBefore, monthsBefore, timeWords } from './time-words.ts';

const MONTHS_OFFERED = 6;
const MONTHS_A_YEAR = 12;
/** A past state is shown with as much before it as the usual period has. */
const DAYS_BEFORE = 89;

interface Props {
  /** `period`: the page speaks of a stretch of time. `state`: of one moment, the present or the end of a past day. `month`: of one month. */
  readonly kind: 'period' | 'state' | 'month';
  readonly value: TimeRange;
  /** The past day whose end the page shows; null for the present. */
  readonly pastDay: string | null;
  readonly now: Date;
  /** Null is the usual period, up to now. */
  readonly onChange: (value: TimeRange | null) => void;
}

export function TimeList({ kind, value, pastDay, now, onChange }: Props) {
  if (kind === 'month') return <MonthList value={value} now={now} onChange={onChange} />;
  return (
    <div className="flex flex-col">
      <div className="max-h-80 overflow-y-auto p-1">
        {kind === 'period' ? (
          [...RUNNING_RANGES, ...monthsBefore(now, MONTHS_OFFERED)].map((range) => (
            <Choice key={range} chosen={range === value} onChoose={() => onChange(range)}>
              {timeWords(range)}
            </Choice>
          ))
        ) : (
          <Choice chosen={pastDay === null} onChoose={() => onChange(null)}>
            Now
          </Choice>
        )}
      </div>
      <div className="border-line border-t p-3">
        {kind === 'period' ? (
          <PeriodForm value={value} now={now} onChange={onChange} />
        ) : (
          <DayForm pastDay={pastDay} now={now} onChange={onChange} />
        )}
      </div>
    </div>
  );
}

/** The present month, and a year of months before it. */
function MonthList({ value, now, onChange }: Pick<Props, 'value' | 'now' | 'onChange'>) {
  const present: TimeRange = `month:${now.toISOString().slice(0, 7)}`;
  return (
    <div className="max-h-80 overflow-y-auto p-1">
      <Choice chosen={value === present} onChoose={() => onChange(null)}>
        {timeWords(present)}
      </Choice>
      {monthsBefore(now, MONTHS_A_YEAR).map((range) => (
        <Choice key={range} chosen={value === range} onChoose={() => onChange(range)}>
          {timeWords(range)}
        </Choice>
      ))}
    </div>
  );
}

interface ChoiceProps {
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly children: React.ReactNode;
}

function Choice({ chosen, onChoose, children }: ChoiceProps) {
  return (
    <button type="button" className="menu-item" aria-pressed={chosen} onClick={onChoose}>
      {children}
      {chosen ? <Check size={14} strokeWidth={1.6} className="ml-auto" aria-hidden="true" /> : null}
    </button>
  );
}

function PeriodForm({ value, now, onChange }: Pick<Props, 'value' | 'now' | 'onChange'>) {
  const [before = '', after = ''] = value.includes('..') ? value.split('..') : [];
  const [from, setFrom] = useState(before);
  const [to, setTo] = useState(after);
  const ready = isDay(from) && isDay(to) && from <= to;
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onChange(`${from}..${to}`);
      }}
    >
      <DayField label="From" value={from} max={to || daysBefore(now, 0)} onChange={setFrom} />
      <DayField label="To" value={to} max={daysBefore(now, 0)} onChange={setTo} />
      <Button type="submit" disabled={!ready}>
        Show these days
      </Button>
    </form>
  );
}

function DayForm({ pastDay, now, onChange }: Pick<Props, 'pastDay' | 'now' | 'onChange'>) {
  const [day, setDay] = useState(pastDay ?? '');
  const ready = isDay(day) && day < daysBefore(now, 0);
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onChange(`${daysBefore(new Date(day), DAYS_BEFORE)}..${day}`);
      }}
    >
      <DayField label="End of" value={day} max={daysBefore(now, 1)} onChange={setDay} />
      <Button type="submit" disabled={!ready}>
        Show this day
      </Button>
    </form>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly max: string;
  readonly onChange: (value: string) => void;
}

function DayField({ label, value, max, onChange }: DayFieldProps) {
  return (
    <label className="flex items-center gap-2">
      <span className="w-12 text-12 text-fg-3">{label}</span>
      <span className="field flex-1">
        <input type="date" value={value} max={max} onChange={(event) => onChange(event.target.value)} />
      </span>
    </label>
  );
}
