import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { resourceId } from '../lib/core/model/ids.ts';
import { changedKeys } from '../lib/feeds/advisory-index/changed-keys.ts';
import { currentAdvisoryIndex } from '../lib/feeds/advisory-index/current-advisory-index.ts';
import { indexFiles } from '../lib/feeds/advisory-index/index-files.ts';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from '../lib/feeds/testing/mirror.ts';
import type { JobContext } from '../lib/jobs/contracts.ts';
import { rematchAdvisoriesHandler } from '../lib/jobs/handlers/rematch-advisories.ts';
import { type FinishedScan, writeScans } from '../lib/jobs/handlers/write-scans.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import { type Benchmark, type BenchmarkRow, milliseconds } from './benchmark.ts';
import { npmPackage } from './npm-package.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const ACCOUNTS = 1_000;
const RESOURCES = 100_000;
/** Hosts of one image have the same packages. */
const IMAGES = 1_000;
const PACKAGES_EACH = 300;
/** Advisories of the delta, each about a package of one image. */
const ADVISORIES = 200;
/** Advisories that were there before it. */
const EARLIER = 20_000;
const SCORES = 360_000;
const VULNERABILITIES = 300_000;
const FINDINGS = 1_000_000;
/** One score in so many is another one than the day before. */
const MOVED_ONE_IN = 100;
const SCANS_AT_ONCE = 200;

const ALONE = { peer: null, peerFigure: null } as const;
const context: JobContext = {
  id: '00000000-0000-4000-8000-000000000001' as JobContext['id'],
  signal: new AbortController().signal,
  progress: async () => undefined,
  log: async () => undefined,
};

/** What a day of new advisories and a day of EPSS do to what is stored: from files of the feeds to findings and scores. */
export const feedDelta: Benchmark = {
  name: 'feed-delta',
  async measure({ directory, freshDatabase }) {
    return [
      ...(await advisoriesDelta(await freshDatabase(), join(directory, 'advisories'))),
      ...(await epssDay(await freshDatabase(), join(directory, 'epss'))),
    ];
  },
};

async function advisoriesDelta(url: string, area: string): Promise<readonly BenchmarkRow[]> {
  return withEstate(url, area, async ({ database, sync, rematch, deps }) => {
    await database.pool.query(
      `insert into account (id, name, organizational_unit, first_seen_at, updated_at)
       select '1' || lpad(n::text, 11, '0'), 'Account ' || n, '', $2::timestamptz, $2::timestamptz from generate_series(1, $1::int) as n`,
      [ACCOUNTS, NOW],
    );
    for (let from = 0; from < RESOURCES; from += SCANS_AT_ONCE) {
      await writeScans(
        deps,
        Array.from({ length: SCANS_AT_ONCE }, (_, n) => scanOf(from + n)),
      );
    }
    await database.pool.query('vacuum analyze');
    const earlier = Array.from({ length: EARLIER }, (_, n) => osvRecord(`GHSA-old-${n}`, 'npm', `elsewhere-${n}`));
    mirrorOsv(join(area, 'mirror'), 'npm', earlier);
    await sync();
    await rematch();

    const fresh = Array.from({ length: ADVISORIES }, (_, n) =>
      osvRecord(`GHSA-new-${n}`, 'npm', `image-${n * 5}-package`, { aliases: [`CVE-2026-${n}`] }),
    );
    mirrorOsv(join(area, 'mirror'), 'npm', [...earlier, ...fresh]);
    const read = await milliseconds(sync);
    const matched = await milliseconds(rematch);
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from finding');
    const size = `${ADVISORIES} advisories of ${PACKAGES_EACH} packages each on ${RESOURCES.toLocaleString('en')} resources, ${rows[0]?.n.toLocaleString('en')} findings opened`;
    return [
      { name: 'delta of advisories, files to index', size, figure: read / 1_000, unit: 's', ...ALONE },
      { name: 'delta of advisories, index to findings', size, figure: matched / 1_000, unit: 's', ...ALONE },
    ];
  });
}

async function epssDay(url: string, area: string): Promise<readonly BenchmarkRow[]> {
  return withEstate(url, area, async ({ database, sync, rematch }) => {
    await fillFindings(database.pool, {
      findings: FINDINGS,
      accounts: ACCOUNTS,
      resources: RESOURCES,
      vulnerabilities: VULNERABILITIES,
      at: NOW,
    });
    // What is on record is the day before.
    await database.pool.query(
      "update vulnerability set epss_percentile = (split_part(id, '-', 3)::int % 1000) / 1000.0, epss_date = '2026-11-23'",
    );
    await database.pool.query('vacuum analyze');
    mirrorOsv(join(area, 'mirror'), 'npm', [osvRecord('GHSA-old', 'npm', 'elsewhere')]);
    mirrorScores(area, '2026-11-23', () => 0);
    await sync();
    await rematch();
    const before = await newestRow(database);
    mirrorScores(area, '2026-11-24', (n) => (n % MOVED_ONE_IN === 7 ? 0.4 : 0));
    const read = await milliseconds(sync);
    const scored = await milliseconds(rematch);
    const { rows } = await database.pool.query<{ vulnerabilities: number; findings: number }>(
      `select (select count(*)::int from vulnerability where xmin::text::bigint > $1::bigint) as vulnerabilities,
         (select count(*)::int from finding where xmin::text::bigint > $1::bigint) as findings`,
      [before],
    );
    const size = `${SCORES.toLocaleString('en')} scores, ${VULNERABILITIES.toLocaleString('en')} vulnerabilities on record, ${FINDINGS.toLocaleString('en')} findings`;
    const row = rows[0] ?? { vulnerabilities: 0, findings: 0 };
    return [
      { name: 'day of EPSS, file to index', size, figure: read / 1_000, unit: 's', ...ALONE },
      { name: 'day of EPSS, index to scores', size, figure: scored / 1_000, unit: 's', ...ALONE },
      { name: 'day of EPSS, vulnerabilities rewritten', size, figure: row.vulnerabilities, unit: 'rows', ...ALONE },
      { name: 'day of EPSS, findings rewritten', size, figure: row.findings, unit: 'rows', ...ALONE },
    ];
  });
}

interface Estate {
  readonly database: Database;
  readonly deps: ReturnType<typeof storeDependencies>;
  sync(): Promise<void>;
  rematch(): Promise<void>;
}

async function withEstate<T>(url: string, area: string, work: (estate: Estate) => Promise<T>): Promise<T> {
  const database = openDatabase(url);
  const stores = openStores(database);
  const index = currentAdvisoryIndex(area);
  const dependencies = storeDependencies(
    { url, database, stores, close: async () => undefined },
    () => NOW,
    () => index.advisories(),
  );
  mirrorSignals(join(area, 'mirror'));
  const handler = rematchAdvisoriesHandler({
    dependencies,
    changedKeys: (earlier, after) => changedKeys(indexFiles(area), earlier, after),
    readVex: async () => ({ statements: [], problems: [] }),
  });
  try {
    return await work({
      database,
      deps: dependencies,
      async sync() {
        const request = { dataDirectory: area, from: join(area, 'mirror'), ecosystems: ['npm'], now: NOW };
        const report = await syncFeeds({ ...request, signal: context.signal, onProgress: () => undefined });
        const failed = report.sources.find(({ state }) => state === 'failed');
        if (failed !== undefined) throw new Error(`${failed.source}: ${failed.error}`);
      },
      async rematch() {
        await handler.run({}, context);
      },
    });
  } finally {
    index.close();
    await stores.close();
    await database.close();
  }
}

/** A host of one of the images, with what a scan before the delta found: nothing. */
function scanOf(n: number): FinishedScan {
  const image = n % IMAGES;
  const account = `1${String((n % ACCOUNTS) + 1).padStart(11, '0')}`;
  const packages = Array.from({ length: PACKAGES_EACH }, (_, at) =>
    npmPackage(at === 0 ? `image-${image}-package` : `package-${at}`, `1.${(image + at) % 20}.0`),
  );
  return {
    resource: {
      id: resourceId(`arn:aws:ec2:eu-central-1:${account}:instance/i-${n}`),
      accountId: account,
      region: 'eu-central-1',
      kind: 'ec2',
      name: `host-${n}`,
      environment: 'prod',
      tags: {},
      sample: false,
    },
    now: NOW,
    jobId: null,
    result: {
      inventory: { distro: null, packages, outcome: 'complete', diagnostics: [] },
      observations: [],
      undecidable: 0,
      advisoryStates: [],
      advisoryRevision: null,
      outcome: 'complete',
      diagnostics: [],
    },
  };
}

/** A day's file of scores; those of the vulnerabilities on record are what is stored, save where they moved. */
function mirrorScores(area: string, day: string, moved: (n: number) => number): void {
  const lines = Array.from({ length: SCORES }, (_, n) => {
    const score = Math.min(1, (n % 100) / 100 + moved(n));
    return `CVE-2026-${n},${score},${((n % 1_000) / 1_000).toFixed(3)}`;
  });
  const head = [`#model_version:v2026.06.15,score_date:${day}T12:00:00Z`, 'cve,epss,percentile'];
  mirrorFile(join(area, 'mirror'), 'epss/epss_scores.csv.gz', gzipSync(`${[...head, ...lines].join('\n')}\n`));
}

async function newestRow({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select txid_current()::text as id');
  return rows[0]?.id ?? '0';
}
