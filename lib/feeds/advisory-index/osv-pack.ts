import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { AdvisoryRecord, AffectedPackage, AffectedVersions } from '../../core/model/advisory.ts';
import { ecosystemOfKey, type PackageKey, packageKey } from '../../core/model/ids.ts';
import type { AdvisoryEntry, AdvisoryStatement } from '../../core/ports/advisory-index.ts';
import { decodeAffected, encodeAffected } from './affected-text.ts';
import { createPackWriter, damaged, openPack, type Pack } from './pack-file.ts';
import { buildTextMap, openTextMap, type TextMap, type TextMapSections } from './text-map.ts';

/** What a release of an ecosystem has: `newest` in milliseconds of the epoch. */
export interface ReleaseCount {
  records: number;
  newest: number;
}

export interface OsvPackFacts {
  readonly kind: 'advisories';
  /** By OSV ecosystem with release. */
  readonly releases: Readonly<Record<string, ReleaseCount>>;
}

/** What every match looks at. Names of members would be half of a short record, hence a row of values. */
type Identity = readonly [
  id: string,
  aliases: readonly string[],
  upstream: readonly string[],
  withdrawn: number | null,
  severities: AdvisoryRecord['severities'],
  /** Where two sources hold one id, the one that was changed last counts. */
  modified: number,
];

/** What only a finding shows. */
type Text = readonly [
  summary: string,
  details: string,
  published: number | null,
  cwes: readonly string[],
  references: readonly string[],
];

/** Texts of this many advisories share a compressed block: enough to compress well, few enough to read for one. */
const TEXTS_IN_BLOCK = 32;
const ZSTD = { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 };
/** Advisories of a pack that are kept as objects; beyond that the cache starts over. */
const CACHED_MAX = 60_000;
const CACHED_BLOCKS_MAX = 64;

export interface OsvPackWriter {
  /** Adds an advisory with what it says of packages of this source; `own` is empty for a withdrawn one. */
  add(advisory: AdvisoryRecord, own: readonly AffectedPackage[]): void;
  /** Closes the pack; returns how many advisories it holds. `newest` has times of the epoch by ecosystem. */
  finish(newest: Readonly<Record<string, number>>): number;
  abandon(): void;
}

/** Writes a pack; with `base`, one that holds everything of an earlier pack but the advisories in `replaced`. */
export function createOsvPackWriter(
  path: string,
  base?: { pack: OsvPack; replaced: ReadonlySet<string> },
): OsvPackWriter {
  const file = createPackWriter(path);
  const state = base === undefined ? emptyState() : copyState(base.pack, base.replaced, file.appendBlock);
  let texts: Text[] = [];
  const flush = (): void => {
    if (texts.length === 0) {
      return;
    }
    const bytes = zstdCompressSync(JSON.stringify(texts), {
      params: ZSTD,
    });
    state.blocks.push(file.appendBlock(bytes), bytes.length);
    texts = [];
  };
  return {
    add(advisory, own) {
      const number = state.identities.length;
      state.identities.push(JSON.stringify(identityOf(advisory)));
      state.places.push(state.blocks.length / 2, texts.length);
      texts.push(textOf(advisory));
      if (texts.length === TEXTS_IN_BLOCK) {
        flush();
      }
      for (const name of new Set([advisory.id, ...advisory.aliases, ...advisory.upstream])) {
        append(state.names, name, number);
      }
      for (const entry of own) {
        const key = packageKey(entry.ecosystem, entry.name);
        append(state.keys, key, number, numberOf(state.bodies, encodeAffected(entry)));
      }
    },
    finish(newest) {
      flush();
      const releases = releasesOf(state, newest, base?.pack.facts.releases ?? {});
      const facts: OsvPackFacts = { kind: 'advisories', releases };
      file.finish(facts, sectionsOf(state));
      return state.identities.length;
    },
    abandon: file.abandon,
  };
}

interface State {
  /** By key: pairs of advisory and body. */
  readonly keys: Map<string, number[]>;
  /** By id, alias or upstream name: advisories. */
  readonly names: Map<string, number[]>;
  readonly bodies: Map<string, number>;
  readonly identities: string[];
  /** Pairs of block and place in the block, one for each advisory. */
  readonly places: number[];
  /** Pairs of start and length. */
  readonly blocks: number[];
}

function emptyState(): State {
  return { keys: new Map(), names: new Map(), bodies: new Map(), identities: [], places: [], blocks: [] };
}

/** Takes over the cold blocks as they are and everything that still speaks of a kept advisory. */
function copyState(pack: OsvPack, replaced: ReadonlySet<string>, appendBlock: (bytes: Uint8Array) => number): State {
  const state = emptyState();
  const { raw } = pack;
  appendBlock(raw.file.block(0, raw.file.coldLength));
  state.blocks.push(...raw.blocks);
  const renumbered = new Map<number, number>();
  for (let number = 0; number < raw.identities.size; number += 1) {
    const text = raw.identities.textOf(number);
    const [id] = JSON.parse(text) as Identity;
    if (!replaced.has(id)) {
      renumbered.set(number, state.identities.length);
      state.identities.push(text);
      state.places.push(raw.places[number * 2] ?? 0, raw.places[number * 2 + 1] ?? 0);
    }
  }
  for (let key = 0; key < raw.keys.size; key += 1) {
    const text = raw.keys.textOf(key);
    for (let at = (raw.keyOffsets[key] ?? 0) * 2; at < (raw.keyOffsets[key + 1] ?? 0) * 2; at += 2) {
      const number = renumbered.get(raw.postings[at] ?? -1);
      if (number !== undefined) {
        append(state.keys, text, number, numberOf(state.bodies, raw.bodies.textOf(raw.postings[at + 1] ?? 0)));
      }
    }
  }
  for (let name = 0; name < raw.names.size; name += 1) {
    const text = raw.names.textOf(name);
    for (let at = raw.nameOffsets[name] ?? 0; at < (raw.nameOffsets[name + 1] ?? 0); at += 1) {
      const number = renumbered.get(raw.named[at] ?? -1);
      if (number !== undefined) {
        append(state.names, text, number);
      }
    }
  }
  return state;
}

function append(map: Map<string, number[]>, text: string, ...numbers: readonly number[]): void {
  const list = map.get(text);
  if (list === undefined) {
    map.set(text, [...numbers]);
  } else {
    list.push(...numbers);
  }
}

function numberOf(map: Map<string, number>, text: string): number {
  const known = map.get(text) ?? map.size;
  map.set(text, known);
  return known;
}

/** Counts the advisories of each ecosystem that has any. */
function releasesOf(
  state: State,
  newest: Readonly<Record<string, number>>,
  before: OsvPackFacts['releases'],
): OsvPackFacts['releases'] {
  const advisories = new Map<string, Set<number>>();
  for (const [key, list] of state.keys) {
    const ecosystem = ecosystemOfKey(key as PackageKey);
    const known = advisories.get(ecosystem) ?? new Set<number>();
    advisories.set(ecosystem, known);
    for (let at = 0; at < list.length; at += 2) {
      known.add(list[at] ?? 0);
    }
  }
  return Object.fromEntries(
    [...advisories].map(([ecosystem, { size }]) => [
      ecosystem,
      { records: size, newest: Math.max(newest[ecosystem] ?? 0, before[ecosystem]?.newest ?? 0) },
    ]),
  );
}

function sectionsOf(state: State): Readonly<Record<string, Uint8Array | Uint32Array>> {
  const keys = lists(state.keys, 2);
  const names = lists(state.names, 1);
  return {
    ...named('keys', buildTextMap(keys.texts)),
    keyOffsets: keys.offsets,
    postings: keys.numbers,
    ...named('names', buildTextMap(names.texts)),
    nameOffsets: names.offsets,
    named: names.numbers,
    ...texts('bodies', [...state.bodies.keys()]),
    ...texts('identities', state.identities),
    places: Uint32Array.from(state.places),
    blocks: Uint32Array.from(state.blocks),
  };
}

/** The lists of a map end to end, with the place of each in units of `width` numbers. */
function lists(map: ReadonlyMap<string, readonly number[]>, width: number) {
  const offsets = new Uint32Array(map.size + 1);
  let total = 0;
  for (const [index, list] of [...map.values()].entries()) {
    total += list.length;
    offsets[index + 1] = total / width;
  }
  const numbers = new Uint32Array(total);
  let at = 0;
  for (const list of map.values()) {
    numbers.set(list, at);
    at += list.length;
  }
  return { texts: [...map.keys()], offsets, numbers };
}

function named(name: string, { slots, hashes, offsets, bytes }: TextMapSections) {
  return {
    [`${name}.slots`]: slots,
    [`${name}.hashes`]: hashes,
    [`${name}.offsets`]: offsets,
    [`${name}.bytes`]: bytes,
  };
}

/** A list of texts that is only read by number. */
function texts(name: string, list: readonly string[]) {
  const encoded = list.map((text) => Buffer.from(text, 'utf8'));
  const offsets = new Uint32Array(list.length + 1);
  for (const [index, bytes] of encoded.entries()) {
    offsets[index + 1] = (offsets[index] ?? 0) + bytes.length;
  }
  return { [`${name}.offsets`]: offsets, [`${name}.bytes`]: Buffer.concat(encoded) };
}

function identityOf({ id, aliases, upstream, withdrawn, severities, modified }: AdvisoryRecord): Identity {
  return [id, aliases, upstream, withdrawn?.getTime() ?? null, severities, modified.getTime()];
}

function textOf({ summary, details, published, cwes, references }: AdvisoryRecord): Text {
  return [summary, details, published?.getTime() ?? null, cwes, references];
}

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
}

interface RawPack {
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
    cached(records, number, () => toRecord(rawPack(), number, textOfAdvisory));
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

function numbersNamed(raw: RawPack, name: string): readonly number[] {
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

/** An advisory whose text is read from its block on first use: most matches never show it. */
function toRecord(raw: RawPack, number: number, textOfAdvisory: (number: number) => Text): AdvisoryRecord {
  const [id, aliases, upstream, withdrawn, severities, modified] = JSON.parse(
    raw.identities.textOf(number),
  ) as Identity;
  return {
    id,
    aliases,
    upstream,
    withdrawn: withdrawn === null ? null : new Date(withdrawn),
    severities,
    get summary() {
      return textOfAdvisory(number)[0];
    },
    get details() {
      return textOfAdvisory(number)[1];
    },
    get published() {
      const at = textOfAdvisory(number)[2];
      return at === null ? null : new Date(at);
    },
    get modified() {
      return new Date(modified);
    },
    get cwes() {
      return textOfAdvisory(number)[3];
    },
    get references() {
      return textOfAdvisory(number)[4];
    },
  };
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
