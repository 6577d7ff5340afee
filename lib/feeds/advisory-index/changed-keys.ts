import type { PackageKey } from '../../core/model/ids.ts';
import type { ChangedKeys } from '../../core/ports/advisory-feeds.ts';
import type { IndexFiles } from './index-files.ts';
import { addKinKeys, changedNames, noNames, type TouchedNames } from './kin-keys.ts';
import { openRevision } from './open-advisory-index.ts';
import { identityAt, type OsvPack, type RawPack } from './osv-pack.ts';

/** Beyond so many keys most inventories hold one of them, so that listing them saves nothing. */
export const CHANGED_KEYS_MAX = 50_000;

type OpenRevision = NonNullable<ReturnType<typeof openRevision>>;

/**
 * The keys whose packages have to be matched again once `after` is in force instead of `before`: those under which a
 * record stands that came, went, was withdrawn, was revised in what it affects, or changed its names or its ratings;
 * and those of records that take their name or their rating from such a record. Texts are never compared. Packs that
 * both revisions share are not read for this, so a sync without news costs next to nothing.
 */
export function changedKeys(files: IndexFiles, before: string | null, after: string | null): ChangedKeys {
  if (before === after) {
    return new Set();
  }
  const old = before === null ? null : openRevision(files, before);
  const now = after === null ? null : openRevision(files, after);
  try {
    const pairs = old === null || now === null ? null : loadedPairs(old, now);
    return pairs === null || now === null ? 'everything' : compare(pairs, now);
  } finally {
    old?.close();
    now?.close();
  }
}

interface Pair {
  readonly old: OsvPack | null;
  readonly now: OsvPack | null;
}

/** The packs of each source that is not the same in both; null when one that is needed is damaged. */
function loadedPairs(old: OpenRevision, now: OpenRevision): readonly Pair[] | null {
  const before = new Map(old.advisories.map(({ source, pack }) => [source.name, { file: source.pack, pack }]));
  const pairs: Pair[] = [];
  for (const { source, pack } of now.advisories) {
    const known = before.get(source.name);
    before.delete(source.name);
    if (known?.file !== source.pack) {
      pairs.push({ old: known?.pack ?? null, now: pack });
    }
  }
  pairs.push(...[...before.values()].map((known) => ({ old: known.pack, now: null })));
  try {
    for (const pack of pairs.length === 0 ? [] : now.advisories) {
      pack.pack.load();
    }
    for (const pair of pairs) {
      pair.old?.load();
    }
    return pairs;
  } catch {
    return null;
  }
}

function compare(pairs: readonly Pair[], now: OpenRevision): ChangedKeys {
  const keys = new Set<PackageKey>();
  const names = noNames();
  const packs = now.advisories.map(({ pack }) => pack.raw);
  for (const pair of pairs) {
    if (pair.old !== null && pair.now !== null) {
      comparePacks(pair.old.raw, pair.now.raw, packs, keys, names);
    } else {
      addWhole(pair, keys, names);
    }
    if (keys.size > CHANGED_KEYS_MAX) {
      return 'everything';
    }
  }
  return !addKinKeys(packs, names, keys) || keys.size > CHANGED_KEYS_MAX ? 'everything' : keys;
}

/** A source that came or went has changed all that it speaks of. */
function addWhole({ old, now }: Pair, keys: Set<PackageKey>, names: TouchedNames): void {
  const raw = (old ?? now)?.raw;
  for (let number = 0; raw !== undefined && number < raw.identities.size; number += 1) {
    changedNames(identityAt(raw, number), null, names);
  }
  for (let key = 0; raw !== undefined && key < raw.keys.size; key += 1) {
    keys.add(raw.keys.textOf(key) as PackageKey);
  }
}

function comparePacks(
  old: RawPack,
  now: RawPack,
  packs: readonly RawPack[],
  keys: Set<PackageKey>,
  names: TouchedNames,
): void {
  const records = matchRecords(old, now, packs, names);
  const hasSameBody = bodyComparison(old, now);
  for (let key = 0; key < now.keys.size; key += 1) {
    const text = now.keys.textOf(key);
    const earlier = old.keys.find(text);
    if (earlier === -1 || !saysTheSame(postingsOf(old, earlier), postingsOf(now, key), records, hasSameBody)) {
      keys.add(text as PackageKey);
    }
  }
  for (let key = 0; key < old.keys.size; key += 1) {
    const text = old.keys.textOf(key);
    if (now.keys.find(text) === -1) {
      keys.add(text as PackageKey);
    }
  }
}

interface MatchedRecords {
  /** By number in the earlier pack: the number in the later one, -1 for a record that is gone. */
  readonly later: Int32Array;
  /** By number in the later pack: 1 for a record that is new, or goes by other names or ratings, or may have come to count. */
  readonly isChanged: Uint8Array;
}

function matchRecords(old: RawPack, now: RawPack, packs: readonly RawPack[], names: TouchedNames): MatchedRecords {
  const byId = new Map<string, number>();
  for (let number = 0; number < now.identities.size; number += 1) {
    byId.set(idAt(now, number), number);
  }
  const later = new Int32Array(old.identities.size).fill(-1);
  const isChanged = new Uint8Array(now.identities.size).fill(1);
  for (let number = 0; number < later.length; number += 1) {
    const id = idAt(old, number);
    const same = byId.get(id);
    byId.delete(id);
    if (same === undefined) {
      changedNames(identityAt(old, number), null, names);
      continue;
    }
    later[number] = same;
    const before = old.identities.bytesOf(number);
    const after = now.identities.bytesOf(same);
    // Where two sources hold one record, the newer one counts, so a new time alone may change which.
    const isSettled = before.equals(after) || !packs.some((raw) => raw !== now && raw.names.find(id) !== -1);
    if (isSettled && withoutTime(before).equals(withoutTime(after))) {
      isChanged[same] = 0;
    } else {
      changedNames(identityAt(old, number), identityAt(now, same), names);
    }
  }
  for (const number of byId.values()) {
    changedNames(null, identityAt(now, number), names);
  }
  return { later, isChanged };
}

/** The time of the last change stands last in a row of values. */
function withoutTime(identity: Buffer): Buffer {
  return identity.subarray(0, identity.lastIndexOf(0x2c));
}

/** An id has no character that JSON would escape (`advisories/osv.ts`), and it stands first in a row of values. */
function idAt(raw: RawPack, number: number): string {
  const bytes = raw.identities.bytesOf(number);
  return bytes.toString('latin1', 2, bytes.indexOf(0x22, 2));
}

type BodyComparison = (old: number, now: number) => boolean;

/** Texts are distinct within a pack, so one that has found its equal is equal to no other. */
function bodyComparison(old: RawPack, now: RawPack): BodyComparison {
  const equals = new Int32Array(old.bodies.size).fill(-1);
  return (earlier, later) => {
    const known = equals[earlier] ?? -1;
    if (known !== -1) {
      return known === later;
    }
    const isSame = old.bodies.bytesOf(earlier).equals(now.bodies.bytesOf(later));
    if (isSame) {
      equals[earlier] = later;
    }
    return isSame;
  };
}

/** Whether the same records say the same under a key. Where a pack keeps a record says nothing. */
function saysTheSame(
  before: readonly Posting[],
  after: readonly Posting[],
  { later, isChanged }: MatchedRecords,
  hasSameBody: BodyComparison,
): boolean {
  if (before.length !== after.length || after.some(([record]) => isChanged[record] !== 0)) {
    return false;
  }
  const moved = before.map(([record, body]): Posting => [later[record] ?? -1, body]).sort(byRecord);
  const sorted = after.toSorted(byRecord);
  return moved.every(([record, body], at) => {
    const [other, theirs] = sorted[at] ?? [-1, -1];
    return record === other && hasSameBody(body, theirs);
  });
}

type Posting = readonly [record: number, body: number];

function postingsOf(raw: RawPack, key: number): readonly Posting[] {
  const postings: Posting[] = [];
  for (let at = (raw.keyOffsets[key] ?? 0) * 2; at < (raw.keyOffsets[key + 1] ?? 0) * 2; at += 2) {
    postings.push([raw.postings[at] ?? -1, raw.postings[at + 1] ?? -1]);
  }
  return postings;
}

/** Sorting is stable: what one record says twice under a key keeps its order, which decides about the range shown. */
function byRecord([a]: Posting, [b]: Posting): number {
  return a - b;
}
