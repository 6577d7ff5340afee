import type { MailChoice, MailTime } from '../model/mail.ts';
import type { NoticeKind } from '../model/notice.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When a notice of this time is mailed, and how; null where it never is. */
export function whenToMail(
  kind: NoticeKind,
  choice: MailChoice,
  now: Date,
): { readonly time: Exclude<MailTime, 'never'>; readonly at: Date } | null {
  const time = choice.kinds[kind];
  if (time === 'never') return null;
  return { time, at: time === 'digest' ? nextDigest(choice, now) : afterQuiet(choice, now) };
}

/** Now, or the end of the quiet hours that now falls into. */
export function afterQuiet({ quiet, zone }: MailChoice, now: Date): Date {
  if (quiet === null || !isQuiet(quiet, localTime(now, zone).hour)) return now;
  return nextHour(now, zone, quiet.to, () => true);
}

/** The first time of the digest after now. */
export function nextDigest({ digest, zone }: MailChoice, now: Date): Date {
  return nextHour(now, zone, digest.hour, (weekday) => digest.every === 'day' || weekday === digest.weekday);
}

/** Whether this runtime knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isQuiet({ from, to }: { readonly from: number; readonly to: number }, hour: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  /** The clock on the wall, as if it were UTC. */
  readonly wall: number;
}

/** The first time after `now` at which a clock in the zone shows the full hour, on a day that counts. */
function nextHour(now: Date, zone: string, hour: number, counts: (weekday: number) => boolean): Date {
  const today = localTime(now, zone);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const wall = Date.UTC(today.year, today.month - 1, today.day + ahead, hour);
    const at = instantOf(wall, zone);
    // Sunday is 7.
    if (at.getTime() > now.getTime() && counts(new Date(wall).getUTCDay() || 7)) return at;
  }
  return new Date(now.getTime() + DAY_MS);
}

/** A time that the clock skips counts as the one after the gap; of one that it shows twice, the first counts. */
function instantOf(wall: number, zone: string): Date {
  const offsets = [-DAY_MS, DAY_MS].map((away) => {
    const near = new Date(wall + away);
    return localTime(near, zone).wall - near.getTime();
  });
  const found = offsets.map((offset) => wall - offset).filter((at) => localTime(new Date(at), zone).wall === wall);
  return new Date(found.length > 0 ? Math.min(...found) : wall - Math.min(...offsets));
}

function localTime(at: Date, zone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(Math.floor(at.getTime() / 1000) * 1000));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day, hour] = [of('year'), of('month'), of('day'), of('hour')];
  return { year, month, day, hour, wall: Date.UTC(year, month - 1, day, hour, of('minute'), of('second')) };
}
