import type { Advisory, AdvisoryRecord, AffectedVersions } from '../model/advisory.ts';
import { type PackageKey, packageKey } from '../model/ids.ts';
import type { AdvisoryEntry, AdvisoryStatement } from '../ports/advisory-index.ts';

/** Advisories as an index gives them: by package, sorted by id. */
export function entriesByKey(advisories: readonly Advisory[]): ReadonlyMap<PackageKey, readonly AdvisoryEntry[]> {
  const byKey = new Map<PackageKey, Map<AdvisoryRecord, AffectedVersions[]>>();
  for (const advisory of [...advisories].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const entry of advisory.affected) {
      const key = packageKey(entry.ecosystem, entry.name);
      const records = byKey.get(key) ?? new Map<AdvisoryRecord, AffectedVersions[]>();
      byKey.set(key, records);
      records.set(advisory, [...(records.get(advisory) ?? []), entry]);
    }
  }
  return new Map(
    [...byKey].map(([key, records]) => [key, [...records].map(([record, affected]) => ({ record, affected }))]),
  );
}

/** Everything that advisories of a name say, package by package. */
export function statementsBy(
  byKey: ReadonlyMap<PackageKey, readonly AdvisoryEntry[]>,
): (name: string) => readonly AdvisoryStatement[] {
  return (name) =>
    [...byKey].flatMap(([key, entries]) =>
      entries
        .filter(({ record }) => [record.id, ...record.aliases, ...record.upstream].includes(name))
        .map((entry) => ({ key, ...entry })),
    );
}

/** Advisories by every name that they go by: id, aliases and upstream. */
export function recordsByName(advisories: readonly Advisory[]): (name: string) => readonly AdvisoryRecord[] {
  const byName = new Map<string, AdvisoryRecord[]>();
  for (const advisory of advisories) {
    for (const name of new Set([advisory.id, ...advisory.aliases, ...advisory.upstream])) {
      byName.set(name, [...(byName.get(name) ?? []), advisory]);
    }
  }
  return (name) => byName.get(name) ?? [];
}
