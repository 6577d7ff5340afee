import { describe, expect, it } from 'vitest';
import { daysBefore, monthsBefore, timeWords } from './time-words.ts';

describe('the words of a period', () => {
  it('name running ranges, months and days', () => {
    expect(timeWords('7d')).toBe('Last 7 days');
    expect(timeWords('month:2026-10')).toBe('Oct 2026');
    expect(timeWords('2026-11-01..2026-11-20')).toBe('1 Nov to 20 Nov 2026');
    expect(timeWords('2025-12-30..2026-01-02')).toBe('30 Dec 2025 to 2 Jan 2026');
    expect(timeWords('2026-11-20..2026-11-20')).toBe('20 Nov 2026');
  });

  it('offers whole months only, over the turn of a year', () => {
    expect(monthsBefore(new Date('2026-01-31T23:00:00Z'), 3)).toEqual([
      'month:2025-12',
      'month:2025-11',
      'month:2025-10',
    ]);
    expect(daysBefore(new Date('2026-03-01T00:00:00Z'), 1)).toBe('2026-02-28');
  });
});
