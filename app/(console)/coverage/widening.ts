import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import { DISCOVERED_SERVICES, type DiscoveredService } from '@/lib/core/model/cloud.ts';
import type { LedgerCount } from '@/lib/core/model/coverage-view.ts';

export const SERVICE_WORDS: Readonly<Record<DiscoveredService, string>> = {
  ec2: 'EC2',
  ecr: 'ECR',
  lambda: 'Lambda',
};

/** Why the packages of an instance are not known while SSM alone is asked. */
const WITHOUT_SSM: readonly string[] = ['UNMANAGED_EC2_INSTANCE', 'NO_INVENTORY', 'STALE_INVENTORY'];

/** The services whose scans are switched off everywhere. */
export function offIn({ scans }: ScanPolicy): readonly DiscoveredService[] {
  return DISCOVERED_SERVICES.filter((service) => !scans[service]);
}

/** Instances that snapshots would tell of, by place. */
export function snapshotCandidates(counts: readonly LedgerCount[]): readonly LedgerCount[] {
  return counts.filter(
    ({ kind, state, reason }) => kind === 'ec2' && state === 'not-assessed' && WITHOUT_SSM.includes(reason),
  );
}

/** Resources whose scans are off, of some services, by place. */
export function offCounts(
  counts: readonly LedgerCount[],
  services: readonly DiscoveredService[],
): readonly LedgerCount[] {
  return counts.filter(({ kind, state }) => state === 'off' && services.some((service) => service === kind));
}

/** How many resources and places a change reaches, with the places of most resources first. */
export function reachOf(counts: readonly LedgerCount[]) {
  const places = new Map<string, number>();
  for (const { place, resources } of counts) places.set(place, (places.get(place) ?? 0) + resources);
  return {
    resources: [...places.values()].reduce((sum, resources) => sum + resources, 0),
    places: [...places]
      .map(([place, resources]) => ({ place, resources }))
      .toSorted((a, b) => b.resources - a.resources || (a.place < b.place ? -1 : 1)),
  };
}
