import type { Month } from '../model/cost.ts';

/*
 * Hours are whole hours of UTC, numbered from 1970. One counts for whatever was there when it began, so that a span cut in two has
 * the hours of both parts, and a resource that is there all month has exactly the hours of the month. Months are those of UTC: the
 * vendor bills by them, and an estate of many regions has no other time in common.
 */

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** From one whole hour to another, the last not included. */
export interface HourSpan {
  readonly from: number;
  readonly to: number;
}

/** The hour in which a time lies. */
export function hourOf(at: Date): number {
  return Math.floor(at.getTime() / HOUR_MS);
}

export function timeOfHour(hour: number): Date {
  return new Date(hour * HOUR_MS);
}

export function monthOf(at: Date): Month {
  return at.toISOString().slice(0, 7) as Month;
}

/** Null for what is no month. */
export function parseMonth(text: string): Month | null {
  return MONTH.test(text) ? (text as Month) : null;
}

/** All hours of a month: 672 to 744. */
export function monthHours(month: Month): HourSpan {
  const [, year, number] = MONTH.exec(month) ?? [];
  if (year === undefined) throw new RangeError(`no month: ${month}`);
  return {
    from: hourOf(new Date(Date.UTC(Number(year), Number(number) - 1, 1))),
    to: hourOf(new Date(Date.UTC(Number(year), Number(number), 1))),
  };
}

/** The first hour that costs something where a trial of so many days began at a time. */
export function trialEnd(began: Date, trialDays: number): number {
  return hourOf(began) + trialDays * DAY_HOURS;
}

/** Hours of a span that lie in a month, and how many of them are in the trial; no `paidFrom` where there is none. */
export function meteredHours(
  span: HourSpan,
  month: HourSpan,
  paidFrom: number | null,
): { readonly hours: number; readonly freeHours: number } {
  const from = Math.max(span.from, month.from);
  const to = Math.min(span.to, month.to);
  const hours = Math.max(0, to - from);
  const freeHours = paidFrom === null ? 0 : Math.max(0, Math.min(to, paidFrom) - from);
  return { hours, freeHours };
}
