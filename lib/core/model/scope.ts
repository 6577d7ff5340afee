import type { TimeRange } from './time-range.ts';

/** The scope bar: what part of the estate a page speaks of. Empty lists mean "all that the reader may see". */
export interface Scope {
  /** Ids of accounts, and groups of them: `ou:production` with the units below it, `s_8f2c1a03b7d4e596` for a stored set. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly environments: readonly string[];
  readonly time: TimeRange;
}

export const WHOLE_ESTATE: Scope = { accounts: [], regions: [], environments: [], time: '90d' };

/**
 * A scope after the caller's rights were applied. `accounts: null` means no restriction; an empty list means that
 * nothing is visible.
 */
export interface VisibleScope {
  readonly accounts: readonly string[] | null;
  readonly regions: readonly string[];
  readonly environments: readonly string[];
  readonly time: TimeRange;
}

/** Accounts that a scope names together. */
export type AccountGroup =
  | { readonly kind: 'unit'; readonly path: string }
  | { readonly kind: 'set'; readonly id: string };

const UNIT = 'ou:';
const SET = /^s_[0-9a-f]{6,32}$/;

/** The group that a name in a scope stands for; null for a single account. */
export function accountGroupOf(name: string): AccountGroup | null {
  if (name.startsWith(UNIT)) {
    return { kind: 'unit', path: name.slice(UNIT.length) };
  }
  return SET.test(name) ? { kind: 'set', id: name } : null;
}

/** The name of an organisational unit in a scope. */
export function nameOfUnit(path: string): string {
  return UNIT + path;
}

/** Whether a unit is the other one or below it: `production/commerce` is in `production`. */
export function isInUnit(unit: string, path: string): boolean {
  return unit === path || unit.startsWith(`${path}/`);
}

/** A set that was stored because its accounts are too many for an address. */
export interface AccountSet {
  /** Those that the reader may see. */
  readonly accounts: readonly string[];
  /** How many more it holds. */
  readonly dropped: number;
}

/** A set of at most so many accounts can be stored. */
export const ACCOUNT_SET_MAX = 5_000;
