import { describe, expect, it } from 'vitest';
import { formatChange, formatCounted, formatMatching, formatShare, formatUsd } from './format-count.ts';
import { formatAge, formatDuration, formatMoment } from './format-time.ts';

const now = new Date('2026-11-24T14:32:00Z');

describe('counts', () => {
  it.each([
    [0, '0.0%'],
    [0.0001, '0.1%'],
    [0.967, '96.7%'],
    [0.99999, '99.9%'],
    [1, '100.0%'],
  ])('a share of %d reads %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('an estimate says about', () => {
    expect(formatMatching({ count: 4_900_000, exact: false })).toBe('about 4.9M');
    expect(formatMatching({ count: 3871, exact: true })).toBe('3,871');
  });

  it('a fall carries a true minus', () => {
    expect(formatChange(-1184)).toBe('−1,184');
    expect(formatChange(8)).toBe('+8');
    expect(formatChange(0)).toBe('0');
  });

  it('one is singular and money has two decimals', () => {
    expect(formatCounted(1, 'finding')).toBe('1 finding');
    expect(formatCounted(0, 'finding')).toBe('0 findings');
    expect(formatUsd(9.09)).toBe('$9.09');
  });
});

describe('times', () => {
  it.each([
    [12_000, '12 s'],
    [4 * 60_000, '4 m'],
    [26 * 3_600_000, '26 h'],
    [9 * 86_400_000, '9 d'],
  ])('an age of %d ms reads %s', (age, text) => {
    expect(formatAge(age)).toBe(text);
  });

  it('a duration keeps its second unit', () => {
    expect(formatDuration(72_000)).toBe('1 m 12 s');
    expect(formatDuration(4_000)).toBe('4 s');
    expect(formatDuration(7_380_000)).toBe('2 h 03 m');
  });

  it('a moment of this day leaves the date out, one of another year the clock', () => {
    expect(formatMoment(new Date('2026-11-24T14:20:00Z'), now)).toBe('14:20 today');
    expect(formatMoment(new Date('2026-11-14T09:12:00Z'), now)).toBe('14 Nov 09:12');
    expect(formatMoment(new Date('2025-02-01T09:12:00Z'), now)).toBe('1 Feb 2025');
  });
});
