import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VisibleScope } from '../../core/model/scope.ts';
import { FINDING_SORTS, type FindingCriteria, type FindingRow } from '../../core/model/views.ts';
import { fillFindings } from '../../testing/fill-findings.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../../testing/whole-estate.ts';
import { pageStatement } from './findings-page.ts';

const FINDINGS = 20_000;
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  await fillFindings(fixture.database.pool, { findings: FINDINGS, accounts: 10, resources: 200, at: NOON });
});

afterAll(() => fixture?.close());

const SOME_ACCOUNTS: VisibleScope = { ...EVERYTHING, accounts: ['100000000001', '100000000002', '100000000003'] };
const ONE_ACCOUNT: VisibleScope = { ...EVERYTHING, accounts: ['100000000004'] };
const NO_NAMES = { resourceId: null, vulnerabilityIds: null, words: [] };

async function planOf(visible: VisibleScope, criteria: FindingCriteria, cursor: string | null = null): Promise<string> {
  const { text, values } = pageStatement(visible, criteria, NO_NAMES, { cursor, limit: 51 }, NOON);
  const { rows } = await fixture.database.pool.query(`explain ${text}`, [...values]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function readAll(visible: VisibleScope, criteria: FindingCriteria, limit: number): Promise<FindingRow[]> {
  const rows: FindingRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await fixture.stores.reads.findings(visible, criteria, { cursor, limit }, NOON);
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

describe('a page of findings', () => {
  const orders = FINDING_SORTS.flatMap((sort) => [true, false].map((descending) => ({ sort, descending })));

  it.each(orders)('by $sort, descending $descending, is a walk along an index', async (order) => {
    const criteria = { ...DEFAULT_CRITERIA, ...order };
    const first = await fixture.stores.reads.findings(EVERYTHING, criteria, { cursor: null, limit: 50 }, NOON);

    for (const visible of [EVERYTHING, ONE_ACCOUNT, SOME_ACCOUNTS]) {
      for (const cursor of [null, first.nextCursor]) {
        const plan = await planOf(visible, criteria, cursor);
        expect(plan).not.toMatch(/Seq Scan on finding\b/);
        expect(plan).toMatch(/Index Scan( Backward)? using finding_(account_)?\w+ on finding/);
      }
    }
  });

  it.each(orders)('all pages by $sort, descending $descending, give every finding once and in order', async (order) => {
    const criteria = { ...DEFAULT_CRITERIA, ...order };
    const { rows: expected } = await fixture.database.pool.query(
      `select count(*)::int as n from finding where status = 'ACTIVE' and account_id = any($1)`,
      [SOME_ACCOUNTS.accounts],
    );

    const rows = await readAll(SOME_ACCOUNTS, criteria, 200);

    expect(rows).toHaveLength(expected[0].n);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const keys = rows.map((row) => sortKey(row, order.sort));
    const sorted = keys.toSorted((a, b) => (order.descending ? b - a : a - b));
    expect(keys).toEqual(sorted);
  });

  it('several severities and statuses are merged in order', async () => {
    const criteria: FindingCriteria = {
      ...DEFAULT_CRITERIA,
      severities: ['CRITICAL', 'LOW'],
      statuses: ['ACTIVE', 'CLOSED'],
    };

    const page = await fixture.stores.reads.findings(EVERYTHING, criteria, { cursor: null, limit: 100 }, NOON);

    expect(await planOf(EVERYTHING, criteria)).not.toMatch(/Seq Scan on finding\b/);
    expect(new Set(page.rows.map((row) => row.severity))).toEqual(new Set(['CRITICAL']));
    expect(page.rows.map((row) => row.score ?? -1)).toEqual(
      page.rows.map((row) => row.score ?? -1).toSorted((a, b) => b - a),
    );
  });

  it('the number of matches is exact from the counts, and bounded where they cannot tell', async () => {
    const all = await fixture.stores.reads.findings(EVERYTHING, DEFAULT_CRITERIA, { cursor: null, limit: 1 }, NOON);
    const narrow = { ...DEFAULT_CRITERIA, minimumScore: 0 };
    const bounded = await fixture.stores.reads.findings(EVERYTHING, narrow, { cursor: null, limit: 1 }, NOON);

    expect(all.matching).toEqual({ count: all.openTotal, exact: true });
    expect(all.openTotal).toBeGreaterThan(10_000);
    expect(bounded.matching).toEqual({ count: 10_000, exact: false });
  });

  it.each<Partial<FindingCriteria>>([
    { exploited: true, fixAvailable: true },
    { exploited: false, severities: ['CRITICAL', 'LOW'] },
    { kinds: ['ec2'], statuses: ['ACTIVE', 'CLOSED'] },
    { package: 'package-7' },
    { package: 'package-7', severities: ['HIGH', 'MEDIUM'], exploited: false },
    { package: 'package-7', fixAvailable: true, statuses: [] },
    { overdue: true },
    { overdue: false },
    { overdue: true, severities: ['HIGH'] },
  ])('the number of matches is that of the rows, folded into the counts or not: %j', async (part) => {
    const criteria = { ...DEFAULT_CRITERIA, ...part };
    const { pool } = fixture.database;
    await pool.query("update finding set kev = not kev where id % 97 = 0 and package_name = 'package-7'");
    await pool.query("update finding set status = 'CLOSED', closed_at = $1 where id % 501 = 0", [NOON]);

    for (const visible of [EVERYTHING, SOME_ACCOUNTS, ONE_ACCOUNT]) {
      const { matching } = await fixture.stores.reads.findings(visible, criteria, { cursor: null, limit: 1 }, NOON);
      const rows = await readAll(visible, criteria, 200);
      expect(rows.length).toBeGreaterThan(0);
      expect(matching).toEqual({ count: rows.length, exact: true });
    }
  });

  it('filters narrow the list', async () => {
    const { rows: sample } = await fixture.database.pool.query(
      "select f.*, r.key as resource_key from finding f join resource r on r.id = f.resource_id where status = 'ACTIVE' limit 1",
    );
    const [one] = sample;
    const cases: readonly Partial<FindingCriteria>[] = [
      { exploited: true },
      { fixAvailable: false },
      { overdue: true },
      { minimumScore: 9 },
      { firstSeenAfter: one.first_seen_at },
      { words: [one.vulnerability_id.toLowerCase().slice(4), one.package_name] },
      { resource: one.resource_key },
      { package: one.package_name },
      { vulnerability: one.vulnerability_id.toLowerCase() },
      { kinds: ['ec2'], types: ['PACKAGE_VULNERABILITY'] },
    ];

    for (const part of cases) {
      const criteria = { ...DEFAULT_CRITERIA, ...part };
      const page = await fixture.stores.reads.findings(EVERYTHING, criteria, { cursor: null, limit: 50 }, NOON);
      expect([part, page.rows.length > 0]).toEqual([part, true]);
      expect(page.matching.count).toBeGreaterThanOrEqual(page.rows.length);
    }
    for (const nothing of [
      { words: ["100%_'\\ \0"] },
      { resource: 'no such thing' },
      { vulnerability: 'x\0' },
      { package: '' },
    ]) {
      const criteria = { ...DEFAULT_CRITERIA, ...nothing };
      const page = await fixture.stores.reads.findings(EVERYTHING, criteria, { cursor: null, limit: 50 }, NOON);
      expect(page).toMatchObject({ rows: [], nextCursor: null, matching: { count: 0, exact: true } });
    }
  });

  it('a reader without accounts sees nothing', async () => {
    const nobody = { ...EVERYTHING, accounts: [] };

    const page = await fixture.stores.reads.findings(nobody, DEFAULT_CRITERIA, { cursor: null, limit: 50 }, NOON);

    expect(page).toEqual({ rows: [], nextCursor: null, matching: { count: 0, exact: true }, openTotal: 0 });
  });

  it.each(['', 'x', 'bnVsbA', Buffer.from('["score-","9.8","1; drop table finding"]').toString('base64url')])(
    'a cursor that is none is refused: %s',
    async (cursor) => {
      const page = fixture.stores.reads.findings(EVERYTHING, DEFAULT_CRITERIA, { cursor, limit: 50 }, NOON);

      await expect(page).rejects.toMatchObject({ code: 'invalid-input' });
    },
  );
});

function sortKey(row: FindingRow, sort: FindingCriteria['sort']): number {
  const severities = ['UNTRIAGED', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
  switch (sort) {
    case 'score':
      return row.score ?? -1;
    case 'severity':
      return severities.indexOf(row.severity) * 100 + (row.score ?? -1);
    case 'due':
      return row.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
    case 'first-seen':
      return row.firstSeenAt.getTime();
    case 'last-seen':
      return row.lastSeenAt.getTime();
  }
}
