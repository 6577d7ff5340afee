import type { Advisory, EpssScore, KevEntry, SeverityStatement } from '../model/advisory.ts';
import type { PackageKey } from '../model/ids.ts';

/** What the index holds of one OSV ecosystem (with release, such as `Debian:12`). */
export interface EcosystemStatus {
  readonly ecosystem: string;
  readonly records: number;
  readonly newestRecord: Date | null;
  readonly syncedAt: Date;
}

/** Exploitation signals and ratings of one CVE, from any source in the index. */
export interface VulnerabilitySignals {
  readonly epss: EpssScore | null;
  readonly kev: KevEntry | null;
  /** Ratings that other records of the same CVE publish, for records that carry none. */
  readonly severities: readonly SeverityStatement[];
}

/** Read-only advisories, built once per feed revision. */
export interface AdvisoryIndex {
  /** Changes whenever the content changes; null while nothing has been synced. */
  revision(): string | null;
  find(keys: readonly PackageKey[]): ReadonlyMap<PackageKey, readonly Advisory[]>;
  signals(ids: readonly string[]): ReadonlyMap<string, VulnerabilitySignals>;
  ecosystems(): readonly EcosystemStatus[];
  close(): void;
}
