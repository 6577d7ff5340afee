import { describe, expect, it } from 'vitest';
import { METER_FACTS, type Meter, type Month } from '../model/cost.ts';
import { billOf } from './bill.ts';
import { hourOf, meteredHours, monthHours, trialEnd } from './metered-hours.ts';
import { PRICE_BOOKS } from './price-books.ts';

const NOVEMBER = '2026-11-01T00:00Z';
const YEARS_LATER = '2036-01-01T00:00Z';

interface Example {
  readonly meter: Meter;
  readonly month: Month;
  readonly count: number;
  readonly from?: string;
  readonly to?: string;
  /** When the trial began. */
  readonly trial?: string;
}

/** Each by hand: what it is, and the cents by the built-in book and by the list prices. */
const EXAMPLES: readonly (readonly [string, Example, builtIn: number, list: number])[] = [
  ['an instance in a month of 30 days', ec2('2026-11', 1), 86, 125],
  ['an instance in a month of 31 days', ec2('2026-12', 1), 89, 129],
  ['an instance in a month of 28 days', ec2('2026-02', 1), 81, 117],
  ['an instance in a month of 29 days', ec2('2028-02', 1), 84, 121],
  ['an instance for one hour', ec2('2026-11', 1, NOVEMBER, '2026-11-01T01:00Z'), 0, 0],
  ['an instance for five hours', ec2('2026-11', 1, NOVEMBER, '2026-11-01T05:00Z'), 1, 1],
  ['a thousand instances for one hour', ec2('2026-11', 1000, NOVEMBER, '2026-11-01T01:00Z'), 120, 174],
  ['no instance', ec2('2026-11', 0), 0, 0],
  ['instances that were gone before the month', ec2('2026-11', 50, '2026-09-01T00:00Z', '2026-10-31T23:59Z'), 0, 0],
  ['instances that came after the month', ec2('2026-11', 50, '2026-12-01T00:00Z'), 0, 0],
  ['instances of the mockup', ec2('2026-11', 3000), 259_200, 375_000],
  ['instances of the contract', ec2('2026-11', 10), 864, 1250],
  ['instances without an agent', { meter: 'ec2-agentless', month: '2026-11', count: 10 }, 864, 1750],
  ['an instance without an agent, 31 days', { meter: 'ec2-agentless', month: '2026-12', count: 1 }, 89, 181],
  ['functions of the mockup', { meter: 'lambda', month: '2026-11', count: 1800 }, 77_760, 54_000],
  ['a function, 28 days', { meter: 'lambda', month: '2026-02', count: 1 }, 40, 28],
  [
    'functions for a hundred hours',
    { meter: 'lambda', month: '2026-11', count: 7, from: NOVEMBER, to: '2026-11-05T04:00Z' },
    42,
    29,
  ],
  ['code of functions has no price in the first book', { meter: 'lambda-code', month: '2026-11', count: 100 }, 0, 6000],
  ['images of the contract', { meter: 'ecr-first', month: '2026-11', count: 5 }, 45, 45],
  ['images of the mockup', { meter: 'ecr-first', month: '2026-11', count: 6812 }, 61_308, 61_308],
  ['images scanned again', { meter: 'ecr-again', month: '2026-11', count: 6 }, 0, 6],
  ['images of pipelines', { meter: 'ci-image', month: '2026-11', count: 3 }, 0, 9],
  ['assessments', { meter: 'cis', month: '2026-11', count: 40 }, 0, 120],
  ['the first month of a trial', ec2('2026-11', 10, NOVEMBER, undefined, NOVEMBER), 0, 625],
  ['its second month', ec2('2026-12', 10, NOVEMBER, undefined, NOVEMBER), 0, 1292],
  ['the month in which 90 days end', ec2('2027-01', 10, NOVEMBER, undefined, NOVEMBER), 58, 1292],
  ['the month after', ec2('2027-02', 10, NOVEMBER, undefined, NOVEMBER), 806, 1167],
  ['a trial that ends an hour before the month', trialOf('2026-11-02T23:30Z', '2027-01'), 120, 129_167],
  ['a trial that ends with the month', trialOf('2026-11-03T00:00Z', '2027-01'), 0, 129_167],
  ['a trial that ends with the month, by the minute', trialOf('2026-11-03T00:59Z', '2027-01'), 0, 129_167],
  ['one found in the trial and gone before its end', ec2('2026-11', 9, NOVEMBER, '2026-11-16T00:00Z', NOVEMBER), 0, 0],
  ['one gone an hour after 15 days of trial', ec2('2026-11', 1000, NOVEMBER, '2026-11-16T01:00Z', NOVEMBER), 0, 174],
  ['November of Berlin begins in October of UTC', ec2('2026-10', 1000, '2026-11-01T00:30+01:00'), 120, 174],
  ['and is all of November', ec2('2026-11', 1000, '2026-11-01T00:30+01:00'), 86_400, 125_000],
  ['October of New York ends in November of UTC', ec2('2026-10', 1000, '2026-10-31T20:30-05:00'), 0, 0],
  ['it is there when the hour begins', ec2('2026-10', 1000, '2026-10-31T23:59Z', '2026-11-01T00:59Z'), 120, 174],
  ['it is gone before the hour ends', ec2('2026-11', 1000, '2026-10-31T23:59Z', '2026-11-01T00:59Z'), 0, 0],
  ['a day', ec2('2026-11', 100, NOVEMBER, '2026-11-02T00:00Z'), 288, 417],
  [
    'the day of New York on which clocks go back',
    ec2('2026-11', 100, '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00'),
    300,
    434,
  ],
  ['half a cent is a cent', { meter: 'guardduty-events', month: '2026-11', count: 10_000 }, 1, 4],
  ['less than half a cent is none', { meter: 'guardduty-events', month: '2026-11', count: 9_999 }, 0, 4],
  ['events of the mockup', { meter: 'guardduty-events', month: '2026-11', count: 1_840_000_000 }, 92_000, 736_000],
  ['data of the mockup', { meter: 'macie-gigabytes', month: '2026-11', count: 2150 }, 215_000, 215_000],
];

function ec2(month: Month, count: number, from?: string, to?: string, trial?: string): Example {
  return {
    meter: 'ec2-agent',
    month,
    count,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(trial === undefined ? {} : { trial }),
  };
}

/** A thousand instances whose trial began when they came. */
function trialOf(began: string, month: Month): Example {
  return ec2(month, 1000, began, undefined, began);
}

function centsOf({ meter, month, count, from = '2020-01-01T00:00Z', to = YEARS_LATER, trial }: Example, at: number) {
  const book = PRICE_BOOKS[at];
  if (book === undefined) throw new Error('no book');
  const span = { from: hourOf(new Date(from)), to: hourOf(new Date(to)) };
  const paidFrom = trial === undefined ? null : trialEnd(new Date(trial), book.trialDays);
  const { hours, freeHours } = meteredHours(span, monthHours(month), paidFrom);
  const each = METER_FACTS[meter].isHours ? hours : 1;
  const free = METER_FACTS[meter].isHours ? freeHours : 0;
  const usage = { meter, region: 'us-east-1', count, units: count * each, freeUnits: count * free };
  return billOf([usage], book, `${month}-01`).cents;
}

describe('worked examples of the bill', () => {
  it.each(EXAMPLES)('by the built-in book: %s', (_what, example, expected) => {
    expect(centsOf(example, 0)).toBe(expected);
  });

  it.each(EXAMPLES)('by list prices: %s', (_what, example, _builtIn, expected) => {
    expect(centsOf(example, 1)).toBe(expected);
  });
});
