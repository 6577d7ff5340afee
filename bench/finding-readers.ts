import type { VisibleScope } from '../lib/core/model/scope.ts';
import { FINDING_SORTS, type FindingCriteria } from '../lib/core/model/views.ts';
import { findingsPage } from '../lib/store/queries/findings-page.ts';
import type { Sql } from '../lib/store/sql.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../lib/testing/whole-estate.ts';

/** Readers of a thousand accounts: all, half, one in a hundred. */
export const READERS: Readonly<Record<string, VisibleScope>> = {
  all: EVERYTHING,
  half: { ...EVERYTHING, accounts: accounts(2) },
  'one in a hundred': { ...EVERYTHING, accounts: accounts(100) },
};

function accounts(step: number): readonly string[] {
  return Array.from({ length: 1_000 / step }, (_, n) => `1${String(n * step + 1).padStart(11, '0')}`);
}

/** Every filter that the list offers, by a value that many, some and few findings have. */
export const FILTERS: Readonly<Record<string, Partial<FindingCriteria>>> = {
  none: {},
  critical: { severities: ['CRITICAL'] },
  'low and untriaged': { severities: ['LOW', 'UNTRIAGED'] },
  fixed: { statuses: ['CLOSED'] },
  'known exploited': { exploited: true },
  'without a fix': { fixAvailable: false },
  'past due': { overdue: true },
  functions: { kinds: ['lambda'] },
  'score of 9 and more': { minimumScore: 9 },
  'first seen this week': { firstSeenAfter: new Date('2026-11-17T12:00:00Z') },
  'one resource': { resource: 'i-77' },
  'one package': { package: 'package-7' },
  'one vulnerability': { vulnerability: 'CVE-2026-4242' },
  'a word of many': { words: ['flaw'] },
  'a word of few': { words: ['host-4711'] },
  'critical, exploited, in production': { severities: ['CRITICAL'], exploited: true, kinds: ['ec2'] },
};

export interface PageTime {
  readonly name: string;
  readonly reader: string;
  readonly ms: number;
}

/** Milliseconds of the first page for every reader, order and filter, each asked `runs` times. */
export async function timePages(sql: Sql, runs: number, now: Date): Promise<readonly PageTime[]> {
  const times: PageTime[] = [];
  for (const [reader, visible] of Object.entries(READERS)) {
    for (const [filter, part] of Object.entries(FILTERS)) {
      for (const sort of FINDING_SORTS) {
        for (const descending of [true, false]) {
          const criteria = { ...DEFAULT_CRITERIA, ...part, sort, descending };
          for (let run = 0; run < runs; run += 1) {
            const started = performance.now();
            await findingsPage(sql, visible, criteria, { cursor: null, limit: 200 }, now);
            times.push({
              name: `${filter}, ${sort}${descending ? ' ↓' : ' ↑'}`,
              reader,
              ms: performance.now() - started,
            });
          }
        }
      }
    }
  }
  return times;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
