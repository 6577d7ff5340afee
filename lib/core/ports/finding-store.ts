import type { FindingChange, StoredFinding } from '../model/finding.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Origin, ScanType } from '../model/resource.ts';

/** Findings as the pipeline writes them. Reading for screens goes through queries. */
export interface FindingStore {
  ofResource(resource: ResourceId, scanType: ScanType): Promise<readonly StoredFinding[]>;
  /** Applies all changes of one resource in the surrounding transaction; returns how many rows each kind touched. */
  apply(
    resource: ResourceId,
    origin: Origin,
    changes: readonly FindingChange[],
    now: Date,
  ): Promise<Readonly<Record<FindingChange['kind'], number>>>;
}
