import type { QuietTime } from '@/lib/core/model/scan-target.ts';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const DAY_MINUTES = 1_440;

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
  const index = DAYS.indexOf(day as (typeof DAYS)[number]);
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return index === -1 || hour === undefined ? null : index * DAY_MINUTES + Number(hour) * 60 + Number(minute);
}
