/** Version schemes that Harrier can order; `registry.ts` holds one implementation for each. */
export const SCHEME_IDS = [
  'semver',
  'deb',
  'rpm',
  'apk',
  'alpm',
  'pep440',
  'maven',
  'gem',
  'nuget',
  'packagist',
  'go',
  'pub',
  'hackage',
  'cran',
  'hex',
  'conan',
] as const;
export type SchemeId = (typeof SCHEME_IDS)[number];

export type Order = -1 | 0 | 1;

/** Longest text, in characters, that any scheme reads. Real versions stay below 256; hostile ones do not. */
export const VERSION_LENGTH_MAX = 1024;

/** One version scheme. Comparing starts with parsing; text is never compared. */
export interface VersionScheme<V = unknown> {
  readonly id: SchemeId;
  /** Null means "not a version of this scheme", never a guess. */
  parse(text: string): V | null;
  /** A total order over everything that `parse` accepts. */
  compare(a: V, b: V): Order;
  /**
   * True for text that the scheme's tools once sorted but no longer call a version. It can be put in a list, yet it is
   * too weak to decide whether a package is affected, so a match on it is undecidable.
   */
  isDoubtful(version: V): boolean;
}
