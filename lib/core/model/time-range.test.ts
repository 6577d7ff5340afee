import { describe, expect, it } from 'vitest';
import { monthOfPeriod, parseTimeRange, pastDayOf, periodOf } from './time-range.ts';

const NOW = new Date('2026-11-24T14:32:00Z');

describe('a period', () => {
  it.each([
    ['now', '2026-11-24', '2026-11-24', null],
    ['24h', '2026-11-23', '2026-11-24', null],
    ['90d', '2026-08-26', '2026-11-24', null],
    ['month:2026-10', '2026-10-01', '2026-10-31', '2026-10-31'],
    ['month:2024-02', '2024-02-01', '2024-02-29', '2024-02-29'],
    ['month:2026-11', '2026-11-01', '2026-11-24', null],
    ['2026-11-01..2026-11-20', '2026-11-01', '2026-11-20', '2026-11-20'],
    ['2026-11-20..2026-11-20', '2026-11-20', '2026-11-20', '2026-11-20'],
    ['2026-11-20..2099-01-01', '2026-11-20', '2026-11-24', null],
    ['2099-01-01..2099-02-01', '2026-11-24', '2026-11-24', null],
  ])('%s is %s to %s', (text, from, to, past) => {
    const range = parseTimeRange(text);
    if (range === null) throw new Error(`${text} was not read`);

    expect(periodOf(range, NOW)).toEqual({ from, to });
    expect(pastDayOf(range, NOW)).toBe(past);
  });

  it.each([
    '',
    'for-ever',
    'month:2026-13',
    'month:2026-1',
    'month:',
    '2026-02-30..2026-03-01',
    '2026-11-20..2026-11-01',
    '2026-11-20',
    '2026-11-20..2026-11-21..2026-11-22',
    '..',
    "2026-11-20..2026-11-21'; drop",
  ])('that cannot be read is none: %s', (text) => {
    expect(parseTimeRange(text)).toBeNull();
  });
});

describe('the month of a period', () => {
  it.each([
    ['90d', '2026-11'],
    ['month:2026-09', '2026-09'],
    ['2026-09-20..2026-10-02', '2026-10'],
    ['month:2027-01', '2026-11'],
  ] as const)('%s is %s', (range, month) => {
    expect(monthOfPeriod(range, NOW)).toBe(month);
  });
});
