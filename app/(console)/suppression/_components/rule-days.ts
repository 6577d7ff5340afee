import { RULE_DAYS_MAX } from '@/lib/core/findings/suppression.ts';

const DAY_MS = 86_400_000;

/** The day so many days from now, `2026-11-30`, as a date field has it. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** A rule ends with its day (UTC). */
export function endOf(day: string): string {
  return `${day}T23:59:59.000Z`;
}

/** The last day that a rule may still have: its end lies within the longest time that a rule lasts. */
export function lastDay(now: Date): string {
  return dayAfter(now, RULE_DAYS_MAX - 1);
}
