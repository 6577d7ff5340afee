import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METERS } from '../model/cost.ts';
import { billOf, type MeterUsage } from './bill.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS } from './price-books.ts';

const DAY = '2026-11-01';

const usage: fc.Arbitrary<MeterUsage> = fc
  .record({
    meter: fc.constantFrom(...METERS),
    region: fc.constantFrom('us-east-1', 'eu-central-1'),
    count: fc.nat(5000),
    units: fc.nat(4_000_000),
    share: fc.nat(100),
  })
  .map(({ share, ...used }) => ({ ...used, freeUnits: Math.floor((used.units * share) / 100) }));
const usages = fc.array(usage, { maxLength: 30 });
const books = fc.constantFrom(...PRICE_BOOKS);

describe('the bill', () => {
  it('of the contract is 9.09 USD, line by line', () => {
    const bill = billOf(
      [
        { meter: 'ecr-first', region: 'us-east-1', count: 5, units: 5, freeUnits: 0 },
        { meter: 'ec2-agent', region: 'us-east-1', count: 10, units: 7200, freeUnits: 0 },
      ],
      BUILT_IN_BOOK,
      DAY,
    );

    expect(bill.cents).toBe(909);
    expect(bill.lines.map(({ meter, units, cents }) => [meter, units, cents])).toEqual([
      ['ec2-agent', 7200, 864],
      ['ecr-first', 5, 45],
    ]);
  });

  it('is rounded once: lines of less than half a cent still add up', () => {
    const hour = { meter: 'ec2-agent', region: 'us-east-1', count: 1, units: 4, freeUnits: 0 } as const;
    const functions = { ...hour, meter: 'lambda', units: 8 } as const;
    const { cents, lines } = billOf([hour, functions], BUILT_IN_BOOK, DAY);

    expect(lines.map((line) => line.cents)).toEqual([0, 0]);
    expect(cents).toBe(1);
  });

  it('names what was used and has no price, and counts it as nothing', () => {
    const used = { meter: 'cis', region: 'us-east-1', count: 3, units: 3, freeUnits: 0 } as const;

    expect(billOf([used], BUILT_IN_BOOK, DAY)).toMatchObject({ cents: 0, unpriced: ['cis'] });
    expect(billOf([{ ...used, units: 0 }], BUILT_IN_BOOK, DAY).unpriced).toEqual([]);
  });

  it.each([
    { units: -1, freeUnits: 0 },
    { units: Number.NaN, freeUnits: 0 },
    { units: 1, freeUnits: 2 },
    { units: 1, freeUnits: -1 },
    { units: Number.POSITIVE_INFINITY, freeUnits: 0 },
  ])('refuses usage that cannot be: %j', (amounts) => {
    const used = { meter: 'lambda', region: 'us-east-1', count: 1, ...amounts } as const;

    expect(() => billOf([used], BUILT_IN_BOOK, DAY)).toThrow(/no usage of Lambda functions/);
  });

  it('never falls when resources or hours are added', () => {
    fc.assert(
      fc.property(usages, usage, books, (all, more, book) => {
        expect(billOf([...all, more], book, DAY).cents).toBeGreaterThanOrEqual(billOf(all, book, DAY).cents);
      }),
    );
  });

  it('does not change with the order', () => {
    fc.assert(
      fc.property(
        usages.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        books,
        ([all, shuffled], book) => {
          expect(billOf(shuffled, book, DAY)).toEqual(billOf(all, book, DAY));
        },
      ),
    );
  });

  it('split over accounts adds up to the whole within half a cent for each line', () => {
    fc.assert(
      fc.property(fc.array(usages, { minLength: 1, maxLength: 8 }), books, (accounts, book) => {
        const bills = accounts.map((used) => billOf(used, book, DAY));
        const parts = bills.reduce((sum, { cents }) => sum + cents, 0);
        const whole = billOf(accounts.flat(), book, DAY);

        expect(Math.abs(parts - whole.cents)).toBeLessThanOrEqual((bills.length + 1) / 2);
        for (const { meter, cents } of whole.lines) {
          const mine = bills.flatMap(({ lines }) => lines.filter((line) => line.meter === meter));
          const sum = mine.reduce((total, line) => total + line.cents, 0);
          expect(Math.abs(sum - cents)).toBeLessThanOrEqual((mine.length + 1) / 2);
        }
      }),
    );
  });
});
