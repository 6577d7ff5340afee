import { constants, zstdCompressSync } from 'node:zlib';
import type { AdvisoryRecord, AffectedPackage } from '../../core/model/advisory.ts';
import { ecosystemOfKey, type PackageKey, packageKey } from '../../core/model/ids.ts';
import { encodeAffected } from './affected-text.ts';
import type { OsvPack } from './osv-pack.ts';
import { createPackWriter } from './pack-file.ts';
import type { Identity, OsvPackFacts, Text } from './stored-record.ts';
import { buildTextMap, type TextMapSections } from './text-map.ts';

/** Texts of this many advisories share a compressed block: enough to compress well, few enough to read for one. */
const TEXTS_IN_BLOCK = 32;
const ZSTD = { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 };

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

function identityOf(advisory: AdvisoryRecord): Identity {
  const { id, aliases, upstream, withdrawn, severities, exploits, modified } = advisory;
  const names = [id, aliases, upstream, withdrawn?.getTime() ?? null, severities] as const;
  return exploits === undefined || exploits.length === 0
    ? [...names, modified.getTime()]
    : [...names, exploits, modified.getTime()];
}

function textOf({ summary, details, published, cwes, references }: AdvisoryRecord): Text {
  return [summary, details, published?.getTime() ?? null, cwes, references];
}
