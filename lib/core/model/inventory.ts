import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { ImageFacts } from './image.ts';
import type { Distro, Package } from './package.ts';

/** All packages found in one thing at one time. Packages are sorted by purl, then path, without doubles. */
export interface Inventory {
  readonly distro: Distro | null;
  readonly packages: readonly Package[];
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  /** Code of the reason why it is not complete, for the ledger; absent where the diagnostics say it all. */
  readonly reason?: string;
  /** Set where the way in which it was read sees some kinds of packages only. */
  readonly narrowWay?: 'ssm-inventory' | 'ssm-command';
  /** The image and its layers; absent for other things. */
  readonly image?: ImageFacts;
  /** The SBOM that it was read from; absent where the thing itself was. */
  readonly document?: DocumentFacts;
}

/** What an SBOM says of itself. */
export interface DocumentFacts {
  /** Such as `CycloneDX 1.5 (JSON)`; null for one that could not be read. */
  readonly format: string | null;
  /** Serial number or namespace; where it has none, the digest of its bytes, `sha256:…`. */
  readonly id: string;
}
