import type pg from 'pg';
import { costView } from '../lib/core/cost/cost-view.ts';
import { monthHours } from '../lib/core/cost/metered-hours.ts';
import { BUILT_IN_BOOK } from '../lib/core/cost/price-books.ts';
import { openDatabase } from '../lib/store/client.ts';
import { usage } from '../lib/store/queries/usage.ts';
import { sqlOfPool } from '../lib/store/sql.ts';
import { EVERYTHING } from '../lib/testing/whole-estate.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';

const RESOURCES = 100_000;
const ACCOUNTS = 212;
/** Images do not change, so that they are scanned seldom; other resources each day. */
const IMAGE_SCANS = 2;
const RUNS = 9;
const NOVEMBER = monthHours('2026-11');
const NOW = new Date('2026-12-01T12:00:00Z');
const TRIAL_DAYS = 90;

/** What a month costs, from the ledger of a large estate to the figures of the page. */
export const usageBenchmark: Benchmark = {
  name: 'usage',
  async measure(bench) {
    const database = openDatabase(await bench.freshDatabase());
    try {
      await fill(database.pool);
      return [await counted(database.pool, null), await counted(database.pool, TRIAL_DAYS)];
    } finally {
      await database.close();
    }
  },
};

async function counted(pool: pg.Pool, trialDays: number | null): Promise<BenchmarkRow> {
  const sql = sqlOfPool(pool);
  const choices = { month: '2026-11', book: BUILT_IN_BOOK, withTrial: trialDays !== null } as const;
  const { ours } = await inTurn(
    RUNS,
    async () => costView(await usage(sql, EVERYTHING, { ...NOVEMBER, trialDays }), choices, NOW),
    null,
  );
  return {
    name: `cost of a month ${trialDays === null ? 'without' : 'with'} the trial`,
    size: `${RESOURCES.toLocaleString('en-US')} resources of ${ACCOUNTS} accounts`,
    figure: ours,
    unit: 'ms',
    peer: null,
    peerFigure: null,
  };
}

async function fill(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into account (id, name, first_seen_at, updated_at)
     select '1' || lpad(n::text, 11, '0'), 'Account ' || n, '2026-01-01Z', '2026-01-01Z' from generate_series(0, $1::int - 1) as n`,
    [ACCOUNTS],
  );
  await pool.query(
    `insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, gone_at, search)
     select 'r-' || n, '1' || lpad((n % $2::int)::text, 11, '0'), 'eu-west-' || n % 4 + 1,
       (array['ec2', 'ecr', 'lambda'])[n % 3 + 1], 'r-' || n, (array['prod', 'dev', 'staging', null])[n % 7 % 4 + 1],
       timestamptz '2026-01-01Z' + n % 7900 * interval '1 hour', '2026-11-30Z',
       case when n % 10 = 0 then timestamptz '2026-11-30Z' + n % 13 * interval '1 hour' end, ''
     from generate_series(1, $1::int) as n`,
    [RESOURCES, ACCOUNTS],
  );
  await pool.query(
    `insert into eligibility (resource_id, scan_type, state, way, fingerprint, since, due_at)
     select id, 'package', case when id % 20 = 0 then 'not-assessed' else 'eligible' end,
       case when id % 6 < 3 then 'snapshot' else 'ssm-inventory' end, '', first_seen_at, first_seen_at from resource`,
  );
  await pool.query(
    `insert into scan (resource_id, scan_type, outcome, started_at, ended_at, packages, findings, undecidable)
     select r.id, 'package', 'complete', t.at, t.at, 1, 1, 0
     from resource r cross join lateral (select greatest(r.first_seen_at, '2026-11-01Z') + n * interval '1 day' as at
       from generate_series(0, case when r.kind = 'ecr' then $1::int - 1 else 29 end) as n) as t order by t.at`,
    [IMAGE_SCANS],
  );
  await pool.query(
    `insert into coverage (resource_id, scan_type, outcome, started_at, ended_at, first_ended_at, packages, findings, undecidable)
     select resource_id, 'package', 'complete', max(ended_at), max(ended_at), min(ended_at), 1, 1, 0 from scan group by 1`,
  );
  await pool.query('vacuum analyze');
}
