import { parseScope } from '@/components/layout/scope-params.ts';
import {
  addressWith,
  readSearch,
  type SearchRecord,
  type SearchValues,
  scopeOnly,
} from '@/components/layout/search-params.ts';
import { COVERAGE_COLUMNS, type CoverageColumn } from '@/lib/core/coverage/summary.ts';
import { LEDGER_STATES, type LedgerState } from '@/lib/core/model/cloud.ts';
import type { LedgerFilter } from '@/lib/core/model/coverage-view.ts';
import { RESOURCE_KINDS, type ResourceKind } from '@/lib/core/model/resource.ts';
import type { Scope } from '@/lib/core/model/scope.ts';

export const COVERAGE_VIEWS = ['account', 'region', 'resource'] as const;
export type CoverageViewName = (typeof COVERAGE_VIEWS)[number];

/** The row of everything, where an address names a place. */
export const ALL_PLACES = 'all';

export const UNSCANNED_STATES: readonly LedgerState[] = LEDGER_STATES.filter((state) => state !== 'scanned');
const UNSCANNED = 'unscanned';
const REASON_MAX = 100;

export interface PickedCell {
  /** Account id or region; ALL_PLACES for everything. */
  readonly place: string;
  readonly column: CoverageColumn;
}

export interface CoverageSearch {
  readonly scope: Scope;
  /** The scope as address values, for links. */
  readonly kept: SearchValues;
  readonly by: CoverageViewName;
  readonly order: 'gap' | 'name';
  readonly picked: PickedCell | null;
  readonly filter: LedgerFilter;
  readonly cursor: string | null;
}

/** `?by=region&at=eu-west-1&column=ec2`, `?by=resource&kind=ec2&state=unscanned&reason=NO_INVENTORY`. */
export function parseCoverageSearch(record: SearchRecord): CoverageSearch {
  const values = readSearch(record);
  const column = COVERAGE_COLUMNS.find(({ id }) => id === values.column)?.id;
  return {
    scope: parseScope(values),
    kept: scopeOnly(values),
    by: COVERAGE_VIEWS.find((known) => known === values.by) ?? 'account',
    order: values.sort === 'name' ? 'name' : 'gap',
    picked: values.at === undefined || column === undefined ? null : { place: values.at, column },
    filter: {
      kinds: chosen(values.kind, RESOURCE_KINDS),
      states: values.state === UNSCANNED ? UNSCANNED_STATES : chosen(values.state, LEDGER_STATES),
      reason: values.reason?.slice(0, REASON_MAX) ?? null,
      silent: values.silent === '1',
    },
    cursor: typeof record.cursor === 'string' && record.cursor !== '' ? record.cursor : null,
  };
}

interface GridAddress {
  readonly by: CoverageViewName;
  readonly order?: CoverageSearch['order'];
  readonly picked?: PickedCell | null;
}

/** The address of the grid, or of the plain list. What is as it is by itself is left out. */
export function coverageAddress(kept: SearchValues, { by, order = 'gap', picked = null }: GridAddress): string {
  return addressWith('/coverage', kept, {
    by: by === 'account' ? null : by,
    sort: order === 'gap' ? null : order,
    at: picked?.place ?? null,
    column: picked?.column ?? null,
  });
}

interface ListAddress {
  readonly kinds?: readonly ResourceKind[];
  readonly states?: readonly LedgerState[];
  readonly reason?: string | null;
  readonly silent?: boolean;
}

/** The address of the list of resources that stand so in the ledger. */
export function ledgerAddress(kept: SearchValues, filter: ListAddress): string {
  return addressWith('/coverage', kept, { by: 'resource', ...filterValues(filter) });
}

/** The address of the file of the same resources. */
export function ledgerFileAddress(kept: SearchValues, filter: ListAddress): string {
  return addressWith('/api/coverage', kept, filterValues(filter));
}

function filterValues({ kinds = [], states = [], reason = null, silent = false }: ListAddress) {
  return {
    kind: kinds.join(',') || null,
    state: isUnscanned(states) ? UNSCANNED : states.join(',') || null,
    reason,
    silent: silent ? '1' : null,
  };
}

/** The scope narrowed to one place of the grid. */
export function keptAt(kept: SearchValues, by: CoverageViewName, place: string): SearchValues {
  if (place === ALL_PLACES) return kept;
  return by === 'account' ? { ...kept, scope: null, acct: place } : { ...kept, region: place };
}

export function isUnscanned(states: readonly LedgerState[]): boolean {
  return states.length === UNSCANNED_STATES.length && UNSCANNED_STATES.every((state) => states.includes(state));
}

function chosen<Value extends string>(text: string | undefined, known: readonly Value[]): readonly Value[] {
  const asked = text?.split(',') ?? [];
  return known.filter((one) => asked.includes(one));
}
