import { viewOf } from './header-blobs.ts';

/** What the header of an installed package says of it. */
export interface RpmHeader {
  readonly name: string;
  readonly epoch: number;
  readonly version: string;
  readonly release: string;
  readonly architecture: string | null;
  readonly sourceRpm: string | null;
  readonly vendor: string | null;
  /** `nodejs:18:8090020231019152822:a75119d5` for a package of a module's stream. */
  readonly modularityLabel: string | null;
}

/** Tags of rpm, from its rpmtag.h. */
const TAGS = { name: 1000, version: 1001, release: 1002, epoch: 1003, vendor: 1011, arch: 1022 } as const;
const SOURCE_RPM = 1044;
const MODULARITY_LABEL = 5096;

/** Types of values that are read here, from the same file. */
const INT32 = 4;
const STRING = 6;
const I18N_STRING = 9;

const ENTRY_BYTES = 16;
/** As rpm itself allows: more is no header. */
const ENTRIES_MAX = 0xffff;
const TEXT_BYTES_MAX = 4096;

/** Where the value of a tag stands. */
export interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

/** The entries of a header by tag, and between which bytes their values stand. */
export interface HeaderEntries {
  readonly entries: ReadonlyMap<number, Entry>;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a header as databases keep it: number of entries, length of the values, the entries (tag, type, offset, count),
 * the values. All numbers are big-endian. Null for what is no header. Format: rpm's documentation, "RPM v4 package format".
 */
export function parseRpmHeader(bytes: Uint8Array): RpmHeader | null {
  const view = viewOf(bytes);
  const { entries, start, end } = entriesOf(view);
  const text = (tag: number): string | null => textOf(bytes, entries.get(tag), start, end);
  const name = text(TAGS.name);
  const version = text(TAGS.version);
  const release = text(TAGS.release);
  if (name === null || version === null || release === null) {
    return null;
  }
  return {
    name,
    epoch: numberOf(view, entries.get(TAGS.epoch), start, end),
    version,
    release,
    architecture: text(TAGS.arch),
    sourceRpm: text(SOURCE_RPM),
    vendor: text(TAGS.vendor),
    modularityLabel: text(MODULARITY_LABEL),
  };
}

/** Of a tag that is written twice the first counts, as in rpm. There are none in what is no header. */
export function entriesOf(view: DataView): HeaderEntries {
  const entries = new Map<number, Entry>();
  const count = view.byteLength < 8 ? 0 : view.getUint32(0);
  const start = 8 + count * ENTRY_BYTES;
  const end = view.byteLength < 8 ? 0 : start + view.getUint32(4);
  if (count > ENTRIES_MAX || end > view.byteLength) {
    return { entries, start, end };
  }
  for (let at = 8; at < start; at += ENTRY_BYTES) {
    const tag = view.getUint32(at);
    if (!entries.has(tag)) {
      const entry = { type: view.getUint32(at + 4), offset: view.getUint32(at + 8), count: view.getUint32(at + 12) };
      entries.set(tag, entry);
    }
  }
  return { entries, start, end };
}

/** A text ends with a zero byte; of a translated one the first is the original. */
function textOf(bytes: Uint8Array, entry: Entry | undefined, start: number, end: number): string | null {
  if (entry === undefined || (entry.type !== STRING && entry.type !== I18N_STRING)) {
    return null;
  }
  const from = start + entry.offset;
  const limit = Math.min(end, from + TEXT_BYTES_MAX);
  const length = bytes.subarray(from, Math.max(from, limit)).indexOf(0);
  return length <= 0 ? null : new TextDecoder().decode(bytes.subarray(from, from + length));
}

function numberOf(view: DataView, entry: Entry | undefined, start: number, end: number): number {
  const from = start + (entry?.offset ?? 0);
  return entry?.type === INT32 && from + 4 <= end ? view.getUint32(from) : 0;
}
