import type { MatchEvidence } from '../../model/finding.ts';
import type { PackageKey } from '../../model/ids.ts';
import type { Package } from '../../model/package.ts';
import type { AdvisoryEntry } from '../../ports/advisory-index.ts';

/** Undecidable is an answer; silence is not. */
export type MatchOutcome =
  | { readonly kind: 'affected'; readonly fixedVersion: string | null; readonly evidence: MatchEvidence }
  | { readonly kind: 'unaffected' }
  | { readonly kind: 'undecidable'; readonly reason: string };

/** Decides whether one record, found under one key, applies to a package. */
export interface Matcher {
  readonly id: string;
  accepts(pkg: Package): boolean;
  match(pkg: Package, key: PackageKey, entry: AdvisoryEntry): MatchOutcome;
}
