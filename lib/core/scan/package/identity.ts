import { createHash } from 'node:crypto';
import type { Advisory } from '../../model/advisory.ts';
import { type FindingKey, findingKey, type ResourceId } from '../../model/ids.ts';
import type { FindingType } from '../../model/resource.ts';

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;

/**
 * Identity of a finding: resource, type and vulnerability. One vulnerability on one resource is one finding, whatever
 * packages it sits in, as in Amazon Inspector. 32 hex digits of SHA-256, which is also the form that its ARNs take.
 */
export function findingKeyOf(resource: ResourceId, type: FindingType, vulnerability: string): FindingKey {
  const identity = JSON.stringify([resource, type, vulnerability]);
  return findingKey(createHash('sha256').update(identity).digest('hex').slice(0, 32));
}

/**
 * The vulnerabilities that a record speaks of: its CVEs, of which a distribution's notice has many. A record without
 * one takes the CVE of a record that is its alias; failing that, the smallest GHSA id among its names, or its own id.
 */
export function vulnerabilityIds(record: Advisory, names: AliasNames): readonly string[] {
  const cves = cvesOf(record);
  if (cves.length > 0) {
    return cves;
  }
  const known = namesOf(record).flatMap((name) => names.get(name) ?? []);
  if (known.length > 0) {
    return [...new Set(known)].sort();
  }
  return [
    namesOf(record)
      .filter((name) => name.startsWith('GHSA-'))
      .sort()[0] ?? record.id,
  ];
}

/** CVEs by every other name that some record gives them. */
export type AliasNames = ReadonlyMap<string, readonly string[]>;

export function aliasNames(records: Iterable<Advisory>): AliasNames {
  const names = new Map<string, readonly string[]>();
  for (const record of records) {
    // Only a record of one single flaw tells what its other names mean.
    const cves = cvesOf(record);
    if (cves.length === 1) {
      for (const name of namesOf(record)) {
        names.set(name, [...new Set([...(names.get(name) ?? []), ...cves])]);
      }
    }
  }
  return names;
}

function namesOf(record: Advisory): readonly string[] {
  return [record.id, ...record.aliases];
}

function cvesOf(record: Advisory): readonly string[] {
  return [...new Set([...namesOf(record), ...record.upstream].filter((name) => CVE.test(name)))].sort();
}
