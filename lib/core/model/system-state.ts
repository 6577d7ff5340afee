/** What the first-run page and the foot of Settings say about the installation itself. */
export interface SystemState {
  readonly version: string;
  /** Server version and the number of findings on record; null when the database does not answer. */
  readonly database: { readonly version: string; readonly findings: number } | null;
  readonly advisories: { readonly records: number; readonly newestRecord: Date | null; readonly syncedAt: Date | null };
  readonly diskFreeBytes: number | null;
  /** Difference between this machine's clock and the database's, in seconds. */
  readonly clockOffsetSeconds: number | null;
}
