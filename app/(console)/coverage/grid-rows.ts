import {
  COVERAGE_COLUMNS,
  type CoverageColumn,
  type CoverageRow,
  type CoverageSummary,
} from '@/lib/core/coverage/summary.ts';
import { DISCOVERED_SERVICES } from '@/lib/core/model/cloud.ts';
import type { CoverageView, CoveredAccount, UnreadPlace } from '@/lib/core/model/coverage-view.ts';

/** Why a figure is missing, or is of a part alone. The first that holds is said. */
export const CELL_WORDS = ['denied', 'late', 'suspended', 'off'] as const;
export type CellWord = (typeof CELL_WORDS)[number];

export interface GridCell {
  readonly scanned: number;
  readonly total: number;
  /** Null where everything could be read. */
  readonly word: CellWord | null;
}

export interface GridRow {
  /** Account id or region; empty for everything. */
  readonly place: string;
  readonly name: string;
  /** Everything that is not scanned; null where nothing is known of the place. */
  readonly gap: number | null;
  /** Its connection reaches it no more. */
  readonly left: boolean;
  /** In the order of the columns. */
  readonly cells: readonly GridCell[];
}

export type GridColumn = (typeof COVERAGE_COLUMNS)[number];

export interface Grid {
  /** Those of which there is something anywhere. */
  readonly columns: readonly GridColumn[];
  readonly all: GridRow;
  readonly rows: readonly GridRow[];
}

type GridView = Pick<CoverageView, 'by' | 'accounts' | 'unread'>;

const NOTHING: GridCell = { scanned: 0, total: 0, word: null };

/** The rows and columns of the grid: every place of which something is known, and each figure with what is missing of it. */
export function gridOf(view: GridView, summary: Pick<CoverageSummary, 'all' | 'rows'>): Grid {
  const columns = columnsOf(view, summary.all);
  const accounts = new Map(view.by === 'account' ? view.accounts.map((account) => [account.id, account]) : []);
  const unread = Map.groupBy(view.unread, ({ accountId, region }) => (view.by === 'account' ? accountId : region));
  const counted = new Map(summary.rows.map((row) => [row.place, row]));
  const others = [...accounts.values()].filter(({ state }) => state !== 'left').map(({ id }) => id);
  const places = new Set([...counted.keys(), ...unread.keys(), ...others]);
  const rows = [...places].map((place): GridRow => {
    const account = accounts.get(place) ?? null;
    const row = counted.get(place) ?? null;
    const missing = unread.get(place) ?? [];
    return {
      place,
      name: account?.name ?? placeName(place),
      gap: row?.gap ?? null,
      left: account?.state === 'left',
      cells: columns.map(({ id }) => {
        const figure = row === null ? NOTHING : figureOf(row, id);
        return { ...figure, word: wordOf(id, account, missing, figure.total) ?? figure.word };
      }),
    };
  });
  return {
    columns,
    all: {
      place: '',
      name: '',
      gap: summary.all.gap,
      left: false,
      cells: columns.map(({ id }) => figureOf(summary.all, id)),
    },
    rows: rows.toSorted(byGap),
  };
}

export function byName(a: GridRow, b: GridRow): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true }) || (a.place < b.place ? -1 : 1);
}

/** Where something is known to be missing comes first, then where nothing could be seen. */
function byGap(a: GridRow, b: GridRow): number {
  const blind = (row: GridRow) => (row.cells.some(({ word }) => word !== null) ? 1 : 0);
  return (b.gap ?? 0) - (a.gap ?? 0) || blind(b) - blind(a) || byName(a, b);
}

/** Things outside AWS stand in an account and a region of that name. */
export function placeName(place: string): string {
  return place === 'local' ? 'Outside AWS' : place;
}

function columnsOf({ accounts, unread }: GridView, all: CoverageRow): readonly GridColumn[] {
  const shown = COVERAGE_COLUMNS.filter(
    ({ id }) => all.cells[id].total > 0 || unread.some(({ service }) => service === id),
  );
  const blind = accounts.some((account) => accountWord(account) !== null);
  return blind && !shown.some(({ id }) => isService(id))
    ? COVERAGE_COLUMNS.filter(({ id }) => isService(id) || all.cells[id].total > 0)
    : shown;
}

function figureOf(row: CoverageRow, column: CoverageColumn): GridCell {
  const { scanned, total, states } = row.cells[column];
  return { scanned, total, word: total > 0 && states.off === total ? 'off' : null };
}

function wordOf(
  column: CoverageColumn,
  account: CoveredAccount | null,
  missing: readonly UnreadPlace[],
  total: number,
): CellWord | null {
  if (!isService(column)) return null;
  const words = new Set(missing.filter(({ service }) => service === column).map(unreadWord));
  const own = account === null ? null : accountWord(account);
  if (own !== null) words.add(own);
  const said = CELL_WORDS.find((word) => words.has(word)) ?? null;
  // Where a region is off, the others say all that there is to say.
  return said === 'off' && total > 0 ? null : said;
}

export function accountWord({ state }: CoveredAccount): CellWord | null {
  if (state === 'denied' || state === 'suspended') return state;
  return state === 'unreachable' ? 'late' : null;
}

export function unreadWord({ state }: UnreadPlace): CellWord {
  return state === 'denied' || state === 'off' ? state : 'late';
}

function isService(column: CoverageColumn): boolean {
  return DISCOVERED_SERVICES.some((service) => service === column);
}
