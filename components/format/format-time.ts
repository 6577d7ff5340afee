const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `4 m`, `26 h`, `9 d`: hours up to two days, because a scan that is 26 h late is not "1 d" late. */
export function formatAge(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`;
  if (span < 2 * HOUR) return `${Math.floor(span / MINUTE)} m`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h`;
  return `${Math.floor(span / DAY)} d`;
}

/** `4 s`, `1 m 12 s`, `2 h 03 m`: how long something took. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `14 Nov`. */
export function formatDay(time: Date): string {
  return day.format(time);
}

/** `14 Nov 2026`. */
export function formatDate(time: Date): string {
  return dayAndYear.format(time);
}

/** `14:32`, in UTC. */
export function formatClock(time: Date): string {
  return clock.format(time);
}

/** `14:32:08`, in UTC. */
export function formatClockSeconds(time: Date): string {
  return clockWithSeconds.format(time);
}

/** `14:20 today` or `14 Nov 09:12`, in UTC. */
export function formatMoment(time: Date, now: Date): string {
  if (formatDate(time) === formatDate(now)) return `${formatClock(time)} today`;
  if (time.getUTCFullYear() !== now.getUTCFullYear()) return formatDate(time);
  return `${formatDay(time)} ${formatClock(time)}`;
}
