import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEVERITIES } from '../core/model/severity.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  resourceOf,
  type StoreFixture,
} from '../testing/store-fixture.ts';
import { EVERYTHING } from '../testing/whole-estate.ts';
import { foldDeltas } from './fold-deltas.ts';
import { sqlOfPool } from './sql.ts';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

const GROUP = 'account_id, region, kind, environment, type, status, severity';

async function counts() {
  const { rows } = await fixture.database.pool.query(
    `select ${GROUP}, sum(n)::int as n, sum(kev)::int as kev, sum(fixable)::int as fixable, sum(act_now)::int as act_now
     from finding_count group by ${GROUP} having sum(n) <> 0 order by ${GROUP}`,
  );
  return rows;
}

/** The same from the findings themselves. */
async function countedAnew() {
  const { rows } = await fixture.database.pool.query(
    `select account_id, region, kind, coalesce(environment, '') as environment, type, status, severity,
       count(*)::int as n, count(*) filter (where kev)::int as kev, count(*) filter (where fix_available <> 'no')::int as fixable,
       count(*) filter (where kev and fix_available <> 'no' and severity in ('CRITICAL', 'HIGH'))::int as act_now
     from finding group by 1, 2, 3, 4, 5, 6, 7 order by ${GROUP}`,
  );
  return rows;
}

/** The same numbers for everyone: a small generator, so that a failure can be run again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

async function disturb(rounds: number): Promise<void> {
  const random = numbers(7);
  const next = (below: number) => random.next().value % below;
  const resources = await Promise.all(
    [0, 1, 2].map((n) =>
      addResource(fixture.stores, `i-${n}`, { environment: n === 0 ? null : 'prod', kind: n === 2 ? 'ecr' : 'ec2' }),
    ),
  );
  for (let round = 0; round < rounds; round += 1) {
    const resource = resources[next(3)] ?? resources[0];
    if (resource === undefined) {
      return;
    }
    const observations = Array.from({ length: 12 }, () =>
      observationOf(resource, `CVE-2026-${next(40)}`, {
        severity: SEVERITIES[next(6)] ?? 'LOW',
        score: next(5) === 0 ? null : next(100) / 10,
        kev: next(3) === 0,
        fixedVersion: next(2) === 0 ? null : '2.0',
      }),
    );
    await reportFindings(fixture.stores, resource, observations, {
      origin: next(4) === 0 ? 'security-hub' : 'harrier',
      outcome: next(2) === 0 ? 'complete' : 'partial',
      // Some of them come late, when newer ones have been told.
      at: new Date(NOON.getTime() + (round - next(6)) * 3_600_000),
    });
  }
}

describe('the kept counts', () => {
  it('agree with the findings after any life, folded or not', async () => {
    await disturb(60);
    const kept = await counts();
    await foldDeltas(sqlOfPool(fixture.database.pool), NOON);
    const folded = await counts();

    expect(kept.length).toBeGreaterThan(10);
    expect(kept).toEqual(await countedAnew());
    expect(folded).toEqual(kept);
  });

  it('follow a resource whose environment changes', async () => {
    const before = await fixture.stores.reads.scopeChoices(EVERYTHING, NOON);
    await fixture.stores.resources.upsert([resourceOf('i-1', { environment: 'staging' })], NOON);

    const kept = await counts();

    expect(before.environments).toEqual(['prod']);
    expect(kept.some((row) => row.environment === 'staging')).toBe(true);
    expect(kept).toEqual(await countedAnew());
  });

  it('the flow of opened and closed findings adds up to what is open', async () => {
    const { rows: flow } = await fixture.database.pool.query(
      'select severity, sum(active_in - active_out)::int as n from finding_flow group by severity having sum(active_in - active_out) <> 0 order by severity',
    );
    const { rows: open } = await fixture.database.pool.query(
      "select severity, count(*)::int as n from finding where status <> 'CLOSED' group by severity order by severity",
    );

    expect(flow).toEqual(open);
    await fixture.database.pool.query('select finding_flow_fold()');
  });
});
