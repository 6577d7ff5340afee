import type { Month } from './cost.ts';
import type { Day } from './history.ts';

/** Periods that end now. `now` looks at the present state only. */
export const RUNNING_RANGES = ['now', '24h', '7d', '30d', '90d'] as const;
export type RunningRange = (typeof RUNNING_RANGES)[number];

/** `7d`, `month:2026-11`, or from one day to another (UTC, both included), `2026-11-01..2026-11-24`. */
export type TimeRange = RunningRange | `month:${string}` | `${string}..${string}`;

/** Whole days in UTC, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<RunningRange, number>> = { now: 0, '24h': 1, '7d': 7, '30d': 30, '90d': 90 };

/** Null for what is no period: a month or day that does not exist, or an end before the beginning. */
export function parseTimeRange(text: string): TimeRange | null {
  if (isRunning(text)) return text;
  return daysOf(text) === null ? null : (text as TimeRange);
}

/** The days of a period. One that goes on past today ends today. */
export function periodOf(range: TimeRange, now: Date): Period {
  const today = dayOf(now.getTime());
  const days = isRunning(range) ? null : daysOf(range);
  if (days === null) {
    const back = isRunning(range) ? DAYS[range] : 0;
    return { from: dayOf(now.getTime() - back * DAY_MS), to: today };
  }
  const [from = today] = [days.from, today].toSorted();
  const [to = today] = [days.to, today].toSorted();
  return { from, to };
}

/** The month that a page of one month shows: the one in which the period ends. */
export function monthOfPeriod(range: TimeRange, now: Date): Month {
  return periodOf(range, now).to.slice(0, 7) as Month;
}

/** The day whose end a page of states shows; null where the period reaches into today, and the present is shown. */
export function pastDayOf(range: TimeRange, now: Date): Day | null {
  const { to } = periodOf(range, now);
  return to < dayOf(now.getTime()) ? to : null;
}

export function isRunning(text: string): text is RunningRange {
  return RUNNING_RANGES.some((range) => range === text);
}

function daysOf(text: string): Period | null {
  const month = /^month:(\d{4})-(\d{2})$/.exec(text);
  if (month !== null) {
    const first = `${month[1]}-${month[2]}-01`;
    if (!isDay(first)) return null;
    return { from: first, to: dayOf(Date.UTC(Number(month[1]), Number(month[2]), 0)) };
  }
  const [from = '', to = ''] = text.split('..');
  return isDay(from) && isDay(to) && from <= to && text === `${from}..${to}` ? { from, to } : null;
}

/** Whether there is such a day, as `2026-11-24`. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && dayOf(at.getTime()) === text;
}

function dayOf(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
