import type { EpssScore, ExploitReference, KevEntry } from '../model/advisory.ts';

/** What is on record of how one vulnerability is exploited. */
export interface StoredSignals {
  readonly id: string;
  readonly epss: EpssScore | null;
  readonly kev: KevEntry | null;
  readonly exploit: ExploitReference | null;
}

/** The signals of vulnerabilities on record, and the scores that hang on them. */
export interface SignalStore {
  /** Vulnerabilities behind the given id in the order of ids, at most so many. */
  after(id: string, limit: number): Promise<readonly StoredSignals[]>;
  /**
   * Writes new signals, and the score of each finding whose score they move; nothing else is touched. Returns how many
   * findings that were.
   */
  save(signals: readonly StoredSignals[], now: Date): Promise<number>;
  /** Keys of resources with an open finding of one of the vulnerabilities, sample resources left out. */
  resourcesWith(ids: readonly string[]): Promise<readonly string[]>;
}
