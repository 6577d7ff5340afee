import { failedInventory } from '../../core/inventory/failed-inventory.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { ScoringTerms } from '../../core/risk/scoring-terms.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { PermanentJobError } from '../contracts.ts';
import { assessor } from './assess-resource.ts';
import { reasonOf, type WrittenScan, writeScans } from './write-scans.ts';

const NOTHING_WRITTEN: WrittenScan = { opened: 0, reopened: 0, closed: 0, kept: 0 };

/** Steps of one scan, in order. */
export type ScanStep = 'collect' | 'match' | 'write';

export interface ScanResourceInput {
  readonly resource: Resource;
  /** Reads the thing. What it throws is a failed inventory with that reason; a PermanentJobError ends the scan without a record. */
  readonly collect: (signal: AbortSignal) => Promise<Inventory>;
  readonly advisories: AdvisoryIndex;
  /** When the scan started; what it finds is first seen at this time. */
  readonly now: Date;
  /** The end of the scan for its record; `now` unless given. */
  readonly endedAt?: () => Date;
  readonly jobId: string | null;
  /** What suppliers say of vulnerabilities in packages; nothing unless given. */
  readonly vex?: VexBook;
  readonly signal: AbortSignal;
  /** Told when a step ends: files of a package inventory, packages that were matched, findings that were written. */
  readonly onStep?: (step: ScanStep, count: number) => Promise<void>;
}

export interface ScanResourceOutcome extends WrittenScan {
  readonly result: PackageScanResult;
  /** Why the scan is not complete, in one sentence; null when it is. */
  readonly reason: string | null;
}

/** One package scan of one resource, from its files to its findings. Everything it writes is one transaction. */
export async function scanResource(deps: Dependencies, input: ScanResourceInput): Promise<ScanResourceOutcome> {
  const { resource, advisories, now, signal, onStep } = input;
  const inventory = await collected(input.collect, signal);
  await onStep?.('collect', inventory.packages.length);
  signal.throwIfAborted();

  const assessed = await assessor(deps, [resource], input.vex ?? null);
  const assess = (terms: ScoringTerms): PackageScanResult => assessed({ resource, inventory, advisories, terms, now });
  const terms = await deps.scoring.terms();
  const first = assess(terms);
  await onStep?.('match', first.observations.length);
  signal.throwIfAborted();

  const { result, written } = await deps.atomically(async (inside) => {
    // Points that somebody changed meanwhile count: their own job may have passed the resource.
    const inForce = await inside.scoring.hold();
    const last = inForce.version === terms.version ? first : assess(inForce);
    const [one = NOTHING_WRITTEN] = await writeScans(inside, [{ ...input, result: last }]);
    return { result: last, written: one };
  });
  const outcome = { result, reason: reasonOf(result), ...written };
  await onStep?.('write', outcome.opened + outcome.reopened + outcome.kept + outcome.closed);
  return outcome;
}

/** A target that cannot be read at all is a failed inventory, not a failed job: coverage has to show it with its reason. */
async function collected(collect: ScanResourceInput['collect'], signal: AbortSignal): Promise<Inventory> {
  try {
    return await collect(signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PermanentJobError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return failedInventory(message);
  }
}
