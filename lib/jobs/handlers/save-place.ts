import { createHash } from 'node:crypto';
import { packageEligibility, type ScanPolicy } from '../../core/coverage/eligibility.ts';
import { reconcile } from '../../core/findings/reconcile.ts';
import type { DiscoveredResource, PlaceResult } from '../../core/model/cloud.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { NetworkLists } from '../../core/model/network.ts';
import type { Dependencies } from '../../operations/dependencies.ts';

/** What a look at a place changed. */
export interface SavedPlace {
  readonly resources: number;
  /** New ones and those that are not as they were. */
  readonly changed: number;
  readonly gone: number;
}

/**
 * Stores what was found in a place, or that it could not be read, in one transaction. What is not there any more is gone and its
 * findings end, but only where the whole place was read: an account that is denied or a region that is silent loses nothing.
 */
export function savePlace(
  deps: Dependencies,
  result: PlaceResult,
  found: readonly DiscoveredResource[],
  policy: ScanPolicy,
  now: Date,
): Promise<SavedPlace> {
  return deps.atomically(async (inside) => {
    if (result.state !== 'read') {
      await inside.cloud.notePlace(result, now);
      return { resources: 0, changed: 0, gone: 0 };
    }
    const known = await inside.cloud.fingerprints(result);
    const judged = found.map((one) => {
      const eligibility = packageEligibility(one, policy, now);
      return { ...one, scanType: 'package' as const, eligibility, fingerprint: fingerprintOf({ ...one, eligibility }) };
    });
    const changed = judged.filter(({ resource, fingerprint }) => known.get(resource.id) !== fingerprint);
    const ids = new Set(found.map(({ resource }) => resource.id));
    const gone = [...known.keys()].filter((id) => !ids.has(id));
    if (changed.length > 0) {
      await inside.resources.upsert(
        changed.map(({ resource }) => resource),
        now,
      );
      await inside.cloud.saveJudged(changed, now);
    }
    await endFindings(inside, gone, now);
    await inside.cloud.markGone(gone, now);
    await inside.cloud.confirm(result, now);
    await inside.cloud.notePlace(result, now);
    return { resources: found.length, changed: changed.length, gone: gone.length };
  });
}

/** Stores the configuration of a place's network, or that it could not be read: what was known of it then stays. */
export function saveNetwork(deps: Dependencies, result: PlaceResult, lists: NetworkLists | null): Promise<void> {
  return deps.atomically(async (inside) => {
    const now = inside.clock.now();
    if (lists !== null) await inside.network.save(result, lists, now);
    await inside.cloud.notePlace(result, now);
  });
}

function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

/** What is gone has no packages: a complete report without observations says so of each. */
async function endFindings(deps: Dependencies, resources: readonly ResourceId[], now: Date): Promise<void> {
  if (resources.length === 0) return;
  for (const scanType of ['package', 'network'] as const) await endFindingsOf(deps, scanType, resources, now);
}

async function endFindingsOf(
  deps: Dependencies,
  scanType: 'package' | 'network',
  resources: readonly ResourceId[],
  now: Date,
): Promise<void> {
  const held = await deps.findings.current(resources, scanType, 'harrier');
  const reports = [...held].map(([resource, stored]) => {
    const report = {
      resource,
      scanType,
      origin: 'harrier',
      outcome: 'complete',
      at: now,
      observations: [],
      diagnostics: [],
      closeReason: 'resource-removed',
    } as const;
    return { ...report, changes: reconcile(stored, report) };
  });
  await deps.findings.apply(
    reports.filter(({ changes }) => changes.length > 0),
    now,
  );
}
