import { Cron } from 'croner';
import type { QuietTime } from '../model/scan-target.ts';
import { isQuiet, quietEnd } from './quiet-time.ts';

/** Why a schedule cannot be, in a sentence; null where it can. */
export function scheduleFault(cron: string, timeZone: string): string | null {
  if (cron.trim().split(/\s+/).length !== 5)
    return 'Give five fields: minute, hour, day of the month, month, day of the week.';
  if (!isTimeZone(timeZone)) return `"${timeZone}" is no time zone; give one such as Europe/Berlin.`;
  try {
    const next = new Cron(cron, { timezone: timeZone, paused: true }).nextRun();
    return next === null ? 'There is no such time.' : null;
  } catch {
    return 'That is no schedule: give five fields of cron, such as 0 3 * * 1.';
  }
}

/** Whether there is such a zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A schedule of which so many times in a row are quiet is taken for one that never comes. */
const QUIET_IN_A_ROW = 1_000;
/** The clock may be changed before a quiet time ends, which then ends so much sooner. */
const CLOCK_CHANGE_MS = 3_600_000;

/**
 * The next times after a moment that are not in the quiet time, fewer or none for what never comes.
 * A time that a change of the clock leaves out comes after it, one that it doubles comes once.
 */
export function nextTimes(
  cron: string,
  timeZone: string,
  after: Date,
  count: number,
  quiet: QuietTime | null = null,
): readonly Date[] {
  const times = new Cron(cron, { timezone: timeZone, paused: true });
  if (quiet === null) return times.nextRuns(count, after);
  const found: Date[] = [];
  let at = times.nextRun(after);
  for (let left = QUIET_IN_A_ROW; at !== null && found.length < count && left > 0; ) {
    if (isQuiet(quiet, at)) {
      left -= 1;
      // The end itself may be a time; what is asked for comes after a moment.
      const end = quietEnd(quiet, at).getTime() - CLOCK_CHANGE_MS - 1_000;
      at = times.nextRun(new Date(Math.max(end, at.getTime())));
    } else {
      found.push(at);
      at = times.nextRun(at);
      left = QUIET_IN_A_ROW;
    }
  }
  return found;
}
