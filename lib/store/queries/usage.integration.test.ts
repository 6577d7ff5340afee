import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourOf, meteredHours, monthHours, trialEnd } from '../../core/cost/metered-hours.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { UsageRow } from '../../core/model/usage.ts';
import { accountOf, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { addLedgerThing, type LedgerThing, USAGE_ACCOUNT } from '../../testing/usage-fixture.ts';
import { openDatabase } from '../client.ts';
import { sqlOfPool } from '../sql.ts';
import { usage } from './usage.ts';

const EVERYTHING: VisibleScope = { ...WHOLE_ESTATE, accounts: null };
const NOVEMBER = monthHours('2026-11');
const LONG_AGO = '2026-01-01T00:00Z';
const OTHER = '444455556666';
const ON = { state: 'eligible', way: 'ssm-inventory' } as const;

let fixture: StoreFixture;

beforeEach(async () => {
  fixture = await openStoreFixture();
  await fixture.stores.resources.upsertAccounts([accountOf(USAGE_ACCOUNT), accountOf(OTHER)], new Date(LONG_AGO));
});

afterEach(() => fixture?.close());

async function usageOf(
  things: readonly LedgerThing[],
  ask: Partial<{ from: number; to: number; trialDays: number | null }> = {},
  visible: VisibleScope = EVERYTHING,
): Promise<readonly UsageRow[]> {
  for (const thing of things) await addLedgerThing(fixture, thing);
  return (await fixture.stores.reads.usage(visible, { ...NOVEMBER, trialDays: null, ...ask })).rows;
}

const EXPECTED = { units: 0, assumedUnits: 0, unknownUnits: 0, unseenUnits: 0 };

describe('hours that were metered', () => {
  it.each<[string, Partial<LedgerThing>, Partial<typeof EXPECTED>]>([
    ['of one that was there all month', { ...ON, seen: LONG_AGO }, { units: 720 }],
    ['of one that was found in the month', { ...ON, seen: '2026-11-10T00:00Z' }, { units: 504 }],
    ['of one found within an hour', { ...ON, seen: '2026-11-29T23:59Z' }, { units: 25 }],
    ['of one that went in the month', { ...ON, seen: LONG_AGO, gone: '2026-11-02T01:30Z' }, { units: 25 }],
    ['of one that came and went', { ...ON, seen: '2026-11-05T10:20Z', gone: '2026-11-05T12:40Z' }, { units: 2 }],
    [
      'of one that was stopped after scans, which are counted from discovery',
      { seen: LONG_AGO, state: 'not-assessed', since: '2026-11-11T00:00Z', scans: [['2026-02-01T00:00Z', 'complete']] },
      { units: 240, assumedUnits: 240 },
    ],
    [
      'of one that was excluded before the month',
      { seen: LONG_AGO, state: 'excluded', since: '2026-10-11T00:00Z', scans: [['2026-02-01T00:00Z', 'complete']] },
      {},
    ],
    ['of one that was always stopped', { seen: LONG_AGO, state: 'not-assessed', since: LONG_AGO }, {}],
    [
      'of one that was stopped and never scanned, which nobody knows',
      { seen: LONG_AGO, state: 'not-assessed', since: '2026-11-11T00:00Z' },
      { unknownUnits: 240 },
    ],
    [
      'of one that was switched on in the month, of which the time before is not known',
      { ...ON, seen: LONG_AGO, since: '2026-11-21T00:00Z' },
      { units: 240, unknownUnits: 480 },
    ],
    [
      'of one that was switched on after the month',
      { ...ON, seen: LONG_AGO, since: '2026-12-21T00:00Z' },
      { unknownUnits: 720 },
    ],
    [
      'of one that nobody could look at for long: two days after the last sight',
      { ...ON, seen: LONG_AGO, last: '2026-11-08T00:00Z' },
      { units: 216, unseenUnits: 504 },
    ],
    ['of a sample, which nobody looks at', { seen: LONG_AGO, last: LONG_AGO, sample: true }, { units: 720 }],
  ])('%s', async (_what, thing, expected) => {
    const rows = await usageOf([{ key: 'i-1', seen: LONG_AGO, ...thing }]);
    const [row = EXPECTED] = rows;

    expect(rows.length).toBeLessThanOrEqual(1);
    expect({
      units: row.units,
      assumedUnits: row.assumedUnits,
      unknownUnits: row.unknownUnits,
      unseenUnits: row.unseenUnits,
    }).toEqual({ ...EXPECTED, ...expected });
  });

  it('end with the present in a month that is not over', async () => {
    const [row] = await usageOf([{ ...ON, key: 'i-1', seen: LONG_AGO }], { to: NOVEMBER.from + 31 });

    expect(row).toMatchObject({ units: 31, unseenUnits: 0 });
  });

  it('go on with what is eligible and in sight', async () => {
    const rows = await usageOf(
      [
        { ...ON, key: 'there', seen: LONG_AGO, environment: 'there' },
        { ...ON, key: 'gone', seen: LONG_AGO, environment: 'gone', gone: '2026-11-02T00:00Z' },
        { ...ON, key: 'unseen', seen: LONG_AGO, environment: 'unseen', last: '2026-11-01T00:00Z' },
        {
          key: 'stopped',
          seen: LONG_AGO,
          environment: 'stopped',
          state: 'not-assessed',
          since: '2026-11-04T00:00Z',
          scans: [['2026-10-01T00:00Z', 'complete']],
        },
      ],
      { to: NOVEMBER.from + 100 },
    );

    expect(rows.map((row) => [row.environment, row.units, row.presentResources])).toEqual([
      ['gone', 24, 0],
      ['stopped', 72, 0],
      ['there', 100, 1],
      ['unseen', 48, 0],
    ]);
  });

  it('go on where its place was read, though nothing of it changed', async () => {
    await fixture.database.pool.query(
      `insert into account_place (account_id, region, service, state, since, looked_at, read_at)
       values ($1, 'eu-central-1', 'ec2', 'denied', $2, $3, $2)`,
      [USAGE_ACCOUNT, '2026-11-20T00:00Z', '2026-11-30T00:00Z'],
    );
    const [row] = await usageOf([{ ...ON, key: 'i-1', seen: LONG_AGO, last: LONG_AGO }]);

    expect(row).toMatchObject({ units: 21 * 24, unseenUnits: 9 * 24, unseenResources: 1 });
  });

  it('are apart by way, place and environment, and what has no tag or way says so', async () => {
    const rows = await usageOf([
      { ...ON, key: 'i-1', seen: LONG_AGO },
      { ...ON, key: 'i-2', seen: LONG_AGO, way: 'snapshot' },
      { ...ON, key: 'i-3', seen: LONG_AGO, environment: null },
      { key: 'i-4', seen: LONG_AGO, region: 'us-east-1' },
      { key: 'f-1', kind: 'lambda', seen: LONG_AGO, state: 'eligible', way: 'function-code' },
      { key: 'host', kind: 'host', seen: LONG_AGO, region: 'local' },
    ]);

    expect(
      rows.map((row) => [row.meter, row.region, row.environment, row.resources, row.units, row.wayUnknownUnits]),
    ).toEqual([
      ['ec2-agent', 'eu-central-1', 'prod', 1, 720, 0],
      ['ec2-agentless', 'eu-central-1', 'prod', 1, 720, 0],
      ['lambda', 'eu-central-1', 'prod', 1, 720, 0],
      ['ec2-agent', 'eu-central-1', null, 1, 720, 0],
      ['ec2-agent', 'us-east-1', 'prod', 1, 720, 720],
    ]);
    expect((await fixture.stores.reads.usage(EVERYTHING, { ...NOVEMBER, trialDays: null })).outside).toBe(1);
  });

  it('are of what the reader may see', async () => {
    const things = [
      { ...ON, key: 'i-1', seen: LONG_AGO },
      { ...ON, key: 'i-2', seen: LONG_AGO, accountId: OTHER },
    ];

    expect((await usageOf(things, {}, { ...EVERYTHING, accounts: [OTHER] })).map((row) => row.accountId)).toEqual([
      OTHER,
    ]);
    expect(await usageOf([], {}, { ...EVERYTHING, accounts: [] })).toEqual([]);
    expect(await usageOf([], {}, { ...EVERYTHING, environments: ['dev'] })).toEqual([]);
  });

  it('in the trial are told, for each account and resource type from its first resource', async () => {
    const rows = await usageOf(
      [
        { ...ON, key: 'i-1', seen: '2026-10-20T12:30Z' },
        { ...ON, key: 'i-2', seen: '2026-11-10T00:00Z', region: 'us-east-1' },
        { key: 'f-1', kind: 'lambda', seen: '2026-11-01T00:00Z', state: 'eligible', way: 'function-code' },
        { ...ON, key: 'i-3', seen: LONG_AGO, accountId: OTHER },
      ],
      { trialDays: 15 },
    );

    expect(rows.map((row) => [row.accountId, row.meter, row.region, row.units, row.freeUnits])).toEqual([
      [USAGE_ACCOUNT, 'ec2-agent', 'eu-central-1', 720, 3 * 24 + 12],
      [USAGE_ACCOUNT, 'lambda', 'eu-central-1', 720, 360],
      [USAGE_ACCOUNT, 'ec2-agent', 'us-east-1', 504, 0],
      [OTHER, 'ec2-agent', 'eu-central-1', 720, 0],
    ]);
  });

  it('are as the core counts them, for spans at any minute and a session in any time zone', async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 9, 20) + n * 60_000);
    const spans = Array.from({ length: 60 }, (_, n) => ({
      seen: at(n * 997),
      gone: at(n * 997 + ((n * 7919) % 40_000)),
    }));
    await fixture.database.pool.query(`do $$ begin
      execute format('alter database %I set timezone to ''Asia/Kolkata''', current_database()); end $$`);
    for (const [n, { seen, gone }] of spans.entries()) {
      await addLedgerThing(fixture, {
        ...ON,
        key: `i-${n}`,
        region: `eu-west-${n}`,
        seen: seen.toISOString(),
        gone: gone.toISOString(),
      });
    }
    const database = openDatabase(fixture.url);
    const zone = await database.pool.query<{ TimeZone: string }>('show timezone');
    expect(zone.rows[0]?.TimeZone).toBe('Asia/Kolkata');
    const { rows } = await usage(sqlOfPool(database.pool), EVERYTHING, { ...NOVEMBER, trialDays: 15 });
    await database.close();
    const paidFrom = trialEnd(at(0), 15);
    const expected = spans.map(({ seen, gone }) =>
      meteredHours({ from: hourOf(seen), to: hourOf(gone) }, NOVEMBER, paidFrom),
    );

    expect(expected.filter(({ freeHours }) => freeHours > 0).length).toBeGreaterThan(5);
    for (const [n, { hours, freeHours }] of expected.entries()) {
      const row = rows.find(({ region }) => region === `eu-west-${n}`);
      expect([row?.units ?? 0, row?.freeUnits ?? 0], `span ${n}`).toEqual([hours, freeHours]);
    }
  });
});

describe('images that were metered', () => {
  const image = (key: string, scans: LedgerThing['scans'], more: Partial<LedgerThing> = {}): LedgerThing => ({
    key,
    kind: 'ecr',
    seen: LONG_AGO,
    state: 'eligible',
    way: 'registry',
    scans: scans ?? [],
    ...more,
  });

  it('are scanned first once, and again by each later scan that did not fail', async () => {
    const rows = await usageOf([
      image('first', [['2026-11-01T00:00Z', 'complete']]),
      image('first-and-again', [
        ['2026-11-02T00:00Z', 'failed'],
        ['2026-11-03T00:00Z', 'partial'],
        ['2026-11-04T00:00Z', 'complete'],
        ['2026-11-30T23:59Z', 'complete'],
      ]),
      image('again', [
        ['2026-10-31T23:59Z', 'complete'],
        ['2026-11-09T00:00Z', 'complete'],
      ]),
      image('failed', [['2026-11-09T00:00Z', 'failed']]),
      image('later', [['2026-12-01T00:00Z', 'complete']]),
      image('gone', [['2026-11-09T00:00Z', 'complete']], { gone: '2026-11-10T00:00Z', environment: null }),
    ]);

    expect(rows.map((row) => [row.meter, row.environment, row.resources, row.units])).toEqual([
      ['ecr-again', 'prod', 2, 3],
      ['ecr-first', 'prod', 2, 2],
      ['ecr-first', null, 1, 1],
    ]);
  });

  it('cost nothing while the trial runs', async () => {
    const rows = await usageOf(
      [
        image('free', [['2026-11-01T00:00Z', 'complete']], { seen: '2026-10-20T00:00Z' }),
        image(
          'both',
          [
            ['2026-11-03T23:59Z', 'complete'],
            ['2026-11-04T00:00Z', 'complete'],
          ],
          { seen: '2026-10-25T00:00Z' },
        ),
        image('paid', [['2026-11-04T00:00Z', 'complete']], { seen: '2026-10-25T00:00Z' }),
      ],
      { trialDays: 15 },
    );

    expect(rows.map((row) => [row.meter, row.units, row.freeUnits])).toEqual([
      ['ecr-again', 1, 0],
      ['ecr-first', 3, 2],
    ]);
  });
});
