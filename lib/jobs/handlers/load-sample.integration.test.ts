import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_RESOURCE_FILTER } from '../../core/model/estate.ts';
import { jobId, resourceId } from '../../core/model/ids.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { FindingCriteria, FindingRow, Overview } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { SAMPLE_ACCOUNTS } from '../../sample/accounts.ts';
import { SAMPLE_NEWEST } from '../../sample/history.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../../testing/whole-estate.ts';
import type { JobContext, JobHandler, JobKind } from '../contracts.ts';
import { loadSampleHandler } from './load-sample.ts';
import { removeSampleHandler } from './remove-sample.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const LATER = new Date('2026-11-27T09:00:00Z');
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

let fixture: StoreFixture;
let dependencies: Dependencies;

beforeAll(async () => {
  fixture = await openStoreFixture();
  dependencies = storeDependencies(fixture, () => NOW);
  await run(loadSampleHandler({ dependencies }));
});

afterAll(() => fixture.close());

function run(handler: JobHandler<JobKind>) {
  const context: JobContext = {
    id: jobId('00000000-0000-4000-8000-000000000001'),
    signal: new AbortController().signal,
    progress: async () => undefined,
    log: async () => undefined,
  };
  return handler.run({}, context);
}

async function count(sql: string): Promise<number> {
  const { rows } = await fixture.database.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`);
  return rows[0]?.n ?? -1;
}

/** Everything that the sample wrote, as one digest per table. */
async function contents(): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const table of [
    'account',
    'resource',
    'finding',
    'finding_event',
    'scan',
    'vulnerability',
    'inventory',
    'package',
    'network',
    'coverage',
    'finding_content',
  ]) {
    const { rows } = await fixture.database.pool.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '\n' order by t::text)), '') as digest from ${table} as t`,
    );
    digests[table] = rows[0]?.digest ?? '';
  }
  return digests;
}

async function everyFinding(criteria: Partial<FindingCriteria>): Promise<readonly FindingRow[]> {
  const found: FindingRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Dependencies['reads']['findings']>> = await dependencies.reads.findings(
      EVERYTHING,
      { ...DEFAULT_CRITERIA, ...criteria },
      { cursor, limit: 200 },
      NOW,
    );
    found.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

describe('the sample estate in PostgreSQL', () => {
  let overview: Omit<Overview, 'assurance'>;
  let open: readonly FindingRow[];

  beforeAll(async () => {
    overview = await dependencies.reads.overview(EVERYTHING, NOW);
    open = await everyFinding({});
  });

  it('has as many open findings on every page as there are rows', async () => {
    const rows = await count(`finding where status = 'ACTIVE'`);
    const page = await dependencies.reads.findings(EVERYTHING, DEFAULT_CRITERIA, { cursor: null, limit: 1 }, NOW);

    expect(rows).toBeGreaterThan(500);
    expect(new Set(open.map(({ id }) => id)).size).toBe(rows);
    expect(overview.openTotal).toBe(rows);
    expect(page.openTotal).toBe(rows);
    expect(page.matching).toEqual({ count: rows, exact: true });
  });

  it('has the same findings of each severity on the overview, in the list and on the resources', async () => {
    const { rows: resources } = await dependencies.reads.resources(
      EVERYTHING,
      NO_RESOURCE_FILTER,
      { cursor: null, limit: 200 },
      dependencies.clock.now(),
    );

    for (const severity of SEVERITIES) {
      const listed = open.filter((row) => row.severity === severity).length;
      expect(overview.open[severity], severity).toBe(listed);
      expect(
        resources.reduce((sum, row) => sum + row.counts[severity], 0),
        severity,
      ).toBeLessThanOrEqual(listed);
    }
    for (const resource of resources) {
      const listed = open.filter((row) => row.resourceId === resource.id).length;
      expect(
        SEVERITIES.reduce((sum, severity) => sum + resource.counts[severity], 0),
        resource.name,
      ).toBe(listed);
    }
  });

  it('has the same findings in each account on the overview and in the list', () => {
    expect(overview.accounts).toBe(SAMPLE_ACCOUNTS.length);
    for (const account of overview.accountsByRisk) {
      expect(account.total, account.name).toBe(open.filter((row) => row.accountId === account.id).length);
    }
  });

  it('counts what to act on now, and what is past due, as the list does', async () => {
    const actNow = await everyFinding({ severities: ['CRITICAL', 'HIGH'], exploited: true, fixAvailable: true });
    const pastDue = await everyFinding({ overdue: true });
    const choices = await dependencies.reads.scopeChoices(EVERYTHING, NOW);

    expect(actNow.length).toBeGreaterThan(0);
    expect(overview.figures.actNow).toBe(actNow.length);
    expect(choices.actNow).toBe(actNow.length);
    expect(pastDue.length).toBeGreaterThan(0);
    expect(overview.figures.pastDue).toBe(pastDue.length);
  });

  it('ends its trend with what is open now, critical and high', () => {
    const listed = open.filter(({ severity }) => severity === 'CRITICAL' || severity === 'HIGH').length;

    expect(overview.trend.at(-1)?.openAtEnd).toBe(listed);
    expect(overview.trend.filter((week) => week.openAtEnd !== null).length).toBeGreaterThan(8);
  });

  it('says which ports are open from where, on how many instances', async () => {
    const { rows } = await fixture.database.pool.query<{ id: string; instances: number }>(
      `select vulnerability_id as id, count(distinct resource_id)::int as instances from finding
       where type = 'NETWORK_REACHABILITY' and status = 'ACTIVE' group by 1`,
    );

    expect(Object.fromEntries(rows.map(({ id, instances }) => [id, instances]))).toEqual({
      'NET-22-TCP-INTERNET': 11,
      'NET-80-TCP-INTERNET': 11,
      'NET-443-TCP-INTERNET': 15,
      'NET-1194-UDP-INTERNET': 2,
      'NET-6379-TCP-INTERNET': 1,
      'NET-8000-8887-TCP-INTERNET': 4,
      'NET-8443-TCP-INTERNET': 5,
      'NET-8888-TCP-INTERNET': 4,
      'NET-8889-9000-TCP-INTERNET': 4,
      'NET-22-TCP-NEIGHBOUR': 5,
      'NET-80-TCP-NEIGHBOUR': 2,
      'NET-443-TCP-NEIGHBOUR': 2,
      'NET-5432-TCP-NEIGHBOUR': 4,
    });
    expect(await dependencies.reads.exposure(EVERYTHING, 'internet')).toMatchObject({
      instances: 63,
      looked: 63,
      partial: 3,
      reached: 27,
    });
  });

  it('says how widely every instance is reached, and of three that it is not known', async () => {
    const { rows } = await fixture.database.pool.query<{ reach: string | null; outcome: string; names: string[] }>(
      `select r.facts->>'reach' as reach, c.outcome, array_agg(distinct regexp_replace(r.name, '-[0-9]+$', '')) as names
       from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'network'
       where r.kind = 'ec2' group by 1, 2 order by 1, 2`,
    );

    expect(rows.map(({ reach, outcome, names }) => `${reach}, ${outcome}: ${names.join(' ')}`)).toEqual([
      'internet, complete: bastion press-web sandbox vpn-gateway',
      'internet-restricted, complete: bastion',
      'isolated, complete: etl-worker ledger-worker',
      'load-balancer, complete: payments-api shop-web shop-web-stg tracking-web',
      'peer, complete: builder routing-db shop-db',
      'vpc, complete: payments-api-stg payments-cache payments-db routing-api shop-api shop-api-stg shop-cache warehouse-db',
      'null, partial: erp-app erp-db',
    ]);
    expect(
      await count(`finding f join resource r on r.id = f.resource_id
        where f.status = 'ACTIVE' and r.kind = 'ec2' and f.reach is distinct from r.reach`),
    ).toBe(0);
  });

  it('has exposures since the week in which somebody opened them, and no longer than that', async () => {
    const { rows } = await fixture.database.pool.query<{ title: string; opened: Date; closed: Date | null }>(
      `select r.name || ': ' || f.vulnerability_id as title, f.opened_at as opened, f.closed_at as closed
       from finding f join resource r on r.id = f.resource_id
       where f.type = 'NETWORK_REACHABILITY' and (r.name in ('bastion-02', 'sandbox-02') or f.status = 'CLOSED')
       order by f.opened_at, title`,
    );
    const wave = (at: Date | null): number | null =>
      at === null ? null : 12 - (NOW.getTime() - at.getTime()) / WEEK_MS;

    expect(rows.map(({ title, opened, closed }) => [title, wave(opened), wave(closed)])).toEqual([
      ['bastion-02: NET-22-TCP-INTERNET', 0, null],
      ['press-web-01: NET-22-TCP-NEIGHBOUR', 0, 8],
      ['press-web-02: NET-22-TCP-NEIGHBOUR', 0, 8],
      ['sandbox-02: NET-22-TCP-INTERNET', 0, null],
      ['sandbox-02: NET-8000-8887-TCP-INTERNET', 2, null],
      ['sandbox-02: NET-8888-TCP-INTERNET', 2, null],
      ['sandbox-02: NET-8889-9000-TCP-INTERNET', 2, null],
      ['sandbox-02: NET-3389-TCP-INTERNET', 3, 7],
      ['sandbox-02: NET-6379-TCP-INTERNET', 5, null],
      ['bastion-02: NET-22-TCP-NEIGHBOUR', 9, null],
    ]);
  });

  it('looks at its networks once more when it has aged, and nothing opens or closes', async () => {
    const statuses = 'select status, count(*)::int as n from finding group by 1 order by 1';
    const { rows: before } = await fixture.database.pool.query(statuses);

    const again = await run(loadSampleHandler({ dependencies: storeDependencies(fixture, () => LATER) }));

    expect(again.message).toContain('brought up to date');
    expect((await fixture.database.pool.query(statuses)).rows).toEqual(before);
    expect(await count(`network where solved_at = '${LATER.toISOString()}'`)).toBe(11);
    expect(await count(`network`)).toBe(11);
  });

  it('is left as it is by a second load, and gone without a trace when it is removed', async () => {
    const before = await contents();

    const second = await run(loadSampleHandler({ dependencies }));
    expect(second.message).toContain('nothing was changed');
    expect(await contents()).toEqual(before);

    await run(removeSampleHandler({ dependencies }));
    for (const [table, digest] of Object.entries(await contents())) {
      expect(digest, table).toBe('0 ');
    }
    const empty = await dependencies.reads.overview(EVERYTHING, NOW);
    expect(empty).toMatchObject({ openTotal: 0, resources: 0, accounts: 0 });
  });

  it('takes its network away from an account that real resources share', async () => {
    const [account] = SAMPLE_ACCOUNTS;
    const place = { accountId: account.id, region: 'eu-west-1' };
    const real = { ...SAMPLE_NEWEST.resource, ...place, id: resourceId('arn:real'), name: 'real', sample: false };
    await dependencies.resources.upsertAccounts([account], NOW);
    await dependencies.resources.upsert([real], NOW);
    await dependencies.network.save(place, { lists: {}, unread: {} }, NOW);

    await run(removeSampleHandler({ dependencies }));

    expect(await count('network')).toBe(0);
    expect(await count('resource')).toBe(1);
  });
});
