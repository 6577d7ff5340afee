import { expect, it } from 'vitest';
import { formatRun, formatRunElsewhere } from './run-time.ts';

const NOW = new Date('2026-11-28T12:00:00Z');

it.each([
  ['2026-11-30T02:00:00Z', 'UTC', 'Mon 30 Nov 02:00'],
  ['2026-11-30T02:00:00Z', 'Europe/Berlin', 'Mon 30 Nov 03:00'],
  ['2026-11-30T00:00:00Z', 'UTC', 'Mon 30 Nov 00:00'],
  ['2027-01-01T02:00:00Z', 'UTC', 'Fri 1 Jan 2027 02:00'],
  ['2026-12-31T23:30:00Z', 'Europe/Berlin', 'Fri 1 Jan 2027 00:30'],
])('%s in %s is %s', (time, zone, words) => {
  expect(formatRun(new Date(time), zone, NOW)).toBe(words);
});

it.each([
  ['2026-11-30T02:00:00Z', 'Europe/Berlin', '03:00 in Europe/Berlin'],
  ['2026-11-30T18:00:00Z', 'Asia/Tokyo', 'Tue 03:00 in Asia/Tokyo'],
])('%s is %s, %s', (time, zone, words) => {
  expect(formatRunElsewhere(new Date(time), zone)).toBe(words);
});
