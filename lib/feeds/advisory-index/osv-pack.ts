import { zstdDecompressSync } from 'node:zlib';
import type { AdvisoryRecord, AffectedVersions } from '../../core/model/advisory.ts';
import type { PackageKey } from '../../core/model/ids.ts';
import type { AdvisoryEntry, AdvisoryStatement } from '../../core/ports/advisory-index.ts';
import { decodeAffected } from './affected-text.ts';
import { damaged, openPack, type Pack } from './pack-file.ts';
import { type Identity, type OsvPackFacts, StoredRecord, type Text } from './stored-record.ts';
import { openTextMap, type TextMap } from './text-map.ts';

/** Advisories of a pack that are kept as objects; beyond that the cache starts over. */
const CACHED_MAX = 60_000;
const CACHED_BLOCKS_MAX = 64;

export interface OsvPack {
  readonly facts: OsvPackFacts;
  /** The sections as they are; reading them loads the pack. */
  readonly raw: RawPack;
  /** Reads and checks everything that is held in memory. */
  load(): void;
  /** What advisories say of the package; empty where there is none. Sorted by id. */
  find(key: PackageKey): readonly AdvisoryEntry[];
  /** Advisories with this id, alias or upstream name. */
  named(name: string): readonly AdvisoryRecord[];
  statements(name: string): readonly AdvisoryStatement[];
  close(): void;
}

interface TextList {
  readonly size: number;
  textOf(number: number): string;
  bytesOf(number: number): Buffer;
}

export interface RawPack {
  readonly file: Pack<OsvPackFacts>;
  readonly keys: TextMap;
  readonly keyOffsets: Uint32Array;
  readonly postings: Uint32Array;
  readonly names: TextMap;
  readonly nameOffsets: Uint32Array;
  readonly named: Uint32Array;
  readonly bodies: TextList;
  readonly identities: TextList;
  readonly places: Uint32Array;
  readonly blocks: Uint32Array;
}

const NOTHING: readonly AdvisoryEntry[] = [];

/** Opens a pack of advisories, which is read on the first question. Throws when the file is none or is cut short. */
export function openOsvPack(path: string): OsvPack {
  const file = openPack<OsvPackFacts>(path);
  let loaded: RawPack | null = null;
  const rawPack = (): RawPack => {
    loaded ??= rawOf(file);
    return loaded;
  };
  const records = new Map<number, AdvisoryRecord>();
  const bodies = new Map<number, AffectedVersions>();
  const found = new Map<number, readonly AdvisoryEntry[]>();
  let readText: ((number: number) => Text) | null = null;
  const textOfAdvisory = (number: number): Text => {
    readText ??= textReader(rawPack());
    return readText(number);
  };

  const recordAt = (number: number): AdvisoryRecord =>
    cached(records, number, () => {
      return new StoredRecord(identityAt(rawPack(), number), number, textOfAdvisory);
    });
  const bodyAt = (number: number): AffectedVersions =>
    cached(bodies, number, () => decodeAffected(rawPack().bodies.textOf(number)));
  const entriesOf = (key: number): readonly AdvisoryEntry[] => {
    const raw = rawPack();
    const entries = new Map<number, AffectedVersions[]>();
    for (let at = (raw.keyOffsets[key] ?? 0) * 2; at < (raw.keyOffsets[key + 1] ?? 0) * 2; at += 2) {
      const number = raw.postings[at] ?? 0;
      const body = bodyAt(raw.postings[at + 1] ?? 0);
      const known = entries.get(number);
      if (known === undefined) {
        entries.set(number, [body]);
      } else {
        known.push(body);
      }
    }
    return [...entries]
      .map(([number, affected]) => ({ record: recordAt(number), affected }))
      .sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
  };
  return {
    facts: file.facts,
    get raw() {
      return rawPack();
    },
    load: () => void rawPack(),
    find(key) {
      const number = rawPack().keys.find(key);
      return number === -1 ? NOTHING : cached(found, number, () => entriesOf(number));
    },
    named: (name) => numbersNamed(rawPack(), name).map(recordAt),
    statements: (name) =>
      keysOf(rawPack(), new Set(numbersNamed(rawPack(), name))).flatMap((key) =>
        cached(found, key, () => entriesOf(key))
          .filter(({ record }) => namesOf(record).includes(name))
          .map((entry) => ({ key: rawPack().keys.textOf(key) as PackageKey, ...entry })),
      ),
    close: file.close,
  };
}

/** The advisories with this id, alias or upstream name, by number. */
export function numbersNamed(raw: RawPack, name: string): readonly number[] {
  const number = raw.names.find(name);
  return number === -1 ? [] : [...raw.named.subarray(raw.nameOffsets[number], raw.nameOffsets[number + 1])];
}

function namesOf({ id, aliases, upstream }: AdvisoryRecord): readonly string[] {
  return [id, ...aliases, ...upstream];
}

/** The keys under which any of the advisories stands. */
function keysOf(raw: RawPack, numbers: ReadonlySet<number>): readonly number[] {
  const keys = new Set<number>();
  for (let key = 0; numbers.size > 0 && key < raw.keys.size; key += 1) {
    for (let at = (raw.keyOffsets[key] ?? 0) * 2; at < (raw.keyOffsets[key + 1] ?? 0) * 2; at += 2) {
      if (numbers.has(raw.postings[at] ?? -1)) {
        keys.add(key);
      }
    }
  }
  return [...keys];
}

function rawOf(file: Pack<OsvPackFacts>): RawPack {
  const map = (name: string): TextMap =>
    openTextMap({
      slots: file.numbers(`${name}.slots`),
      hashes: file.numbers(`${name}.hashes`),
      offsets: file.numbers(`${name}.offsets`),
      bytes: file.bytes(`${name}.bytes`),
    });
  const list = (name: string): TextList => {
    const offsets = file.numbers(`${name}.offsets`);
    const bytes = file.bytes(`${name}.bytes`) as Buffer;
    return {
      size: Math.max(0, offsets.length - 1),
      textOf: (number) => bytes.toString('utf8', offsets[number], offsets[number + 1]),
      bytesOf: (number) => bytes.subarray(offsets[number], offsets[number + 1]),
    };
  };
  return {
    file,
    keys: map('keys'),
    keyOffsets: file.numbers('keyOffsets'),
    postings: file.numbers('postings'),
    names: map('names'),
    nameOffsets: file.numbers('nameOffsets'),
    named: file.numbers('named'),
    bodies: list('bodies'),
    identities: list('identities'),
    places: file.numbers('places'),
    blocks: file.numbers('blocks'),
  };
}

export function identityAt(raw: RawPack, number: number): Identity {
  return JSON.parse(raw.identities.textOf(number)) as Identity;
}

function textReader(raw: RawPack): (number: number) => Text {
  const blocks = new Map<number, readonly Text[]>();
  return (number) => {
    const block = raw.places[number * 2] ?? 0;
    let texts = blocks.get(block);
    if (texts === undefined) {
      texts = readBlock(raw, block);
      if (blocks.size >= CACHED_BLOCKS_MAX) {
        blocks.clear();
      }
      blocks.set(block, texts);
    }
    const text = texts[raw.places[number * 2 + 1] ?? 0];
    if (text === undefined) {
      throw new Error(`advisory ${number} has no text in block ${block}`);
    }
    return text;
  };
}

function readBlock(raw: RawPack, block: number): readonly Text[] {
  const bytes = raw.file.block(raw.blocks[block * 2] ?? 0, raw.blocks[block * 2 + 1] ?? 0);
  try {
    return JSON.parse(zstdDecompressSync(bytes).toString('utf8')) as readonly Text[];
  } catch {
    throw damaged();
  }
}

function cached<Value>(map: Map<number, Value>, number: number, make: () => Value): Value {
  const known = map.get(number);
  if (known !== undefined) {
    return known;
  }
  if (map.size >= CACHED_MAX) {
    map.clear();
  }
  const made = make();
  map.set(number, made);
  return made;
}
