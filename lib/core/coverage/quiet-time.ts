import type { QuietTime } from '../model/scan-target.ts';

const DAY_MINUTES = 1_440;
/** Minutes of a week. */
export const WEEK_MINUTES = 7 * DAY_MINUTES;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MINUTE_MS = 60_000;

/** Minutes since Monday 00:00 by the clock of a time zone. */
export function minuteOfWeek(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return DAYS.indexOf(part('weekday')) * DAY_MINUTES + Number(part('hour')) * 60 + Number(part('minute'));
}

/** Whether a moment is in the quiet time. */
export function isQuiet({ from, to, timeZone }: QuietTime, at: Date): boolean {
  const minute = minuteOfWeek(at, timeZone);
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** When the quiet time that a moment is in ends, to an hour where the clock is changed before that. */
export function quietEnd({ to, timeZone }: QuietTime, at: Date): Date {
  const minutes = (to - minuteOfWeek(at, timeZone) + WEEK_MINUTES) % WEEK_MINUTES;
  return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS);
}
