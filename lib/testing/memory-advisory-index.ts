import { entriesByKey, recordsByName, statementsBy } from '../core/advisories/entries-by-key.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { AdvisoryIndex, EcosystemStatus, VulnerabilitySignals } from '../core/ports/advisory-index.ts';

export interface MemoryAdvisoryIndexOptions {
  readonly signals?: Readonly<Record<string, Partial<VulnerabilitySignals>>>;
  readonly syncedAt?: Date;
  readonly revision?: string | null;
}

/** An advisory index over records in memory. Every ecosystem that a record names counts as synced at `syncedAt`. */
export function memoryAdvisoryIndex(
  advisories: readonly Advisory[],
  options: MemoryAdvisoryIndexOptions = {},
): AdvisoryIndex {
  const byKey = entriesByKey(advisories);
  const none: VulnerabilitySignals = { epss: null, kev: null, severities: [] };
  return {
    revision: () => (options.revision === undefined ? 'memory' : options.revision),
    find: (keys) => new Map([...keys].flatMap((key) => (byKey.has(key) ? [[key, byKey.get(key) ?? []] as const] : []))),
    named: recordsByName(advisories),
    statements: statementsBy(byKey),
    signals: (ids) =>
      new Map(
        ids.flatMap((id) => {
          const signals = options.signals?.[id];
          return signals === undefined ? [] : [[id, { ...none, ...signals }] as const];
        }),
      ),
    ecosystems: () => statusesOf(advisories, options.syncedAt ?? new Date(0)),
    close: () => {},
  };
}

function statusesOf(advisories: readonly Advisory[], syncedAt: Date): readonly EcosystemStatus[] {
  const statuses = new Map<string, { records: number; newestRecord: Date }>();
  for (const advisory of advisories) {
    for (const ecosystem of new Set(advisory.affected.map((entry) => entry.ecosystem))) {
      const status = statuses.get(ecosystem) ?? { records: 0, newestRecord: advisory.modified };
      const newestRecord = new Date(Math.max(status.newestRecord.getTime(), advisory.modified.getTime()));
      statuses.set(ecosystem, { records: status.records + 1, newestRecord });
    }
  }
  return [...statuses].map(([ecosystem, status]) => ({ ecosystem, ...status, syncedAt }));
}
