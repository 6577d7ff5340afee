import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FINDING_GROUPINGS,
  type FindingGroupCriteria,
  type FindingGrouping,
  type FindingGroupRow,
  SORTS_OF_GROUPING,
} from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import { disturbFindings } from '../../../testing/disturb-findings.ts';
import { fillFindings } from '../../../testing/fill-findings.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../../testing/store-fixture.ts';
import { EVERYTHING } from '../../../testing/whole-estate.ts';
import { foldDeltas } from '../../fold-deltas.ts';
import { sqlOfPool } from '../../sql.ts';
import { BANDS } from './group-numbers.ts';
import { LOOKED_AT_MAX, type WalkedGroup, walkVulnerabilities } from './vulnerability-walk.ts';

const DEFAULT: FindingGroupCriteria = {
  statuses: ['ACTIVE'],
  severities: [],
  kinds: [],
  types: [],
  exploited: null,
  fixAvailable: null,
  words: [],
  sort: 'worst',
};
const account = (n: number) => `1${String(n).padStart(11, '0')}`;
const READERS: readonly (readonly [string, VisibleScope])[] = [
  ['all accounts', EVERYTHING],
  ['half of them', { ...EVERYTHING, accounts: [1, 2, 3, 4, 5].map(account) }],
  ['one', { ...EVERYTHING, accounts: [account(4)] }],
  ['one region and environment', { ...EVERYTHING, regions: ['eu-central-1'], environments: ['prod', 'stage'] }],
  ['none', { ...EVERYTHING, accounts: [] }],
];
const FILTERS: readonly (readonly [string, Partial<FindingGroupCriteria>])[] = [
  ['what is open', {}],
  ['any status', { statuses: [] }],
  ['critical and low', { severities: ['CRITICAL', 'LOW'] }],
  ['exploited, with a fix', { exploited: true, fixAvailable: true }],
  ['not exploited, without a fix', { exploited: false, fixAvailable: false }],
  ['with a fix', { fixAvailable: true }],
  ['code on instances', { types: ['CODE_VULNERABILITY'], kinds: ['ec2'] }],
  ['words', { words: ['package-1', 'host-1'] }],
];

let fixture: StoreFixture;

interface Row {
  readonly [column: string]: unknown;
  readonly account_id: string;
  readonly region: string;
  readonly environment: string | null;
  readonly kind: string;
  readonly type: string;
  readonly status: string;
  readonly severity: string;
  readonly score: number | null;
  readonly kev: boolean;
  readonly fix_available: string;
  readonly resource: string;
  readonly vulnerability_id: string;
  readonly package_name: string;
  readonly package_ecosystem: string;
  readonly due_at: Date | null;
  readonly text: readonly string[];
}
let rows: readonly Row[];

beforeAll(async () => {
  fixture = await openStoreFixture();
  await fillFindings(fixture.database.pool, {
    findings: 6_000,
    accounts: 10,
    resources: 120,
    vulnerabilities: 400,
    at: NOON,
  });
  // Some of it folded, some not.
  await disturbFindings(fixture.database.pool, 3, 0.4);
  await foldDeltas(sqlOfPool(fixture.database.pool), NOON);
  await disturbFindings(fixture.database.pool, 3, 0.6);
  await fixture.database.pool.query(
    `insert into package (ecosystem, purl, name, version, package_manager)
     select distinct 'debian', 'pkg:deb/debian/' || package_name, package_name, '1', 'OS' from finding where package_name <> ''`,
  );
  const found = await fixture.database.pool.query(
    `select f.*, r.key as resource, array[lower(v.id || ' ' || v.title), r.search, lower(f.package_name)] as text
     from finding f join resource r on r.id = f.resource_id join vulnerability v on v.id = f.vulnerability_id`,
  );
  rows = found.rows;
});

afterAll(() => fixture?.close());

/** The groups by looking at every finding. */
function plainly(grouping: FindingGrouping, visible: VisibleScope, criteria: FindingGroupCriteria) {
  const keyOf = {
    vulnerability: (row: Row) => row.vulnerability_id,
    resource: (row: Row) => row.resource,
    account: (row: Row) => row.account_id,
    package: (row: Row) => `${row.package_name} ${row.package_ecosystem}`,
  }[grouping];
  const has = <T>(list: readonly T[], one: T) => list.length === 0 || list.includes(one);
  const seen = rows.filter(
    (row) =>
      (visible.accounts === null || visible.accounts.includes(row.account_id)) &&
      has(visible.regions, row.region) &&
      has(visible.environments, row.environment ?? '') &&
      has<string>(criteria.statuses, row.status) &&
      has<string>(criteria.severities, row.severity) &&
      has<string>(criteria.kinds, row.kind) &&
      has<string>(criteria.types, row.type) &&
      (criteria.exploited === null || criteria.exploited === row.kev) &&
      (criteria.fixAvailable === null || criteria.fixAvailable === (row.fix_available !== 'no')) &&
      criteria.words.every((word) => row.text.some((text) => text.includes(word))) &&
      (grouping !== 'package' || row.package_name !== ''),
  );
  return new Map(
    [...Map.groupBy(seen, keyOf)].map(([key, group]) => {
      const due = group.flatMap((row) =>
        row.status === 'ACTIVE' && row.due_at !== null ? [row.due_at.getTime()] : [],
      );
      const scores = group.flatMap((row) => row.score ?? []);
      const fixable = group.filter((row) => row.fix_available !== 'no').length;
      const facts = {
        counts: Object.fromEntries(
          BANDS.map(({ severity }) => [severity, group.filter((row) => row.severity === severity).length]),
        ),
        total: group.length,
        worst: BANDS.find(({ severity }) => group.some((row) => row.severity === severity))?.severity,
        kev: group.some((row) => row.kev),
        fixAvailable: fixOf(fixable, group.length),
        score: scores.length === 0 ? null : Math.max(...scores),
        resources: new Set(group.map((row) => row.resource)).size,
        accounts: new Set(group.map((row) => row.account_id)).size,
        due: due.length === 0 ? null : new Date(Math.min(...due)),
      };
      return [key, facts] as const;
    }),
  );
}

function fixOf(fixable: number, total: number): string {
  if (fixable === 0) return 'no';
  return fixable === total ? 'yes' : 'partial';
}

async function readAll(grouping: FindingGrouping, visible: VisibleScope, criteria: FindingGroupCriteria, limit = 37) {
  const all: FindingGroupRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await fixture.stores.reads.findingGroups(visible, grouping, criteria, { cursor, limit }, NOON);
    all.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

const keyOf = (grouping: FindingGrouping, row: FindingGroupRow) =>
  grouping === 'package' ? `${row.key} ${row.ecosystem}` : row.key;

describe.each(FINDING_GROUPINGS)('groups by %s', (grouping) => {
  const cases = READERS.flatMap(([reader, visible]) =>
    FILTERS.map(([filter, part]) => ({ reader, filter, visible, criteria: { ...DEFAULT, ...part } })),
  );

  it.each(cases)('are what $reader can see of $filter, and nothing else', async ({ visible, criteria }) => {
    const expected = plainly(grouping, visible, criteria);
    const found = await readAll(grouping, visible, criteria);

    expect(found.map((row) => keyOf(grouping, row)).sort()).toEqual([...expected.keys()].sort());
    for (const row of found) {
      const facts = expected.get(keyOf(grouping, row));
      expect(row).toMatchObject({
        counts: facts?.counts,
        total: facts?.total,
        worst: facts?.worst,
        kev: facts?.kev,
        fixAvailable: facts?.fixAvailable,
        score: facts?.score,
        exact: true,
      });
      expect([row.key, row.resources ?? facts?.resources]).toEqual([row.key, facts?.resources]);
      expect([row.key, row.accounts ?? facts?.accounts]).toEqual([row.key, facts?.accounts]);
      expect(row.due.known ? row.due.at : facts?.due).toEqual(facts?.due);
    }
  });

  it.each(SORTS_OF_GROUPING[grouping])('come in the order that was asked for: %s', async (sort) => {
    const found = await readAll(grouping, EVERYTHING, { ...DEFAULT, sort });
    const bands = (row: FindingGroupRow) => BANDS.map(({ severity }) => row.counts[severity]);
    const placeOf = (row: FindingGroupRow) => (sort === 'count' ? [row.total, ...bands(row)] : bands(row));
    const worse = (a: readonly number[], b: readonly number[]) =>
      a.map((one, index) => (b[index] ?? 0) - one).find((difference) => difference !== 0) ?? 0;

    expect(found.length).toBeGreaterThan(5);
    expect(found.map(placeOf)).toEqual(found.map(placeOf).toSorted(worse));
  });

  it('numbers that are known for what is open are given', async () => {
    const [first] = await readAll(grouping, EVERYTHING, DEFAULT);

    expect(first).toMatchObject({ resources: expect.any(Number), accounts: expect.any(Number) });
  });

  it.each(['', 'x', Buffer.from('["account worst","1; drop table finding"]').toString('base64url')])(
    'a cursor that is none is refused: %s',
    async (cursor) => {
      const page = fixture.stores.reads.findingGroups(EVERYTHING, grouping, DEFAULT, { cursor, limit: 10 }, NOON);

      await expect(page).rejects.toMatchObject({ code: 'invalid-input' });
    },
  );
});

describe('the walk along all vulnerabilities', () => {
  const walkAll = async (visible: VisibleScope, criteria: FindingGroupCriteria, limit: number) => {
    const all: WalkedGroup[] = [];
    let cursor: string | null = null;
    for (;;) {
      const { cursorAfterWalk } = await import('./vulnerability-walk.ts');
      const page = await walkVulnerabilities(sqlOfPool(fixture.database.pool), visible, criteria, { cursor, limit });
      all.push(...page);
      const last = page.at(-1);
      if (page.length < limit || last === undefined) return all;
      cursor = cursorAfterWalk(last);
    }
  };
  const cases = READERS.flatMap(([reader, visible]) =>
    FILTERS.filter(([filter]) => filter !== 'words').map(([filter, part]) => ({
      reader,
      filter,
      visible,
      criteria: { ...DEFAULT, ...part },
    })),
  );

  it.each(cases)('gives $reader each vulnerability of $filter once, worst first', async ({ visible, criteria }) => {
    const expected = plainly('vulnerability', visible, criteria);

    const found = await walkAll(visible, criteria, 23);

    expect(found.map(({ key }) => key).sort()).toEqual([...expected.keys()].sort());
    for (const group of found) {
      expect(BANDS.map(({ severity, band }) => [severity, group[band]])).toEqual(
        Object.entries(expected.get(group.key)?.counts ?? {}),
      );
    }
    const places = found.map((group) => group.severity_order * 1_000 + group.published);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  });
});

describe('a vulnerability with very many findings', () => {
  const hot = LOOKED_AT_MAX + 40;

  beforeAll(async () => {
    await fixture.database.pool.query(
      `insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, search)
       select 'hot-' || n, case when n % 2 = 0 then $2 else $3 end, 'hot', 'ec2', 'hot-' || n, 'prod', now(), now(), '' from generate_series(1, $1::int) as n`,
      [hot, account(1), account(2)],
    );
    await fixture.database.pool.query(
      `insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev,
         fix_available, vulnerability_id, package_name, package_version, package_ecosystem, content, content_hash, first_seen_at,
         last_seen_at, opened_at, updated_at)
       select gen_random_uuid(), r.id, r.account_id, r.region, r.kind, r.environment, 'PACKAGE_VULNERABILITY', 'ACTIVE', 'CRITICAL',
         10, true, 'yes', 'CVE-2026-0', 'hot', '1', 'debian', gen_random_uuid(), gen_random_uuid(), now(), now(), now(), now()
       from resource r where r.region = 'hot'`,
    );
  });

  it('is counted to the end for who may see all, and to a bound for others', async () => {
    const hottest = async (visible: VisibleScope) => {
      const page = await walkVulnerabilities(sqlOfPool(fixture.database.pool), visible, DEFAULT, {
        cursor: null,
        limit: 400,
      });
      return page.find(({ key }) => key === 'CVE-2026-0');
    };

    expect(await hottest(EVERYTHING)).toMatchObject({ exact: false, total: LOOKED_AT_MAX + 1 });
    expect(await hottest({ ...EVERYTHING, accounts: [account(1), account(2)] })).toMatchObject({ exact: false });
    expect(await hottest({ ...EVERYTHING, accounts: [account(1)] })).toMatchObject({ exact: true });
  });
});
