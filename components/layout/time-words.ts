import type { Day } from '@/lib/core/model/history.ts';
import { isRunning, type RunningRange, type TimeRange } from '@/lib/core/model/time-range.ts';
import { formatDate, formatDay } from '../format/format-time.ts';

const DAY_MS = 86_400_000;
const RUNNING_WORDS: Readonly<Record<RunningRange, string>> = {
  now: 'Now',
  '24h': 'Last 24 h',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `Last 7 days`, `Oct 2026`, `1 Nov to 20 Nov 2026`, `20 Nov 2026`. */
export function timeWords(range: TimeRange): string {
  if (isRunning(range)) return RUNNING_WORDS[range];
  if (range.startsWith('month:')) return month.format(new Date(`${range.slice('month:'.length)}-01`));
  const [from = '', to = ''] = range.split('..');
  if (from === to) return formatDate(new Date(to));
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${sameYear ? formatDay(new Date(from)) : formatDate(new Date(from))} to ${formatDate(new Date(to))}`;
}

/** `End of 20 Nov 2026`. */
export function endOfDayWords(day: Day): string {
  return `End of ${formatDate(new Date(day))}`;
}

/** The day in UTC so many days before. */
export function daysBefore(now: Date, days: number): Day {
  return new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}

/** The whole months before this one, latest first. */
export function monthsBefore(now: Date, count: number): readonly TimeRange[] {
  return Array.from({ length: count }, (_, index): TimeRange => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - index, 1));
    return `month:${first.toISOString().slice(0, 7)}`;
  });
}
