import { join } from 'node:path';
import { ecosystemOfOsv } from '../core/ecosystems/registry.ts';
import { type PackageKey, packageKey } from '../core/model/ids.ts';
import { zipRecords } from '../feeds/zip-records.ts';
import type { RawAffected } from './osv-evaluation.ts';

/** What one record says about one package, as published. */
export interface PublishedRecord {
  readonly id: string;
  readonly withdrawn: boolean;
  readonly affected: readonly RawAffected[];
}

/** One package of a mirror with all records that name it, under whatever spelling. */
export interface PublishedPackage {
  readonly key: PackageKey;
  readonly ecosystem: string;
  /** The spelling of the first record. */
  readonly name: string;
  readonly records: ReadonlyMap<string, PublishedRecord>;
}

export interface PublishedEcosystem {
  readonly records: number;
  /** Records that name no version of the ecosystem's packages: commits alone, or nothing at all. */
  readonly commitsAlone: number;
  readonly saysNothing: number;
  readonly packages: readonly PublishedPackage[];
}

/** Reads the archive of one ecosystem, past the engine's own reading of records. Other ecosystems' entries are left out. */
export async function publishedPackages(from: string, ecosystem: string): Promise<PublishedEcosystem> {
  const byKey = new Map<PackageKey, PublishedPackage & { readonly records: Map<string, PublishedRecord> }>();
  const counted = { records: 0, commitsAlone: 0, saysNothing: 0 };
  for await (const { content } of zipRecords(join(from, 'osv', ecosystem, 'all.zip'))) {
    if (!(content instanceof Uint8Array)) {
      continue;
    }
    counted.records += 1;
    const { id, withdrawn, affected } = JSON.parse(Buffer.from(content).toString('utf8')) as {
      readonly id: string;
      readonly withdrawn?: string;
      readonly affected: readonly RawAffected[];
    };
    if (affected.every(isWithoutVersions)) {
      const hasCommits = affected.some(({ ranges = [] }) => ranges.length > 0);
      counted[hasCommits ? 'commitsAlone' : 'saysNothing'] += 1;
    }
    for (const entry of affected) {
      const named = entry.package;
      const known = named === undefined ? null : ecosystemOfOsv(named.ecosystem);
      if (named === undefined || known?.osvName !== ecosystem) {
        continue;
      }
      const key = packageKey(named.ecosystem, known.normalizeName(named.name));
      const group = byKey.get(key) ?? { key, ecosystem: named.ecosystem, name: named.name, records: new Map() };
      byKey.set(key, group);
      const sofar = group.records.get(id)?.affected ?? [];
      group.records.set(id, { id, withdrawn: withdrawn !== undefined, affected: [...sofar, entry] });
    }
  }
  return { ...counted, packages: [...byKey.values()] };
}

function isWithoutVersions({ ranges = [], versions = [] }: RawAffected): boolean {
  return versions.length === 0 && ranges.every(({ type }) => type === 'GIT');
}
