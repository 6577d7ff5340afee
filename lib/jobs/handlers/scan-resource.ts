import { reconcile } from '../../core/findings/reconcile.ts';
import type { FindingChange } from '../../core/model/finding.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { ResourceFacts } from '../../core/model/resource-facts.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import { assessPackages } from '../../core/risk/assess-packages.ts';
import type { VexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { PermanentJobError } from '../contracts.ts';
import { reportOf } from './report-of.ts';

/** Steps of one scan, in order. */
export type ScanStep = 'collect' | 'match' | 'write';

export interface ScanResourceInput {
  readonly resource: Resource;
  /** What is stored about the resource besides; the same as a later match of its inventory is given. */
  readonly facts?: ResourceFacts;
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

export interface ScanResourceOutcome {
  readonly result: PackageScanResult;
  /** Why the scan is not complete, in one sentence; null when it is. */
  readonly reason: string | null;
  /** Findings opened, reopened, closed and seen again by this scan. */
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
  readonly kept: number;
}

/** One package scan of one resource, from its files to its findings. Everything it writes is one transaction. */
export async function scanResource(deps: Dependencies, input: ScanResourceInput): Promise<ScanResourceOutcome> {
  const { resource, advisories, now, signal, onStep } = input;
  const inventory = await collected(input.collect, signal);
  await onStep?.('collect', inventory.packages.length);
  signal.throwIfAborted();

  const result =
    inventory.outcome === 'failed'
      ? failedResult(inventory, advisories)
      : assessPackages(inventory, advisories, {
          resource: resource.id,
          environment: resource.environment,
          now,
          ...(input.facts === undefined ? {} : { facts: input.facts }),
          ...(input.vex === undefined ? {} : { vex: input.vex }),
        });
  await onStep?.('match', result.observations.length);
  signal.throwIfAborted();

  const outcome = await deps.atomically((inside) => write(inside, input, result));
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
    return {
      distro: null,
      packages: [],
      outcome: 'failed',
      diagnostics: [{ level: 'error', path: null, message }],
    };
  }
}

function failedResult(inventory: Inventory, advisories: AdvisoryIndex): PackageScanResult {
  return {
    inventory,
    observations: [],
    undecidable: 0,
    advisoryStates: [],
    advisoryRevision: advisories.revision(),
    outcome: 'failed',
    diagnostics: inventory.diagnostics,
  };
}

async function write(
  deps: Dependencies,
  input: ScanResourceInput,
  result: PackageScanResult,
): Promise<ScanResourceOutcome> {
  const { resource, now } = input;
  const reason = reasonOf(result);
  await deps.resources.upsert([resource], now);
  // A failed scan knows nothing, so the last known inventory and findings stay as they are.
  const counts = result.outcome === 'failed' ? null : await writeFindings(deps, input, result);
  await deps.resources.recordScan({
    resource: resource.id,
    scanType: 'package',
    jobId: input.jobId,
    outcome: result.outcome,
    reason,
    startedAt: now,
    endedAt: input.endedAt?.() ?? now,
    packages: result.inventory.packages.length,
    findings: result.observations.length,
    undecidable: result.undecidable,
    distro: result.inventory.distro,
    advisoryRevision: result.advisoryRevision,
    advisoryStates: result.advisoryStates,
    diagnostics: result.diagnostics,
  });
  return {
    result,
    reason,
    opened: counts?.open ?? 0,
    reopened: counts?.reopen ?? 0,
    closed: counts?.close ?? 0,
    kept: counts ? counts.seen + counts.refresh : 0,
  };
}

async function writeFindings(
  deps: Dependencies,
  { resource, now }: ScanResourceInput,
  result: PackageScanResult,
): Promise<Readonly<Record<FindingChange['kind'], number>>> {
  await deps.inventories.save(resource.id, result.inventory, now);
  const current = await deps.findings.ofResource(resource.id, 'package');
  return deps.findings.apply(resource.id, 'harrier', reconcile(current, reportOf(resource.id, result)), now);
}

/** The worst thing that was said, as the reason that coverage shows. */
function reasonOf(result: PackageScanResult): string | null {
  if (result.outcome === 'complete') return null;
  const worst =
    result.diagnostics.find((diagnostic) => diagnostic.level === 'error') ??
    result.diagnostics.find((diagnostic) => diagnostic.level === 'warning');
  if (worst) return worst.message;
  return result.outcome === 'failed' ? 'Nothing could be read.' : 'Part of it could not be read.';
}
