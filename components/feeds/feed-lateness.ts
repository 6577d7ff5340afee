import type { FeedView } from '@/lib/core/model/views.ts';
import { RISK_POLICY } from '@/lib/core/risk/policy.ts';

const HOUR = 3_600_000;

/** A sync that is older than this no longer holds what was published since. */
export const FEED_HOURS_MAX = RISK_POLICY.syncHoursMax;

export interface FeedLateness {
  /** Milliseconds since the last sync that worked; null where none ever did. */
  readonly age: number | null;
  /** Age against the limit, 0 to 1. */
  readonly share: number;
  /** Too old, or the last sync failed. What was never brought in is not late: nobody asked for it. */
  readonly isLate: boolean;
}

/** How old a feed is, held against the limit. */
export function feedLateness({ syncedAt, lastErrorAt }: FeedView, now: Date): FeedLateness {
  if (syncedAt === null) return { age: null, share: 0, isLate: false };
  const age = Math.max(0, now.getTime() - syncedAt.getTime());
  const hasFailed = lastErrorAt !== null && lastErrorAt > syncedAt;
  return { age, share: Math.min(1, age / (FEED_HOURS_MAX * HOUR)), isLate: hasFailed || age > FEED_HOURS_MAX * HOUR };
}

/** Late ones first, then the oldest: what has to be looked at stands on top. */
export function byLateness(feeds: readonly FeedView[], now: Date): readonly (FeedView & FeedLateness)[] {
  return feeds
    .map((feed) => ({ ...feed, ...feedLateness(feed, now) }))
    .sort((a, b) => Number(b.isLate) - Number(a.isLate) || (b.age ?? -1) - (a.age ?? -1));
}
