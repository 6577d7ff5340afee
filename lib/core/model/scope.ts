import type { TimeRange } from './time-range.ts';

/** The scope bar: what part of the estate a page speaks of. Empty lists mean "all that the reader may see". */
export interface Scope {
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
