import {
  FINDING_GROUPINGS,
  type FindingGroupCriteria,
  GROUPS_A_PAGE,
  SORTS_OF_GROUPING,
} from '../lib/core/model/finding-groups.ts';
import type { VisibleScope } from '../lib/core/model/scope.ts';
import { openDatabase } from '../lib/store/client.ts';
import { accountRisk } from '../lib/store/queries/account-risk.ts';
import { findingGroups } from '../lib/store/queries/finding-groups/finding-groups.ts';
import { fixFirst } from '../lib/store/queries/fix-first.ts';
import { dueFigures, medianDaysToFix } from '../lib/store/queries/overview-figures.ts';
import { openCounts } from '../lib/store/queries/severity-counts.ts';
import { type Sql, sqlOfPool } from '../lib/store/sql.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { type Benchmark, type BenchmarkRow, milliseconds } from './benchmark.ts';
import { type PageTime, percentile, READERS } from './finding-readers.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const ACCOUNTS = 1_000;
const RESOURCES = 100_000;
const RUNS = 5;
const ALONE = { peer: null, peerFigure: null } as const;

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

/** What grouped lists offer, by values that many, some and few findings have. */
const FILTERS: Readonly<Record<string, Partial<FindingGroupCriteria>>> = {
  none: {},
  critical: { severities: ['CRITICAL'] },
  'low and untriaged': { severities: ['LOW', 'UNTRIAGED'] },
  fixed: { statuses: ['CLOSED'] },
  'known exploited': { exploited: true },
  'without a fix': { fixAvailable: false },
  functions: { kinds: ['lambda'] },
  'a word of few': { words: ['host-4711'] },
  'critical, exploited, on instances': { severities: ['CRITICAL'], exploited: true, kinds: ['ec2'] },
};

/** Grouped lists and the figures of the overview in a large estate. At a million; asked for by name, at ten million too. */
export const findingGroupsBenchmark: Benchmark = {
  name: 'finding-groups',
  async measure({ freshDatabase, isNamed }) {
    const rows: BenchmarkRow[] = [];
    for (const size of isNamed ? [1_000_000, 10_000_000] : [1_000_000]) {
      rows.push(...(await measureEstate(await freshDatabase(), size)));
    }
    return rows;
  },
};

async function measureEstate(url: string, findings: number): Promise<readonly BenchmarkRow[]> {
  const database = openDatabase(url);
  try {
    const vulnerabilities = Math.min(300_000, findings / 4);
    await fillFindings(database.pool, { findings, accounts: ACCOUNTS, resources: RESOURCES, vulnerabilities, at: NOW });
    await database.pool.query('vacuum analyze');
    const size = `${findings.toLocaleString('en')} findings, ${RESOURCES.toLocaleString('en')} resources, ${ACCOUNTS.toLocaleString('en')} accounts`;
    const sql = sqlOfPool(database.pool);
    await timeGroups(sql, 1, NOW);
    return [...toRows(await timeGroups(sql, RUNS, NOW), size), ...toRows(await timeOverview(sql, RUNS, NOW), size)];
  } finally {
    await database.close();
  }
}

/** Milliseconds of the first page of 200 groups for every reader, grouping, order and filter. */
export async function timeGroups(sql: Sql, runs: number, now: Date): Promise<readonly (PageTime & { of: string })[]> {
  const times: (PageTime & { of: string })[] = [];
  for (const [reader, visible] of Object.entries(READERS)) {
    for (const grouping of FINDING_GROUPINGS) {
      for (const [filter, part] of Object.entries(FILTERS)) {
        for (const sort of SORTS_OF_GROUPING[grouping]) {
          const criteria = { ...DEFAULT, ...part, sort };
          for (let run = 0; run < runs; run += 1) {
            const ms = await milliseconds(() =>
              findingGroups(sql, visible, grouping, criteria, { cursor: null, limit: GROUPS_A_PAGE }, now),
            );
            times.push({ of: `by ${grouping}`, name: `${filter}, ${sort}`, reader, ms });
          }
        }
      }
    }
  }
  return times;
}

const FIGURES: Readonly<Record<string, (sql: Sql, visible: VisibleScope, now: Date) => Promise<unknown>>> = {
  'open by severity': openCounts,
  'past due and due in 7 days': dueFigures,
  'median days to fix': medianDaysToFix,
  'accounts carrying most risk': accountRisk,
  'fix first': (sql, visible) => fixFirst(sql, visible, 1),
};

/** Milliseconds of each figure of the overview. */
export async function timeOverview(sql: Sql, runs: number, now: Date): Promise<readonly (PageTime & { of: string })[]> {
  const times: (PageTime & { of: string })[] = [];
  for (const [reader, visible] of Object.entries(READERS)) {
    for (const [name, figure] of Object.entries(FIGURES)) {
      await figure(sql, visible, now);
      for (let run = 0; run < runs; run += 1) {
        times.push({ of: name, name, reader, ms: await milliseconds(() => figure(sql, visible, now)) });
      }
    }
  }
  return times;
}

function toRows(times: readonly (PageTime & { readonly of: string })[], size: string): readonly BenchmarkRow[] {
  const groups = Map.groupBy(times, ({ of, reader }) => `${of}, ${reader}`);
  return [...groups].map(([name, own]) => {
    const figure = percentile(
      own.map(({ ms }) => ms),
      0.95,
    );
    return { name: `${name}, p95`, size, figure, unit: 'ms', ...ALONE };
  });
}
