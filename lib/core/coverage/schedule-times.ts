import { Cron } from 'croner';

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

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The next times after a moment, none for what never comes. A time that a change of the clock leaves out comes after it, one that it doubles comes once. */
export function nextTimes(cron: string, timeZone: string, after: Date, count: number): readonly Date[] {
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRuns(count, after);
}
