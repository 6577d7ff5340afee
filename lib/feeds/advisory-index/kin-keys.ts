import type { PackageKey } from '../../core/model/ids.ts';
import { cvesOf } from '../../core/scan/package/identity.ts';
import { identityAt, numbersNamed, type RawPack } from './osv-pack.ts';
import { exploitsIn, type Identity } from './stored-record.ts';

/** Names over which the change of one record reaches others. */
export interface TouchedNames {
  /** Under these names other ratings or exploits may be borrowed than before (`ratingsOf` of the index). */
  readonly lent: Set<string>;
  /** A record without a CVE that follows these names may come to another one (`vulnerabilityIds`). */
  readonly linked: Set<string>;
}

/** Records that are called alike are few; a feed in which the names never end is not worth following. */
const NAMES_MAX = 500_000;

export function noNames(): TouchedNames {
  return { lent: new Set(), linked: new Set() };
}

/** Notes what a record lends and links otherwise than before; null where it was not, or is no more. */
export function changedNames(before: Identity | null, after: Identity | null, names: TouchedNames): void {
  addDifferences(lentBy(before), lentBy(after), names.lent);
  addDifferences(linkedBy(before), linkedBy(after), names.linked);
}

function addDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  into: Set<string>,
): void {
  for (const name of [...before.keys(), ...after.keys()]) {
    if (before.get(name) !== after.get(name)) {
      into.add(name);
    }
  }
}

/** The ratings and exploits that a record lends, by name. What a notice of several flaws says is nobody else's. */
function lentBy(identity: Identity | null): ReadonlyMap<string, string> {
  const [id, aliases, upstream, withdrawn, severities] = identity ?? [];
  const exploits = identity === null ? undefined : exploitsIn(identity);
  if (id === undefined || withdrawn !== null || (severities?.length === 0 && exploits === undefined)) {
    return new Map();
  }
  const names = [id, ...(aliases ?? []), ...(upstream?.length === 1 ? upstream : [])];
  return new Map(names.map((name) => [name, JSON.stringify([severities, exploits])]));
}

/** The names that a record of one flaw holds together; a record of several tells nobody what its names mean. */
function linkedBy(identity: Identity | null): ReadonlyMap<string, string> {
  if (identity === null || identity[3] !== null || cvesIn(identity).length > 1) {
    return new Map();
  }
  const names = [identity[0], ...identity[1]];
  const meaning = [...names, ...identity[2]].join(' ');
  return new Map(names.map((name) => [name, meaning]));
}

function cvesIn([id, aliases, upstream]: Identity): readonly string[] {
  return cvesOf({ id, aliases, upstream });
}

/** Adds the keys of records that the names reach; false when there are too many names to follow. */
export function addKinKeys(packs: readonly RawPack[], touched: TouchedNames, keys: Set<PackageKey>): boolean {
  const marks = packs.map((raw) => new Uint8Array(raw.identities.size));
  const names = new Set([...touched.lent, ...touched.linked]);
  // A set that grows while it is walked is walked to its new end.
  for (const name of names) {
    if (names.size > NAMES_MAX) {
      return false;
    }
    for (const [place, raw] of packs.entries()) {
      for (const number of numbersNamed(raw, name)) {
        const identity = identityAt(raw, number);
        const cves = cvesIn(identity);
        if (cves.length === 0 || (touched.lent.has(name) && cves.includes(name))) {
          mark(marks[place], number);
        }
        if (linkedBy(identity).has(name)) {
          addAll(names, [identity[0], ...identity[1]]);
        }
      }
    }
  }
  for (const [place, raw] of packs.entries()) {
    addKeysOf(raw, marks[place] ?? new Uint8Array(), keys);
  }
  return true;
}

function mark(marks: Uint8Array | undefined, number: number): void {
  if (marks !== undefined) {
    marks[number] = 1;
  }
}

function addAll(names: Set<string>, more: readonly string[]): void {
  for (const name of more) {
    names.add(name);
  }
}

function addKeysOf(raw: RawPack, marks: Uint8Array, keys: Set<PackageKey>): void {
  if (!marks.includes(1)) {
    return;
  }
  for (let key = 0; key < raw.keys.size; key += 1) {
    for (let at = (raw.keyOffsets[key] ?? 0) * 2; at < (raw.keyOffsets[key + 1] ?? 0) * 2; at += 2) {
      if (marks[raw.postings[at] ?? -1] === 1) {
        keys.add(raw.keys.textOf(key) as PackageKey);
        break;
      }
    }
  }
}
