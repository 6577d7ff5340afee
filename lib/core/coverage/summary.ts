import type { LedgerState } from '../model/cloud.ts';
import type { CoverageView, LedgerCount } from '../model/coverage-view.ts';
import type { ResourceKind } from '../model/resource.ts';

/** Columns of the grid: what Amazon Inspector counts apart, and everything outside AWS together. */
export const COVERAGE_COLUMNS = [
  { id: 'ec2', label: 'EC2', kinds: ['ec2'] },
  { id: 'ecr', label: 'ECR', kinds: ['ecr'] },
  { id: 'lambda', label: 'Lambda', kinds: ['lambda'] },
  { id: 'outside', label: 'Hosts and files', kinds: ['host', 'image', 'function', 'source', 'sbom'] },
] as const satisfies readonly { id: string; label: string; kinds: readonly ResourceKind[] }[];
export type CoverageColumn = (typeof COVERAGE_COLUMNS)[number]['id'];

/** One figure of the grid. */
export interface CoverageCell {
  readonly total: number;
  readonly scanned: number;
  readonly states: Readonly<Partial<Record<LedgerState, number>>>;
}

export interface CoverageRow {
  readonly place: string;
  /** Everything that is not scanned. */
  readonly gap: number;
  readonly cells: Readonly<Record<CoverageColumn, CoverageCell>>;
}

export interface CoverageSummary {
  readonly all: CoverageRow;
  /** Those with the most that is not scanned first. */
  readonly rows: readonly CoverageRow[];
  readonly reasons: readonly CoverageReason[];
}

/** Why so many are not scanned. */
export interface CoverageReason {
  readonly reason: string;
  readonly kind: ResourceKind;
  readonly state: LedgerState;
  readonly resources: number;
}

/** Adds the ledger up: the parts always sum to the whole, whatever reasons there are. */
export function coverageSummary({ counts }: Pick<CoverageView, 'counts'>): CoverageSummary {
  const places = Map.groupBy(counts, ({ place }) => place);
  const rows = [...places].map(([place, own]) => rowOf(place, own));
  return {
    all: rowOf('', counts),
    rows: rows.toSorted((a, b) => b.gap - a.gap || (a.place < b.place ? -1 : 1)),
    reasons: reasonsOf(counts),
  };
}

function rowOf(place: string, counts: readonly LedgerCount[]): CoverageRow {
  const cells = Object.fromEntries(
    COVERAGE_COLUMNS.map(({ id, kinds }) => {
      const wanted: readonly ResourceKind[] = kinds;
      return [id, cellOf(counts.filter(({ kind }) => wanted.includes(kind)))];
    }),
  ) as Record<CoverageColumn, CoverageCell>;
  const gap = counts.reduce((sum, { state, resources }) => sum + (state === 'scanned' ? 0 : resources), 0);
  return { place, gap, cells };
}

function cellOf(counts: readonly LedgerCount[]): CoverageCell {
  const states: Partial<Record<LedgerState, number>> = {};
  for (const { state, resources } of counts) states[state] = (states[state] ?? 0) + resources;
  const total = counts.reduce((sum, { resources }) => sum + resources, 0);
  return { total, scanned: states.scanned ?? 0, states };
}

/** Reasons of what is not scanned, the commonest first. */
export function reasonsOf(counts: readonly LedgerCount[]): readonly CoverageReason[] {
  const unscanned = counts.filter(({ state }) => state !== 'scanned');
  const groups = Map.groupBy(unscanned, ({ kind, reason, state }) => `${kind} ${reason} ${state}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      const resources = group.reduce((sum, one) => sum + one.resources, 0);
      return first === undefined ? [] : [{ reason: first.reason, kind: first.kind, state: first.state, resources }];
    })
    .toSorted((a, b) => b.resources - a.resources || (a.reason + a.kind < b.reason + b.kind ? -1 : 1));
}
