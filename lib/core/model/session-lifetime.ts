/** A session that nobody used for this long is over. Seconds. */
export const SESSION_IDLE_SECONDS = 12 * 60 * 60;

/** No session outlives this, however busy it is. Seconds. */
export const SESSION_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** The earliest last use that still counts as alive at `now`. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - SESSION_IDLE_SECONDS * 1000);
}
