import type { Diagnostic, Outcome } from './diagnostic.ts';
import type { ImageFacts } from './image.ts';
import type { Distro, Package } from './package.ts';

/** All packages found in one thing at one time. Packages are sorted by purl, then path, without doubles. */
export interface Inventory {
  readonly distro: Distro | null;
  readonly packages: readonly Package[];
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  /** The image and its layers; absent for other things. */
  readonly image?: ImageFacts;
}
