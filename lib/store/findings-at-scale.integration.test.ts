import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findingKey, resourceId } from '../core/model/ids.ts';
import { emptyDatabase, type FreshDatabase } from '../testing/postgres.ts';
import { observationOf, reportFindings } from '../testing/store-fixture.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../testing/whole-estate.ts';
import { type Database, openDatabase } from './client.ts';
import { migrate } from './migrate.ts';
import { type OpenStores, openStores } from './open-stores.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const MONDAY = new Date('2026-11-16T09:00:00.123Z');
const TUESDAY = new Date('2026-11-17T09:00:00.456Z');
const WEDNESDAY = new Date('2026-11-18T09:00:00.789Z');
const THURSDAY = new Date('2026-11-19T09:00:00.000Z');
const host = resourceId('host:1');

let fresh: FreshDatabase;
let database: Database;
let stores: OpenStores;
let earlier: string;

beforeEach(async () => {
  fresh = await emptyDatabase();
  earlier = mkdtempSync(join(tmpdir(), 'harrier-earlier-'));
  for (const name of readdirSync(MIGRATIONS).filter((each) => each < '20261126')) {
    cpSync(join(MIGRATIONS, name), join(earlier, name), { recursive: true });
  }
  await migrate(fresh.url, { directory: earlier });
  database = openDatabase(fresh.url);
  stores = openStores(database);
  await fill();
});

afterEach(async () => {
  await stores.close();
  await database.close();
  await fresh.drop();
  rmSync(earlier, { recursive: true });
});

interface OldFinding {
  readonly id: string;
  readonly status: string;
  readonly origins: readonly string[];
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** The first step of its score. */
  readonly base: string;
}

const OLD: readonly OldFinding[] = [
  {
    id: 'CVE-2026-1',
    status: 'ACTIVE',
    origins: ['harrier'],
    openedAt: MONDAY,
    closedAt: null,
    base: 'CVSS 3.1 base score of nvd',
  },
  {
    id: 'CVE-2026-2',
    status: 'ACTIVE',
    origins: ['harrier', 'security-hub'],
    openedAt: TUESDAY,
    closedAt: null,
    base: 'CVSS 3.1 base score of nvd',
  },
  {
    id: 'CVE-2026-3',
    status: 'CLOSED',
    origins: [],
    openedAt: MONDAY,
    closedAt: TUESDAY,
    base: 'CVSS 3.1 base score of nvd',
  },
  {
    id: 'CVE-2026-4',
    status: 'ACTIVE',
    origins: ['harrier'],
    openedAt: MONDAY,
    closedAt: null,
    base: 'Derived from the word "important" of redhat',
  },
];

/** Writes findings as they were kept before, row by row and in the columns of that time. */
async function fill(): Promise<void> {
  const { pool } = database;
  await pool.query(
    `insert into account (id, name, first_seen_at, updated_at) values ('111122223333', 'Shop', $1::timestamptz, $1::timestamptz)`,
    [MONDAY],
  );
  await pool.query(
    `insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, search)
     values ($1::text, '111122223333', 'eu-central-1', 'ec2', 'shop', 'prod', $2::timestamptz, $3::timestamptz, 'shop')`,
    [host, MONDAY, WEDNESDAY],
  );
  await pool.query(
    `insert into coverage (resource_id, scan_type, outcome, started_at, ended_at, first_ended_at, complete_at, packages,
       findings, undecidable)
     select id, 'package', 'partial', $2::timestamptz, $2::timestamptz, $1::timestamptz, $1::timestamptz, 3, 3, 0 from resource`,
    [TUESDAY, WEDNESDAY],
  );
  for (const old of OLD) {
    await insertOld(old);
  }
}

async function insertOld({ id, status, origins, openedAt, closedAt, base }: OldFinding): Promise<void> {
  const { key, packages, vulnerability } = observationOf(host, id);
  const { pool } = database;
  await pool.query(
    `insert into vulnerability (id, title, description, severity, cvss, content_hash, updated_at, epss_probability,
       epss_percentile, epss_date)
     values ($1::text, $1::text, 'A flaw.', 'HIGH', $2::jsonb, 'h', $3::timestamptz, 0.4, 0.9, '2026-11-15')`,
    [id, JSON.stringify(base.startsWith('CVSS') ? [...vulnerability.cvss, ...vulnerability.cvss] : []), MONDAY],
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev,
       fix_available, vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, title, search,
       packages, score_breakdown, content_hash, first_seen_at, last_seen_at, opened_at, closed_at, due_at)
     select $1::text, r.id, r.account_id, r.region, r.kind, r.environment, 'PACKAGE_VULNERABILITY', $2::text, 'HIGH', 7.5,
       $3::text = 'CVE-2026-2', 'yes', $3::text, 'openssl', '3.0.11', 'debian', '3.0.13', $3::text || ' in openssl', 'x',
       $4::jsonb, $5::jsonb, 'h', $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::timestamptz,
       $8::timestamptz + interval '30 days'
     from resource r returning id::text as id`,
    [
      key,
      status,
      id,
      JSON.stringify(packages),
      JSON.stringify({ score: 7.5, terms: [{ factor: 'cvss', detail: base, value: 7.5 }] }),
      MONDAY,
      TUESDAY,
      openedAt,
      closedAt,
    ],
  );
  for (const origin of origins) {
    await pool.query('insert into finding_origin (finding_id, origin, first_seen_at) values ($1, $2, $3)', [
      rows[0]?.id,
      origin,
      MONDAY,
    ]);
  }
  await pool.query(
    `insert into finding_event (finding_id, at, kind, detail, origin, account_id, region, resource_kind, environment, severity)
     select id, $2::timestamptz, 'open', 'First seen: openssl 3.0.11.', 'harrier', account_id, region, kind, environment,
       severity from finding where id = $1::bigint`,
    [rows[0]?.id, MONDAY],
  );
}

async function counted(): Promise<unknown> {
  const { rows } = await database.pool.query(
    'select status, severity, sum(n)::int as n, sum(kev)::int as kev from finding_count group by 1, 2 order by 1, 2',
  );
  return rows;
}

describe('a database of the time before', () => {
  it('keeps every finding with its times, its title, its packages, its life and its counts', async () => {
    const before = await counted();

    expect((await migrate(fresh.url)).applied.length).toBeGreaterThan(0);

    const criteria = { ...DEFAULT_CRITERIA, statuses: ['ACTIVE', 'CLOSED'], sort: 'first-seen' } as const;
    const { rows } = await stores.reads.findings(EVERYTHING, criteria, { cursor: null, limit: 50 }, THURSDAY);
    expect(rows.toSorted((a, b) => (a.vulnerabilityId < b.vulnerabilityId ? -1 : 1))).toMatchObject(
      OLD.map(({ id, status, openedAt }) => ({
        id: observationOf(host, id).key,
        vulnerabilityId: id,
        title: `${id} in openssl`,
        status,
        packages: 1,
        packageName: 'openssl',
        fixedVersion: '3.0.13',
        kev: id === 'CVE-2026-2',
        firstSeenAt: MONDAY,
        lastSeenAt: TUESDAY,
        dueAt: new Date(openedAt.getTime() + 30 * 86_400_000),
      })),
    );
    for (const { id, closedAt } of OLD) {
      const { key, packages } = observationOf(host, id);
      const detail = await stores.reads.finding(EVERYTHING, key);
      expect(detail).toMatchObject({
        closedAt,
        vulnerablePackages: packages,
        events: [{ kind: 'open', at: MONDAY, detail: 'First seen: openssl 3.0.11.' }],
      });
    }
    expect(await counted()).toEqual(before);
    await database.pool.query('select finding_delta_rebuild()');
    expect(await counted()).toEqual(before);
  });

  it('still says what a score starts from', async () => {
    await migrate(fresh.url);

    const bases = await Promise.all(
      OLD.map(async ({ id }) => {
        const detail = await stores.reads.finding(EVERYTHING, observationOf(host, id).key);
        return detail?.scoreBreakdown.terms[0]?.detail;
      }),
    );

    expect(bases).toEqual(OLD.map(({ base }) => base));
  });

  it('knows who sees each finding since when, and when each resource was looked at', async () => {
    await migrate(fresh.url);

    const stored = (await stores.findings.current([host], 'package', 'harrier')).get(host);

    const [monday, tuesday, wednesday] = [MONDAY, TUESDAY, WEDNESDAY].map((date) => date.getTime());
    expect(stored).toMatchObject({ completes: { harrier: [tuesday] }, lookedAt: wednesday });
    const lives = new Map(stored?.findings.map(({ key, status, sights }) => [key, { status, sights }]));
    const first = { first: monday, seen: tuesday, gone: null };
    const keyOf = (n: number) => findingKey(observationOf(host, `CVE-2026-${n}`).key);
    expect(lives.get(keyOf(1))).toEqual({ status: 'ACTIVE', sights: { harrier: { ...first, opened: monday } } });
    expect(lives.get(keyOf(2))?.sights).toEqual({
      harrier: { ...first, opened: tuesday },
      'security-hub': { ...first, opened: tuesday },
    });
    expect(lives.get(keyOf(3))).toEqual({
      status: 'CLOSED',
      sights: { harrier: { ...first, opened: monday, gone: tuesday } },
    });
  });

  it('goes on with the next scan: what is there stays open since it was, what is gone closes, what is back reopens', async () => {
    await migrate(fresh.url);
    const seen = [1, 3].map((n) => observationOf(host, `CVE-2026-${n}`));

    const counts = await reportFindings(stores, host, seen, { at: THURSDAY });

    expect(counts).toMatchObject({ open: 0, refresh: 1, reopen: 1, close: 1, 'drop-origin': 1 });
    const { rows } = await database.pool.query(
      `select vulnerability_id as id, status, first_seen_at as first, opened_at as opened, closed_at as closed
       from finding order by 1`,
    );
    expect(rows).toEqual([
      { id: 'CVE-2026-1', status: 'ACTIVE', first: MONDAY, opened: MONDAY, closed: null },
      { id: 'CVE-2026-2', status: 'ACTIVE', first: MONDAY, opened: TUESDAY, closed: null },
      { id: 'CVE-2026-3', status: 'ACTIVE', first: MONDAY, opened: THURSDAY, closed: null },
      { id: 'CVE-2026-4', status: 'CLOSED', first: MONDAY, opened: MONDAY, closed: THURSDAY },
    ]);
  });
});
