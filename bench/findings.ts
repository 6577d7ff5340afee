import { writeScans } from '../lib/jobs/handlers/write-scans.ts';
import type { Dependencies } from '../lib/operations/dependencies.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { openCounts } from '../lib/store/queries/severity-counts.ts';
import { sqlOfPool } from '../lib/store/sql.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import { type Benchmark, type BenchmarkRow, milliseconds } from './benchmark.ts';
import { percentile, READERS, timePages } from './finding-readers.ts';
import { generateScans } from './generated-scans.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const ACCOUNTS = 1_000;
const RESOURCES = 100_000;
const RUNS = 3;
const HOSTS = 1_000;
const PACKAGES_EACH = 300;
const FINDINGS_EACH = 60;
/** Scans of one transaction, and transactions side by side: one for each core. */
const SCANS_AT_ONCE = 50;
const WRITERS = 2;

const ALONE = { peer: null, peerFigure: null } as const;

/**
 * The findings of a large estate: first pages for every reader, order and filter, kept counts, scans written into it, and
 * what it takes on disk. At a million; asked for by name, at ten million too.
 */
export const findings: Benchmark = {
  name: 'findings',
  async measure({ freshDatabase, isNamed }) {
    const rows: BenchmarkRow[] = [];
    for (const size of isNamed ? [1_000_000, 10_000_000] : [1_000_000]) {
      rows.push(...(await measureEstate(await freshDatabase(), size)));
    }
    return rows;
  },
};

async function measureEstate(url: string, findingsInAll: number): Promise<readonly BenchmarkRow[]> {
  const database = openDatabase(url);
  try {
    const estate = {
      findings: findingsInAll,
      accounts: ACCOUNTS,
      resources: RESOURCES,
      vulnerabilities: Math.min(300_000, findingsInAll / 4),
      at: NOW,
    };
    await fillFindings(database.pool, estate);
    const size = `${findingsInAll.toLocaleString('en')} findings, ${RESOURCES.toLocaleString('en')} resources, ${ACCOUNTS.toLocaleString('en')} accounts`;
    const bytes = await bytesOf(database);
    return [
      { name: 'findings, size', size, figure: ((bytes / findingsInAll) * 1e6) / 1e9, unit: 'GB/million', ...ALONE },
      ...(await pageRows(database, size)),
      ...(await countRows(database, size)),
      ...(await ingestRows(url, database, size)),
    ];
  } finally {
    await database.close();
  }
}

async function bytesOf({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  return Number(rows[0]?.bytes);
}

async function pageRows({ pool }: Database, size: string): Promise<readonly BenchmarkRow[]> {
  const sql = sqlOfPool(pool);
  await timePages(sql, 1, NOW);
  const times = await timePages(sql, RUNS, NOW);
  return Object.keys(READERS).flatMap((reader) => {
    const own = times.filter((one) => one.reader === reader);
    const ms = own.map((one) => one.ms);
    const worst = own.reduce((a, b) => (a.ms > b.ms ? a : b));
    return [
      { name: `first page, ${reader}, median`, size, figure: percentile(ms, 0.5), unit: 'ms', ...ALONE },
      { name: `first page, ${reader}, p95`, size, figure: percentile(ms, 0.95), unit: 'ms', ...ALONE },
      { name: `first page, ${reader}, slowest: ${worst.name}`, size, figure: worst.ms, unit: 'ms', ...ALONE },
    ];
  });
}

async function countRows({ pool }: Database, size: string): Promise<readonly BenchmarkRow[]> {
  const sql = sqlOfPool(pool);
  const rows: BenchmarkRow[] = [];
  for (const [reader, visible] of Object.entries(READERS)) {
    const times: number[] = [];
    for (let run = 0; run < 20; run += 1) {
      times.push(await milliseconds(() => openCounts(sql, visible)));
    }
    rows.push({
      name: `counts by severity, ${reader}, p95`,
      size,
      figure: percentile(times, 0.95),
      unit: 'ms',
      ...ALONE,
    });
  }
  return rows;
}

/** A thousand hosts, written as finished scans: from inventories to findings, events, counts, coverage. */
async function ingestRows(url: string, database: Database, size: string): Promise<readonly BenchmarkRow[]> {
  const stores = openStores(database);
  const deps = storeDependencies({ url, database, stores, close: async () => undefined }, () => new Date());
  const waves = [
    ['scans, all findings new', 0, 0],
    ['scans, nothing new', 0, 1_000],
    ['scans, every finding changed', 1, 2_000],
  ] as const;
  const rows: BenchmarkRow[] = [];
  try {
    for (const [name, drift, later] of waves) {
      const scans = generateScans({
        hosts: HOSTS,
        packagesEach: PACKAGES_EACH,
        findingsEach: FINDINGS_EACH,
        accounts: ACCOUNTS,
        drift,
        at: new Date(NOW.getTime() + later),
      });
      const ms = await milliseconds(() => writeAll(deps, scans));
      rows.push(
        { name: `${name}`, size: `${HOSTS} hosts into ${size}`, figure: ms / 1_000, unit: 's', ...ALONE },
        { name: `${name}`, size, figure: (HOSTS * FINDINGS_EACH * 1_000) / ms, unit: 'findings/s', ...ALONE },
      );
    }
    return rows;
  } finally {
    await stores.close();
  }
}

async function writeAll(deps: Dependencies, scans: ReturnType<typeof generateScans>): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < scans.length) {
      const batch = scans.slice(next, next + SCANS_AT_ONCE);
      next += SCANS_AT_ONCE;
      await writeScans(deps, batch);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}
