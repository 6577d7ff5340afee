import type { PackageKey } from '../model/ids.ts';

/**
 * Keys of the packages about which two revisions of the index say different things, texts apart. `everything`: they
 * cannot be compared, or differ in more than is worth listing. That is not the same as none.
 */
export type ChangedKeys = ReadonlySet<PackageKey> | 'everything';

/** How one source came out of a sync. A source is named by its kind and its place in it, such as `osv/Debian` or `kev`. */
export interface SourceReport {
  readonly source: string;
  /** `unchanged`: the publisher's content is what the index already holds; `failed`: the earlier content was kept. */
  readonly state: 'updated' | 'unchanged' | 'failed';
  /** Records that the index holds of this source after the sync. */
  readonly records: number;
  /** Records that were left out because they could not be read. */
  readonly skipped: number;
  /** The most frequent reasons for leaving a record out, greatest count first. */
  readonly skippedReasons: readonly { readonly reason: string; readonly count: number }[];
  readonly newestRecord: Date | null;
  readonly seconds: number;
  /** One sentence that names the source, what failed and the way out; null unless the state is `failed`. */
  readonly error: string | null;
}

export interface SyncReport {
  /** Revision in force after the sync; null when nothing has ever been synced. */
  readonly revision: string | null;
  /** True when this sync put a new revision in force. */
  readonly changed: boolean;
  /** Revision in force before the sync; null when there was none. */
  readonly previous: string | null;
  /** What has to be matched again, between the two. */
  readonly changedKeys: ChangedKeys;
  readonly sources: readonly SourceReport[];
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/**
 * A step of one source. Every source is announced as `waiting` at the start; `fetch` counts bytes, `read` and `done` count
 * records. `total` is null while it is unknown.
 */
export interface SyncProgress {
  readonly source: string;
  readonly step: 'waiting' | 'fetch' | 'read' | 'done' | 'failed';
  readonly done: number;
  readonly total: number | null;
}

/** What a caller of a sync may choose; wiring adds where the feeds come from and where the index lives. */
export interface SyncRequest {
  /** Names of what to bring, such as `Debian` or `Alpine secdb`; empty means the configured set and what is there. */
  readonly ecosystems: readonly string[];
  /** Beside the configured set: ecosystems of which something is installed. */
  readonly also?: readonly string[];
  readonly signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
}
