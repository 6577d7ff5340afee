import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Distro } from '../model/package.ts';
import type { Account, Resource, ScanType } from '../model/resource.ts';
import type { ResourceFacts } from '../model/resource-facts.ts';
import type { AdvisoryState } from '../model/scan-result.ts';

/** One finished scan of one resource, as history and coverage keep it. */
export interface ScanRecord {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  readonly jobId: string | null;
  readonly outcome: Outcome;
  /** Why it is not complete, in one sentence; null when complete. */
  readonly reason: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly packages: number;
  readonly findings: number;
  readonly undecidable: number;
  readonly distro: Distro | null;
  readonly advisoryRevision: string | null;
  readonly advisoryStates: readonly AdvisoryState[];
  readonly diagnostics: readonly Diagnostic[];
  /** Code of the reason, where the ledger has one. */
  readonly reasonCode?: string | null;
  /** What tells whether the content has changed since; absent where nothing does. */
  readonly revision?: string | null;
}

/** What matching a stored inventory anew came to. */
export interface MatchRecord {
  readonly resource: ResourceId;
  readonly scanType: ScanType;
  readonly findings: number;
  readonly undecidable: number;
  readonly advisoryRevision: string | null;
  readonly advisoryStates: readonly AdvisoryState[];
}

export interface ResourceStore {
  upsertAccounts(accounts: readonly Account[], now: Date): Promise<void>;
  upsert(resources: readonly Resource[], now: Date): Promise<void>;
  /** What scores need to know of a resource; nothing is known of one that is not stored. */
  facts(resource: ResourceId): Promise<ResourceFacts>;
  recordScan(record: ScanRecord): Promise<void>;
  /** The same for scans of many resources, at most one of each resource and scan type. */
  recordScans(records: readonly ScanRecord[]): Promise<void>;
  /** Coverage then tells of the new match; nothing was scanned, so times, outcome and history stay as they are. */
  recordMatches(records: readonly MatchRecord[]): Promise<void>;
  /** Deletes everything that belongs to the sample estate; returns the number of resources removed. */
  removeSample(): Promise<number>;
}
