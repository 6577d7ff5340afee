import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietTime } from '../model/scan-target.ts';
import { dayOf, isQuiet, minuteOf, minuteOfWeek, quietEnd, quietInWords, timeOf } from './quiet-time.ts';
import { nextTimes } from './schedule-times.ts';

const at = (day: number, hour: number, minute = 0): number => day * 1_440 + hour * 60 + minute;
const FREEZE: QuietTime = { from: at(4, 18), to: at(0, 6), timeZone: 'UTC' };

describe('a moment', () => {
  it.each([
    ['2026-11-27T17:59:59Z', false],
    ['2026-11-27T18:00:00Z', true],
    ['2026-11-29T12:00:00Z', true],
    ['2026-11-30T05:59:59Z', true],
    ['2026-11-30T06:00:00Z', false],
  ])('%s is quiet from Friday to Monday: %s', (time, isIn) => {
    expect(isQuiet(FREEZE, new Date(time))).toBe(isIn);
  });

  it('is read by the clock of the time zone', () => {
    expect(minuteOfWeek(new Date('2026-11-29T23:30:00Z'), 'Europe/Berlin')).toBe(at(0, 0, 30));
    expect(minuteOfWeek(new Date('2026-11-29T23:30:00Z'), 'America/New_York')).toBe(at(6, 18, 30));
  });
});

describe('the next times', () => {
  const times = (cron: string, quiet: QuietTime | null, count = 3): readonly string[] =>
    nextTimes(cron, 'UTC', new Date('2026-11-27T12:00:00Z'), count, quiet).map((one) => one.toISOString());

  it('leave out what is quiet, and begin at its end', () => {
    expect(times('0 */6 * * *', FREEZE)).toEqual([
      '2026-11-30T06:00:00.000Z',
      '2026-11-30T12:00:00.000Z',
      '2026-11-30T18:00:00.000Z',
    ]);
    expect(times('0 3 * * *', FREEZE, 1)).toEqual(['2026-12-01T03:00:00.000Z']);
  });

  it('are none where every one of them is quiet', () => {
    expect(times('0 3 * * 6', FREEZE)).toEqual([]);
    expect(times('* * * * 6', FREEZE)).toEqual([]);
  });

  it('of every minute are found without walking through the quiet ones', () => {
    expect(times('* * * * *', { ...FREEZE, from: at(4, 12) }, 2)).toEqual([
      '2026-11-30T06:00:00.000Z',
      '2026-11-30T06:01:00.000Z',
    ]);
  });

  it('are those of the schedule without the quiet ones, in any zone and over changes of the clock', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    const minute = fc.integer({ min: 0, max: 10_079 });
    const quiet = fc.record({ from: minute, to: minute, timeZone: zone }).filter(({ from, to }) => from !== to);
    const cron = fc.constantFrom('0 3 * * *', '30 */5 * * *', '15 2 * * 0', '0 */1 * * *');
    const day = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(quiet, cron, zone, day, (one, text, timeZone, days) => {
        const after = new Date(Date.UTC(2026, 0, 1) + days * 86_400_000);
        const end = after.getTime() + 21 * 86_400_000;
        const expected = nextTimes(text, timeZone, after, 510)
          .filter((time) => time.getTime() < end && !isQuiet(one, time))
          .slice(0, 40);
        const found = nextTimes(text, timeZone, after, 40, one).filter((time) => time.getTime() < end);
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('the end of a quiet time is no longer in it', () => {
    expect(quietEnd(FREEZE, new Date('2026-11-28T10:20:30Z'))).toEqual(new Date('2026-11-30T06:00:00Z'));
  });
});

describe('the words', () => {
  it('a quiet time reads as days and times', () => {
    expect(quietInWords({ from: 4 * 1_440 + 18 * 60, to: 6 * 60, timeZone: 'UTC' })).toBe('Fri 18:00 to Mon 06:00');
  });

  it('each minute of the week is read as it is written', () => {
    for (let minute = 0; minute < 7 * 1_440; minute += 1) expect(minuteOf(dayOf(minute), timeOf(minute))).toBe(minute);
  });

  it.each([
    ['Fri', ''],
    ['Fri', '24:00'],
    ['Fri', '7:00'],
    ['Day', '07:00'],
  ])('%s %s is no time', (day, time) => {
    expect(minuteOf(day, time)).toBeNull();
  });
});
