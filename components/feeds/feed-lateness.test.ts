import { describe, expect, it } from 'vitest';
import type { FeedView } from '@/lib/core/model/views.ts';
import { byLateness, FEED_HOURS_MAX, feedLateness } from './feed-lateness.ts';

const NOW = new Date('2026-11-24T14:32:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

function feed(source: string, syncedAt: Date | null, lastErrorAt: Date | null = null): FeedView {
  return { source, records: 1, newestRecord: null, syncedAt, lastError: lastErrorAt ? 'It broke.' : null, lastErrorAt };
}

describe('how late a feed is', () => {
  it('counts from the last sync that worked, up to the limit', () => {
    expect(feedLateness(feed('a', ago(FEED_HOURS_MAX / 2)), NOW)).toEqual({
      age: (FEED_HOURS_MAX / 2) * 3_600_000,
      share: 0.5,
      isLate: false,
    });
    expect(feedLateness(feed('a', ago(FEED_HOURS_MAX * 3)), NOW)).toMatchObject({ share: 1, isLate: true });
  });

  it('a failure since then is late at once, one before it is not', () => {
    expect(feedLateness(feed('a', ago(2), ago(1)), NOW).isLate).toBe(true);
    expect(feedLateness(feed('a', ago(1), ago(2)), NOW).isLate).toBe(false);
  });

  it('what was never brought in is not late', () => {
    expect(feedLateness(feed('a', null, ago(1)), NOW)).toEqual({ age: null, share: 0, isLate: false });
  });

  it('late feeds stand first, then the oldest', () => {
    const feeds = [feed('young', ago(1)), feed('never', null), feed('old', ago(9)), feed('failed', ago(2), ago(1))];
    expect(byLateness(feeds, NOW).map(({ source }) => source)).toEqual(['failed', 'old', 'young', 'never']);
  });
});
