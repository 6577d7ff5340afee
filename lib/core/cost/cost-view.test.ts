import { describe, expect, it } from 'vitest';
import type { Meter } from '../model/cost.ts';
import type { UsageRow } from '../model/usage.ts';
import { costLines, costView, pastHours } from './cost-view.ts';
import { monthHours } from './metered-hours.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS } from './price-books.ts';

const NOW = new Date('2026-12-02T10:30:00Z');
const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const CHOICES = { month: '2026-11', book: BUILT_IN_BOOK, withTrial: false } as const;
const [, LIST = BUILT_IN_BOOK] = PRICE_BOOKS;

function row(meter: Meter, environment: string | null, resources: number, units: number, more: Partial<UsageRow> = {}) {
  return {
    accountId: '111122223333',
    accountName: 'shop',
    accountSince: LONG_AGO,
    region: 'us-east-1',
    environment,
    meter,
    resources,
    units,
    presentResources: 0,
    freeUnits: 0,
    assumedUnits: 0,
    wayUnknownUnits: 0,
    unknownUnits: 0,
    unknownResources: 0,
    unseenUnits: 0,
    unseenResources: 0,
    ...more,
  } satisfies UsageRow;
}

function rowsOf(environment: string | null, instances: number, images: number, functions: number) {
  return [
    row('ec2-agent', environment, instances, instances * 720),
    row('ecr-first', environment, images, images),
    row('lambda', environment, functions, functions * 720),
  ];
}

const MOCKUP = [
  ...rowsOf(null, 275, 310, 100),
  ...rowsOf('dev', 825, 2988, 475),
  ...rowsOf('prod', 1425, 2210, 900),
  ...rowsOf('staging', 475, 1304, 325),
];

describe('the cost of a month', () => {
  const view = costView({ rows: MOCKUP, outside: 0 }, CHOICES, NOW);

  it('is count × hours × price, by resource type', () => {
    expect(view).toMatchObject({ cents: 398_268, isOver: true, hoursOfMonth: 720, hoursCounted: 720 });
    expect(view.kinds.map(({ kind, cents, share }) => [kind, cents, (share * 100).toFixed(1)])).toEqual([
      ['ec2', 259_200, '65.1'],
      ['ecr', 61_308, '15.4'],
      ['lambda', 77_760, '19.5'],
    ]);
    expect(view.kinds[0]?.terms).toMatchObject([{ count: 3000, units: 2_160_000, price: { usd: '0.0012', per: 1 } }]);
  });

  it('is split by environment, dearest first, and what has no tag comes last', () => {
    expect(
      view.environments.map(({ environment, kinds, cents }) => [environment, ...Object.values(kinds), cents]),
    ).toEqual([
      ['prod', 123_120, 19_890, 38_880, 181_890],
      ['dev', 71_280, 26_892, 20_520, 118_692],
      ['staging', 41_040, 11_736, 14_040, 66_816],
      [null, 23_760, 2790, 4320, 30_870],
    ]);
  });

  it('is split by account, dearest first', () => {
    const cheap = { accountId: '999999999999', accountName: 'lab' };
    const { accounts } = costView(
      {
        rows: [row('ec2-agentless', 'dev', 2, 1440, cheap), row('ecr-again', 'dev', 3, 7, cheap), ...MOCKUP],
        outside: 0,
      },
      CHOICES,
      NOW,
    );

    expect(
      accounts.map(({ accountName, instances, imageScans, functions, cents }) => [
        accountName,
        instances,
        imageScans,
        functions,
        cents,
      ]),
    ).toEqual([
      ['shop', 3000, 6812, 1800, 398_268],
      ['lab', 2, 7, 0, 173],
    ]);
  });

  it('changes with the book', () => {
    expect(costView({ rows: MOCKUP, outside: 0 }, { ...CHOICES, book: LIST }, NOW)).toMatchObject({
      cents: 375_000 + 61_308 + 54_000,
      book: { id: 'list', readOn: '2026-07-01', trialDays: 15, staleDays: null },
    });
  });

  it('has a line for each meter in each place', () => {
    const lines = costLines({ rows: MOCKUP, outside: 0 }, CHOICES);

    expect(lines).toHaveLength(12);
    expect(lines[0]).toMatchObject({ environment: null, term: { meter: 'ec2-agent', units: 198_000, cents: 23_760 } });
  });

  it('that is not over ends with the present hour, and one to come has none', () => {
    const { from, to } = monthHours('2026-12');

    expect(pastHours('2026-12', NOW)).toEqual({ from, to: from + 34 });
    expect(pastHours('2026-11', NOW)).toEqual(monthHours('2026-11'));
    expect(pastHours('2027-01', NOW)).toEqual({ from: to, to });
    expect(costView({ rows: [], outside: 0 }, { ...CHOICES, month: '2026-12' }, NOW)).toMatchObject({
      cents: 0,
      isOver: false,
      hoursCounted: 34,
      until: new Date('2026-12-02T10:00:00Z'),
      environments: [],
      accounts: [],
      doubts: [],
    });
  });

  it('is forecast for what is still there, until the month is over', () => {
    const rows = [
      row('ec2-agent', 'prod', 10, 340, { presentResources: 8 }),
      row('ecr-first', 'prod', 5, 5),
      row('lambda', 'prod', 1, 34, { presentResources: 1 }),
    ];
    const december = { ...CHOICES, month: '2026-12' } as const;

    // (340 + 8 × 710) × 0.0012 + 5 × 0.09 + (34 + 710) × 0.0006 = 7.224 + 0.45 + 0.4464
    expect(costView({ rows, outside: 0 }, december, NOW)).toMatchObject({ cents: 88, forecastCents: 812 });
    expect(costView({ rows, outside: 0 }, { ...december, withTrial: true }, NOW).forecastCents).toBeNull();
    expect(costView({ rows, outside: 0 }, CHOICES, NOW).forecastCents).toBeNull();
  });
});

describe('a doubt', () => {
  const doubts = (rows: readonly UsageRow[], more: object = {}, outside = 0) =>
    costView({ rows, outside }, { ...CHOICES, ...more }, NOW).doubts;

  it('is none where all is known', () => {
    expect(doubts([row('ec2-agent', 'prod', 1, 720)])).toEqual([]);
  });

  it.each([
    [{ unknownUnits: 1500, unknownResources: 3 }, '1,500 hours of 3 resources not counted: whether'],
    [{ unseenUnits: 1, unseenResources: 1 }, '1 hour of 1 resource not counted: nobody has been able'],
    [{ assumedUnits: 240 }, '240 hours counted from discovery until a stop'],
    [{ wayUnknownUnits: 720 }, '720 instance-hours counted as with an agent'],
    [{ accountSince: new Date('2026-11-01T01:00:00Z') }, '1 account first seen after the month began'],
    [{ region: 'eu-west-1' }, 'The book has prices of us-east-1 alone; they stand in for eu-west-1.'],
  ])('is told where the ledger does not know: %j', (more, sentence) => {
    expect(doubts([row('ec2-agent', 'prod', 1, 720, more)])).toEqual([expect.stringContaining(sentence)]);
  });

  it('is told of prices that are missing, old or of another time', () => {
    expect(doubts([row('cis', 'prod', 1, 4)])).toEqual([
      expect.stringContaining('CIS assessments: the book has no price'),
    ]);
    expect(doubts([], { month: '2026-07' })).toEqual([expect.stringContaining('The book holds from 2026-08-22 on')]);
    expect(costView({ rows: [], outside: 0 }, CHOICES, new Date('2027-06-01T00:00:00Z')).doubts).toEqual([
      'The prices were read 283 days ago; they may have changed.',
    ]);
  });

  it('is told of images, and of what is outside AWS', () => {
    expect(doubts([row('ecr-first', 'prod', 1, 1)])).toEqual([expect.stringContaining('as they were scanned here')]);
    expect(doubts([], {}, 2)).toEqual([expect.stringContaining('2 resources outside AWS')]);
  });
});
