import type { FindingChange, ReportChanges, StoredFindings } from '../model/finding.ts';
import type { ResourceId } from '../model/ids.ts';
import type { Origin, ScanType } from '../model/resource.ts';

/** How many findings each kind of change touched. */
export type ChangeCounts = Readonly<Record<FindingChange['kind'], number>>;

/** Findings as the pipeline writes them. Reading for screens goes through queries. */
export interface FindingStore {
  /**
   * What is stored of the resources, as a report of that origin is held against it. Inside a transaction the resources stay
   * locked to its end, so that nobody else decides about them meanwhile.
   */
  current(
    resources: readonly ResourceId[],
    scanType: ScanType,
    origin: Origin,
  ): Promise<ReadonlyMap<ResourceId, StoredFindings>>;
  /** Writes what reports of many resources change, in the surrounding transaction, at most one report a resource. */
  apply(reports: readonly ReportChanges[], now: Date): Promise<ChangeCounts>;
}
