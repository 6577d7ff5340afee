import type { FindingGrouping } from './finding-groups.ts';

/** Columns of the findings list that a person may leave out, in the order in which they stand. */
export const FINDING_COLUMNS = [
  'exploit',
  'resource',
  'account',
  'region',
  'environment',
  'reach',
  'fix',
  'due',
  'status',
  'owner',
  'source',
  'first-seen',
  'last-seen',
] as const;
export type FindingColumn = (typeof FINDING_COLUMNS)[number];

/** Shown until a person chooses others. */
export const DEFAULT_COLUMNS: readonly FindingColumn[] = ['exploit', 'resource', 'account', 'due', 'owner'];

export const DENSITIES = ['default', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** What a person chose for the console; kept on the server, so that it is the same in every browser. */
export interface Preferences {
  readonly density: Density;
  readonly columns: readonly FindingColumn[];
  readonly scopes: readonly SavedScope[];
}

export const SCOPE_NAME_LENGTH_MAX = 60;
/** A person keeps at most so many scopes. */
export const SCOPES_MAX = 30;

/** A part of the estate under a name. */
export interface SavedScope {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly environments: readonly string[];
  /** Chosen when the person comes in without naming a scope; at most one is. */
  readonly isDefault: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = { density: 'default', columns: DEFAULT_COLUMNS, scopes: [] };

export const VIEW_NAME_LENGTH_MAX = 80;
/** A person keeps at most so many views. */
export const VIEWS_MAX = 100;

/** A named list of findings. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** As it is typed. */
  readonly query: string;
  readonly grouping: FindingGrouping | null;
  /** As the address has it, `-score`; null for the usual order. */
  readonly sort: string | null;
  /** Null: whatever the reader has chosen. */
  readonly columns: readonly FindingColumn[] | null;
  /** Everybody who may read findings sees it; each within their own accounts. */
  readonly shared: boolean;
  /** Id and name of whoever made it. */
  readonly owner: string;
  readonly ownerName: string;
}
