import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_RESOURCE_FILTER } from '../../core/model/estate.ts';
import { jobId } from '../../core/model/ids.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { FindingCriteria, FindingRow, Overview } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { SAMPLE_ACCOUNTS } from '../../sample/accounts.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../../testing/whole-estate.ts';
import type { JobContext, JobHandler, JobKind } from '../contracts.ts';
import { loadSampleHandler } from './load-sample.ts';
import { removeSampleHandler } from './remove-sample.ts';

const NOW = new Date('2026-11-24T09:00:00Z');

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
});
