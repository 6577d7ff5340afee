import { reconcile } from '../../core/findings/reconcile.ts';
import type { FindingChange } from '../../core/model/finding.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { ScanRecord } from '../../core/ports/resource-store.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { reportOf } from './report-of.ts';

/** A finished package scan that is to be written. */
export interface FinishedScan {
  readonly resource: Resource;
  readonly result: PackageScanResult;
  /** When it started; what it finds is first seen at this time. */
  readonly now: Date;
  /** The end of the scan for its record; `now` unless given. */
  readonly endedAt?: () => Date;
  readonly jobId: string | null;
  /** What tells whether its content has changed since; absent where nothing does. */
  readonly revision?: string | null;
}

/** Findings opened, reopened, closed and seen again by one scan. */
export interface WrittenScan {
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
  readonly kept: number;
}

/**
 * Writes finished package scans of different resources in one transaction: resources, inventories, findings, coverage.
 * Statements are as many for a hundred scans as for one. A failed scan knows nothing, so the last known inventory and
 * findings stay as they are.
 */
export function writeScans(deps: Dependencies, scans: readonly FinishedScan[]): Promise<readonly WrittenScan[]> {
  return deps.atomically(async (inside) => {
    const now = new Date(Math.max(...scans.map((scan) => scan.now.getTime())));
    await inside.resources.upsert(
      scans.map(({ resource }) => resource),
      now,
    );
    const known = scans.filter(({ result }) => result.outcome !== 'failed');
    const written = await writeFindings(inside, known, now);
    await inside.resources.recordScans(scans.map(toRecord));
    return scans.map(({ resource }) => written.get(resource.id) ?? { opened: 0, reopened: 0, closed: 0, kept: 0 });
  });
}

async function writeFindings(
  deps: Dependencies,
  scans: readonly FinishedScan[],
  now: Date,
): Promise<ReadonlyMap<ResourceId, WrittenScan>> {
  if (scans.length === 0) {
    return new Map();
  }
  const resources = scans.map(({ resource }) => resource.id);
  const stored = await deps.findings.current(resources, 'package', 'harrier');
  const inventories = scans.map(({ resource, result }) => [resource.id, result.inventory] as const);
  await deps.inventories.saveAll(new Map<ResourceId, Inventory>(inventories), now);
  const reports = scans.map(({ resource, result, now: at }) => {
    const held = stored.get(resource.id);
    if (held === undefined) throw new Error(`The resource ${resource.id} went away while it was scanned.`);
    const report = reportOf(resource.id, result, at);
    return { ...report, changes: reconcile(held, report) };
  });
  await deps.findings.apply(reports, now);
  await deps.suppression.saveVexUses(
    new Map(scans.map(({ resource, result }) => [resource.id, result.vexUses ?? []])),
    now,
  );
  return new Map(reports.map(({ resource, changes }) => [resource, countsOf(changes)]));
}

function countsOf(changes: readonly FindingChange[]): WrittenScan {
  const count = (...kinds: readonly FindingChange['kind'][]) =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    opened: count('open'),
    reopened: count('reopen'),
    closed: count('close'),
    kept: count('seen', 'sight', 'refresh'),
  };
}

function toRecord({ resource, result, now, endedAt, jobId, revision }: FinishedScan): ScanRecord {
  return {
    resource: resource.id,
    scanType: 'package',
    jobId,
    outcome: result.outcome,
    reason: reasonOf(result),
    startedAt: now,
    endedAt: endedAt?.() ?? now,
    packages: result.inventory.packages.length,
    findings: result.observations.length,
    undecidable: result.undecidable,
    distro: result.inventory.distro,
    advisoryRevision: result.advisoryRevision,
    advisoryStates: result.advisoryStates,
    diagnostics: result.diagnostics,
    reasonCode: result.inventory.reason ?? null,
    revision: revision ?? null,
  };
}

/** The worst thing that was said, as the reason that coverage shows. */
export function reasonOf(result: PackageScanResult): string | null {
  if (result.outcome === 'complete') return null;
  const worst =
    result.diagnostics.find((diagnostic) => diagnostic.level === 'error') ??
    result.diagnostics.find((diagnostic) => diagnostic.level === 'warning');
  if (worst) return worst.message;
  return result.outcome === 'failed' ? 'Nothing could be read.' : 'Part of it could not be read.';
}
