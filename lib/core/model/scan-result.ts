import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { ScoredObservation } from './finding.ts';
import type { FindingKey } from './ids.ts';
import type { Inventory } from './inventory.ts';
import type { VexUse } from './vex.ts';

/**
 * How far the advisories behind one ecosystem of an inventory can be trusted at the time of a scan.
 * `fresh`: synced recently and the newest record is recent; `stale`: older than the limit; `missing`: the index
 * holds no record for it, so nothing was looked for.
 */
export interface AdvisoryState {
  /** OSV ecosystem with release, such as `Debian:12`. */
  readonly ecosystem: string;
  readonly packages: number;
  readonly records: number;
  readonly newestRecord: Date | null;
  readonly syncedAt: Date | null;
  readonly state: 'fresh' | 'stale' | 'missing';
}

/** Everything one package scan of one thing yields. */
export interface PackageScanResult {
  readonly inventory: Inventory;
  readonly observations: readonly ScoredObservation[];
  /** Packages whose version or name could not be decided, one diagnostic each, are in `diagnostics`. */
  readonly undecidable: number;
  /** Findings that undecidable records might prove; a report hands them on, so that nothing closes them. */
  readonly undecidedKeys?: readonly FindingKey[];
  /** What suppliers' statements keep out of the observations. */
  readonly vexUses?: readonly VexUse[];
  readonly advisoryStates: readonly AdvisoryState[];
  readonly advisoryRevision: string | null;
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
}
