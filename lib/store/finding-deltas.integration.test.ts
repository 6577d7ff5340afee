import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disturbFindings } from '../testing/disturb-findings.ts';
import { fillFindings } from '../testing/fill-findings.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { foldDeltas } from './fold-deltas.ts';
import { sqlOfPool } from './sql.ts';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  await fillFindings(fixture.database.pool, { findings: 4_000, accounts: 7, resources: 60, at: NOON });
});

afterAll(() => fixture?.close());

const FACTS = 'type, status, kev, fixable';
const PLACE = 'region, kind, environment';
const BANDS = 'n, score_tenths, critical, high, medium, low, informational, untriaged';
const PACKAGE = '(select name || chr(10) || ecosystem from finding_package p where p.id = c.package_id) as package';

const BANDS_OF_RESOURCES = ['n', 'critical', 'high', 'medium', 'low', 'informational', 'untriaged'];

/** Every table of counts: what names a group, and what is counted of it. */
const TABLES = {
  resource_count: [
    'resource_id, type, status',
    ['', '_kev', '_fixable', '_kev_fixable'].map((part) => BANDS_OF_RESOURCES.map((band) => band + part)).join(', '),
  ],
  account_count: [`account_id, ${PLACE}, ${FACTS}`, BANDS],
  finding_total: [`${PLACE}, ${FACTS}`, BANDS],
  package_count: [`${PACKAGE}, account_id, ${PLACE}, ${FACTS}`, BANDS],
  package_total: [`${PACKAGE}, ${PLACE}, ${FACTS}`, BANDS],
  vulnerability_count: [`vulnerability_id, severity_order, ${FACTS}`, 'n, published'],
  package_on_resource: [`${PACKAGE}, resource_id, environment`, 'n, fixable'],
  package_resource_count: [`${PACKAGE}, account_id, ${PLACE}`, 'resources, fixable'],
  due_count: ['due_hour, account_id, region, environment', 'n, unassigned'],
  fix_time_count: ['closed_on, account_id, region, environment, fix_hours', 'n'],
} as const;

async function counts() {
  const all: Record<string, readonly string[]> = {};
  for (const [table, [group, counted]] of Object.entries(TABLES)) {
    const { rows } = await fixture.database.pool.query(`select ${group}, ${counted} from ${table} c`);
    all[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return all;
}

async function waiting(): Promise<number> {
  const { rows } = await fixture.database.pool.query('select count(*)::int as n from finding_delta');
  return rows[0].n;
}

const fold = (most: number) =>
  fixture.database.pool.query('select finding_delta_fold($1::timestamptz, $2::int) as n', [new Date(0), most]);

describe('the counts by group', () => {
  it.each([0.1, 0.2, 0.3])('agree with counting anew after any life, whatever was folded when: %f', async (seed) => {
    for (let turn = 0; turn < 4; turn += 1) {
      await disturbFindings(fixture.database.pool, 2, seed + turn / 100);
      // In pieces that part what a statement took away from what it put there.
      await fold(37);
      await fold(211);
    }
    await foldDeltas(sqlOfPool(fixture.database.pool), new Date(0));
    const kept = await counts();
    expect(await waiting()).toBe(0);
    await fixture.database.pool.query('select finding_delta_rebuild()');

    expect(Object.entries(kept).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect(kept).toEqual(await counts());
  });

  it('a statement that changes nothing that is counted appends nothing', async () => {
    await foldDeltas(sqlOfPool(fixture.database.pool), new Date(0));
    await fixture.database.pool.query(
      "update finding set last_seen_at = last_seen_at + interval '1 day', version = version + 1",
    );

    expect(await waiting()).toBe(0);
  });

  it('folding while others write and fold loses nothing', async () => {
    const folds = async () => {
      for (let n = 0; n < 15; n += 1) {
        await fold(50);
      }
    };
    await Promise.all([
      folds(),
      disturbFindings(fixture.database.pool, 2, 0.7).catch(retryable),
      folds(),
      disturbFindings(fixture.database.pool, 2, 0.8).catch(retryable),
    ]);
    await foldDeltas(sqlOfPool(fixture.database.pool), new Date(0));
    const kept = await counts();
    await fixture.database.pool.query('select finding_delta_rebuild()');

    expect(kept).toEqual(await counts());
  });

  it('hours long past become one and keep their number', async () => {
    const past = async () => {
      const { rows } = await fixture.database.pool.query(
        'select sum(n)::int as n, sum(unassigned)::int as unassigned, count(distinct due_hour)::int as hours from due_count where due_hour < $1',
        [NOON],
      );
      return rows[0];
    };
    const before = await past();
    await disturbFindings(fixture.database.pool, 1, 0.5);
    await foldDeltas(sqlOfPool(fixture.database.pool), new Date(NOON.getTime() + 48 * 3_600_000));
    const after = await past();
    await fixture.database.pool.query('select finding_delta_rebuild()');
    const anew = await past();

    expect(before.hours).toBeGreaterThan(5);
    expect(after.hours).toBe(1);
    expect({ ...after, hours: 0 }).toEqual({ ...anew, hours: 0 });
  });

  it('deleting every finding leaves no row', async () => {
    await fixture.database.pool.query('delete from finding');
    await foldDeltas(sqlOfPool(fixture.database.pool), NOON);

    const left = await counts();

    expect(left).toEqual(Object.fromEntries(Object.keys(TABLES).map((table) => [table, []])));
  });
});

/** Two writers of the same rows may wait for each other in a circle; one of them then ends, and its work with it. */
function retryable(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === '40P01')) {
    throw error;
  }
}
