import { ecosystems } from '../ecosystems/registry.ts';
import { ecosystemOfKey } from '../model/ids.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, Package } from '../model/package.ts';
import type { AdvisoryState } from '../model/scan-result.ts';
import type { AdvisoryIndex, EcosystemStatus } from '../ports/advisory-index.ts';
import { RISK_POLICY } from './policy.ts';

const HOUR = 3_600_000;

/** Whether the last sync of a source is too long ago to rely on what it brought. */
export function isSyncLate(syncedAt: Date, now: Date): boolean {
  return now.getTime() - syncedAt.getTime() > RISK_POLICY.syncHoursMax * HOUR;
}

/** For each ecosystem that an inventory has packages of: what the index knows about it, and how old that is. */
export function advisoryStatesOf(inventory: Inventory, index: AdvisoryIndex, now: Date): readonly AdvisoryState[] {
  const statuses = new Map(index.ecosystems().map((status) => [status.ecosystem, status]));
  const packages = new Map<string, number>();
  for (const pkg of inventory.packages) {
    const ecosystem = osvEcosystemOf(pkg, inventory.distro);
    packages.set(ecosystem, (packages.get(ecosystem) ?? 0) + 1);
  }
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ecosystem, count]) => toState(ecosystem, count, statuses.get(ecosystem), now));
}

/** Packages without a key are named after their language or distribution, so that the gap has a name people recognise. */
function osvEcosystemOf(pkg: Package, distro: Distro | null): string {
  const [key] = ecosystems[pkg.ecosystem].advisoryKeys(pkg, distro);
  if (key !== undefined) {
    return ecosystemOfKey(key);
  }
  const { family, displayName } = ecosystems[pkg.ecosystem];
  if (family === 'language') {
    return displayName;
  }
  return distro === null ? 'unknown distribution' : [distro.id, distro.versionId].filter(Boolean).join(':');
}

function toState(ecosystem: string, packages: number, status: EcosystemStatus | undefined, now: Date): AdvisoryState {
  if (status === undefined || status.records === 0) {
    const syncedAt = status?.syncedAt ?? null;
    return { ecosystem, packages, records: 0, newestRecord: null, syncedAt, state: 'missing' };
  }
  const { records, newestRecord, syncedAt } = status;
  const isCurrent =
    newestRecord !== null && now.getTime() - newestRecord.getTime() <= RISK_POLICY.newestRecordDaysMax * 24 * HOUR;
  return {
    ecosystem,
    packages,
    records,
    newestRecord,
    syncedAt,
    state: !isSyncLate(syncedAt, now) && isCurrent ? 'fresh' : 'stale',
  };
}
