/** What is recorded of a source once all its content is in. */
export interface SourceEntry {
  readonly name: string;
  readonly sha256: string;
  readonly records: number;
  readonly skipped: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly newest: Date | null;
  readonly syncedAt: Date;
  /** What only this kind of source knows, such as the date of the scores. */
  readonly detail: Readonly<Record<string, string>>;
}
