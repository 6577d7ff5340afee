import { createHash } from 'node:crypto';
import type { AdvisoryRecord } from '../../model/advisory.ts';
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

/** Records by any of their names, as an advisory index finds them. */
export type RecordsNamed = (name: string) => readonly AdvisoryRecord[];

/** Aliases may go round in circles or run on; nobody's flaw has more names than this. */
const NAMES_MAX = 64;

/**
 * The vulnerabilities that a record speaks of: its CVEs, of which a distribution's notice has many. A record without
 * one follows its aliases through other records to a CVE; failing that, all records that are aliases of each other
 * take the same name: the smallest GHSA id among them, or the smallest id.
 */
export function vulnerabilityIds(record: AdvisoryRecord, named: RecordsNamed): readonly string[] {
  const own = cvesOf(record);
  if (own.length > 0) {
    return own;
  }
  const cves = new Set<string>();
  const ids = new Set([record.id]);
  const names = new Set(namesOf(record));
  // A set that grows while it is walked is walked to its new end.
  for (const name of names) {
    for (const other of names.size <= NAMES_MAX ? named(name) : []) {
      const theirs = cvesOf(other);
      // Only a record of one single flaw tells what its other names mean.
      if (other.withdrawn === null && theirs.length <= 1 && namesOf(other).includes(name)) {
        ids.add(other.id);
        for (const each of namesOf(other)) {
          names.add(each);
        }
        for (const cve of theirs) {
          cves.add(cve);
        }
      }
    }
  }
  if (cves.size > 0) {
    return [...cves].sort();
  }
  const shared = [...names].filter((name) => name.startsWith('GHSA-'));
  return [[...(shared.length > 0 ? shared : ids)].sort()[0] ?? record.id];
}

/** What a record is called; what it affects and what it says do not matter. */
export type RecordNames = Pick<AdvisoryRecord, 'id' | 'aliases' | 'upstream'>;

function namesOf(record: RecordNames): readonly string[] {
  return [record.id, ...record.aliases];
}

/** The CVEs among all names of a record. */
export function cvesOf(record: RecordNames): readonly string[] {
  return [...new Set([...namesOf(record), ...record.upstream].filter((name) => CVE.test(name)))].sort();
}
