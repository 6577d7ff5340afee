import type { QuietTime } from '../model/scan-target.ts';

/** Minutes of a day. */
export const DAY_MINUTES = 1_440;
/** Minutes of a week. */
export const WEEK_MINUTES = 7 * DAY_MINUTES;
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
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

/** `Fri 18:00 to Mon 06:00`. */
export function quietInWords({ from, to }: QuietTime): string {
  return `${dayOf(from)} ${timeOf(from)} to ${dayOf(to)} ${timeOf(to)}`;
}

/** The day of a minute of the week. */
export function dayOf(minute: number): string {
  return DAYS[Math.floor(minute / DAY_MINUTES)] ?? '';
}

/** `18:00`. */
export function timeOf(minute: number): string {
  const inDay = minute % DAY_MINUTES;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** The minute of the week of a day and a time such as `18:00`; null where that is none. */
export function minuteOf(day: string, time: string): number | null {
  const index = DAYS.indexOf(day);
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return index === -1 || hour === undefined ? null : index * DAY_MINUTES + Number(hour) * 60 + Number(minute);
}
