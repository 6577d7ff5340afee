import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthHours } from '../../core/cost/metered-hours.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';

const RESOURCES = 100_000;
/** Images do not change, so that they are scanned seldom; other resources each day. */
const IMAGE_SCANS = 2;
/** About 0.3 s where nothing else runs; the rest is for what shares the machine with the tests. Milliseconds. */
const TOOK_MAX = 900;
const NOVEMBER = monthHours('2026-11');

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  const { pool } = fixture.database;
  await pool.query(`insert into account (id, name, first_seen_at, updated_at)
    select '1' || lpad(n::text, 11, '0'), 'Account ' || n, '2026-01-01Z', '2026-01-01Z' from generate_series(0, 211) as n`);
  await pool.query(
    `insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, gone_at, search)
     select 'r-' || n, '1' || lpad((n % 212)::text, 11, '0'), 'eu-west-' || n % 4 + 1, (array['ec2', 'ecr', 'lambda'])[n % 3 + 1], 'r-' || n,
       (array['prod', 'dev', 'staging', null])[n % 7 % 4 + 1], timestamptz '2026-01-01Z' + n % 7900 * interval '1 hour',
       '2026-11-30Z', case when n % 10 = 0 then timestamptz '2026-11-30Z' + n % 13 * interval '1 hour' end, ''
     from generate_series(1, $1::int) as n`,
    [RESOURCES],
  );
  await pool.query(`insert into eligibility (resource_id, scan_type, state, way, fingerprint, since, due_at)
    select id, 'package', case when id % 20 = 0 then 'not-assessed' else 'eligible' end,
      case when id % 6 < 3 then 'snapshot' else 'ssm-inventory' end, '', first_seen_at, first_seen_at from resource`);
  await pool.query(
    `insert into scan (resource_id, scan_type, outcome, started_at, ended_at, packages, findings, undecidable)
     select r.id, 'package', 'complete', t.at, t.at, 1, 1, 0
     from resource r cross join lateral (select greatest(r.first_seen_at, '2026-11-01Z') + n * interval '1 day' as at
       from generate_series(0, case when r.kind = 'ecr' then $1::int - 1 else 29 end) as n) as t order by t.at`,
    [IMAGE_SCANS],
  );
  await pool.query(`insert into coverage (resource_id, scan_type, outcome, started_at, ended_at, first_ended_at, packages, findings, undecidable)
    select resource_id, 'package', 'complete', max(ended_at), max(ended_at), min(ended_at), 1, 1, 0 from scan group by 1`);
  await pool.query('vacuum analyze resource, eligibility, coverage, scan, account');
}, 300_000);

afterAll(() => fixture?.close());

describe('usage of 100,000 resources', () => {
  it.each([null, 15])('with a trial of %j days is counted at once', async (trialDays) => {
    const ask = { ...NOVEMBER, trialDays };
    const visible = { ...WHOLE_ESTATE, accounts: null };
    const took: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      const from = performance.now();
      const { rows } = await fixture.stores.reads.usage(visible, ask);
      took.push(performance.now() - from);
      expect(rows.reduce((sum, { resources }) => sum + resources, 0)).toBeGreaterThan(RESOURCES / 2);
    }

    expect(Math.min(...took)).toBeLessThan(TOOK_MAX);
    process.stdout.write(`usage of ${RESOURCES} resources: ${took.map(Math.round).join(' ')} ms\n`);
  });
});
