import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Month } from '../model/cost.ts';
import { hourOf, meteredHours, monthHours, monthOf, parseMonth, timeOfHour } from './metered-hours.ts';

const hour = fc.integer({ min: 490_000, max: 510_000 });
const span = fc.tuple(hour, hour).map(([from, to]) => ({ from: Math.min(from, to), to: Math.max(from, to) }));

describe('hours of a month', () => {
  it.each([
    ['2026-02', 672],
    ['2028-02', 696],
    ['2100-02', 672],
    ['2026-11', 720],
    ['2026-12', 744],
  ] as const)('%s has %i', (month, hours) => {
    const { from, to } = monthHours(month);

    expect(to - from).toBe(hours);
    expect(monthOf(timeOfHour(from))).toBe(month);
    expect(monthOf(timeOfHour(to - 1))).toBe(month);
    expect(monthOf(timeOfHour(to))).not.toBe(month);
  });

  it('is of UTC whatever the clock on the wall says', () => {
    expect(monthOf(new Date('2026-12-01T00:30+01:00'))).toBe('2026-11');
    expect(monthOf(new Date('2026-11-30T20:30-05:00'))).toBe('2026-12');
    expect(hourOf(new Date('2026-11-01T05:30+05:30'))).toBe(monthHours('2026-11').from);
  });

  it.each(['2026-13', '2026-00', '2026-1', '26-01', '2026-11-01', ''])('%j is no month', (text) => {
    expect(parseMonth(text)).toBeNull();
  });

  it('that does not exist is refused', () => {
    expect(() => monthHours('2026-13' as Month)).toThrow(/no month/);
  });
});

describe('metered hours', () => {
  it('of a span cut in two are those of both parts', () => {
    fc.assert(
      fc.property(span, span, hour, fc.option(hour), (whole, month, cut, paidFrom) => {
        const at = Math.min(Math.max(cut, whole.from), whole.to);
        const all = meteredHours(whole, month, paidFrom);
        const parts = [
          meteredHours({ from: whole.from, to: at }, month, paidFrom),
          meteredHours({ from: at, to: whole.to }, month, paidFrom),
        ];
        expect(parts.reduce((sum, { hours }) => sum + hours, 0)).toBe(all.hours);
        expect(parts.reduce((sum, { freeHours }) => sum + freeHours, 0)).toBe(all.freeHours);
        expect(all.freeHours).toBeLessThanOrEqual(all.hours);
      }),
    );
  });
});
