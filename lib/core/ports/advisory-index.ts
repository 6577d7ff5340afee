import type {
  AdvisoryRecord,
  AffectedVersions,
  EpssScore,
  ExploitReference,
  KevEntry,
  SeverityStatement,
} from '../model/advisory.ts';
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
  /** Published exploits that any record of this CVE points to; absent where none does. */
  readonly exploits?: readonly ExploitReference[];
}

/** What one record says of the package under one key. */
export interface AdvisoryEntry {
  readonly record: AdvisoryRecord;
  readonly affected: readonly AffectedVersions[];
}

/** What one record says of one package. */
export interface AdvisoryStatement {
  readonly key: PackageKey;
  readonly record: AdvisoryRecord;
  readonly affected: readonly AffectedVersions[];
}

/** Read-only advisories, built once per feed revision. */
export interface AdvisoryIndex {
  /** Changes whenever the content changes; null while nothing has been synced. */
  revision(): string | null;
  /** Entries of each key that has any, sorted by the record's id. Asking twice gives the same objects. */
  find(keys: Iterable<PackageKey>): ReadonlyMap<PackageKey, readonly AdvisoryEntry[]>;
  /** Records with this id, alias or upstream name. */
  named(name: string): readonly AdvisoryRecord[];
  /** Everything that the records of a name say, package by package. For explanations: it reads all keys. */
  statements(name: string): readonly AdvisoryStatement[];
  signals(ids: readonly string[]): ReadonlyMap<string, VulnerabilitySignals>;
  ecosystems(): readonly EcosystemStatus[];
  close(): void;
}
