import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';

/** One entry of a zip as its central directory has it. Sizes are claims. */
export interface ZipEntry {
  /** With `/`, without steps upwards, a leading slash or control characters, whatever the archive wrote. */
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly declaredBytes: number;
  /** Where its local header stands in the source. */
  readonly headerAt: number;
}

export type ZipDirectory =
  | { readonly kind: 'directory'; readonly entries: readonly ZipEntry[]; readonly problems: readonly string[] }
  /** `isZip` tells a damaged archive from a file that never was one. */
  | { readonly kind: 'unreadable'; readonly isZip: boolean; readonly reason: string };

export type ZipContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly reason: string };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const COMMENT_BYTES_MAX = 0xffff;
const ENTRIES_MAX = 200_000;
const PREFIX_BYTES_MAX = 64 * 1024;
const DIRECTORY_BYTES_MAX = 64 * 1024 * 1024;
const NAME_BYTES_MAX = 4096;
const ALL_ONES = 0xffffffff;

interface Place {
  readonly start: number;
  readonly size: number;
  /** What stands before the archive, such as a shell script that starts it; offsets count from behind it. */
  readonly prefix: number;
}

/**
 * Reads the central directory of a zip, plain or zip64, with anything in front of it. Format: PKWARE's APPNOTE 6.3.10. Entries
 * that share bytes with an earlier one, as bombs have them, are left out and named.
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const tailAt = Math.max(0, source.size - END_BYTES - COMMENT_BYTES_MAX - LOCATOR_BYTES - END_64_BYTES);
  const tail = await source.read(tailAt, source.size);
  if (tail === null) {
    return { kind: 'unreadable', isZip: true, reason: 'could not be read' };
  }
  const end = findEnd(tail);
  if (end === -1) {
    return {
      kind: 'unreadable',
      isZip: await looksLikeZip(source),
      reason: 'has no end record: it is cut off or no zip',
    };
  }
  const place = await placeOf(source, viewOf(tail), tailAt, end);
  if (place === null || place.start < 0 || place.start + place.size > source.size) {
    return { kind: 'unreadable', isZip: true, reason: 'names a directory outside of itself' };
  }
  if (place.size > DIRECTORY_BYTES_MAX) {
    return { kind: 'unreadable', isZip: true, reason: `has a directory of more than ${DIRECTORY_BYTES_MAX} bytes` };
  }
  const bytes = await source.read(place.start, place.start + place.size);
  if (bytes === null || bytes.length < place.size) {
    return { kind: 'unreadable', isZip: true, reason: 'has a directory that could not be read' };
  }
  const behind = tail.length - end - END_BYTES - viewOf(tail).getUint16(end + 20, true);
  // A cut archive may hold a whole one, whose end record is then the last that is left.
  const problems = behind === 0 ? [] : [`has ${behind} bytes behind its end, or is cut off`];
  if (place.prefix > 0 && (await startsAsZip(source))) {
    problems.push('starts with entries that its directory does not name, or is cut off');
  }
  return entriesOf(bytes, place.prefix, source.size, problems);
}

/** The content of one entry, at most `bytesMax` bytes of it whatever its size claims to be. */
export async function readZipEntry(source: ByteSource, entry: ZipEntry, bytesMax: number): Promise<ZipContent> {
  const refused = refusalOf(entry, bytesMax);
  if (refused !== null) {
    return { kind: 'unreadable', reason: refused };
  }
  const start = await contentStart(source, entry);
  if (start === null) {
    return { kind: 'unreadable', reason: 'has no local header where the directory says' };
  }
  const packed = await source.read(start, start + entry.packedBytes);
  if (packed === null || packed.length < entry.packedBytes) {
    return { kind: 'unreadable', reason: 'is cut off' };
  }
  if (entry.method === 0) {
    return { kind: 'bytes', bytes: packed };
  }
  try {
    return { kind: 'bytes', bytes: inflateRawSync(packed, { maxOutputLength: bytesMax }) };
  } catch (error) {
    // A failed inflate gives back its 16 KB only when the event loop turns: thousands of damaged entries would hold them.
    await new Promise((resolve) => setImmediate(resolve));
    const isTooLarge = error instanceof RangeError;
    return { kind: 'unreadable', reason: isTooLarge ? `unpacks to more than ${bytesMax} bytes` : 'is damaged' };
  }
}

/** Where the bytes of an entry start, after its local header; null where there is no such header. */
export async function contentStart(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  const header = await source.read(entry.headerAt, entry.headerAt + LOCAL_BYTES);
  if (header === null || header.length < LOCAL_BYTES) {
    return null;
  }
  const view = viewOf(header);
  const isHeader = view.getUint32(0, true) === LOCAL;
  return isHeader ? entry.headerAt + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true) : null;
}

function refusalOf(entry: ZipEntry, bytesMax: number): string | null {
  if (entry.isEncrypted) {
    return 'is encrypted';
  }
  if (entry.method !== 0 && entry.method !== 8) {
    return `is packed by method ${entry.method}, which is not read`;
  }
  // A deflated entry never unpacks to less than it claims, unless the claim is wrong, and then it is no jar either.
  return entry.packedBytes > bytesMax ? `is larger than ${bytesMax} bytes` : null;
}

/** Place of the end record in the tail: the last one whose comment reaches the end, else the last one at all. */
function findEnd(tail: Uint8Array): number {
  const view = viewOf(tail);
  let last = -1;
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail[at] === 0x50 && view.getUint32(at, true) === END) {
      if (at + END_BYTES + view.getUint16(at + 20, true) === tail.length) {
        return at;
      }
      last = last === -1 ? at : last;
    }
  }
  return last;
}

async function placeOf(source: ByteSource, tail: DataView, tailAt: number, end: number): Promise<Place | null> {
  const wide = await widePlaceOf(source, tail, tailAt, end);
  const size = wide?.size ?? tail.getUint32(end + 12, true);
  const offset = wide?.offset ?? tail.getUint32(end + 16, true);
  const endAt = wide?.endAt ?? tailAt + end;
  const prefix = endAt - size - offset;
  return prefix < 0 ? null : { start: endAt - size, size, prefix };
}

/** The zip64 end record, which stands before its locator, which stands before the plain one. */
async function widePlaceOf(
  source: ByteSource,
  tail: DataView,
  tailAt: number,
  end: number,
): Promise<{ readonly size: number; readonly offset: number; readonly endAt: number } | null> {
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR) {
    return null;
  }
  const stated = Number(tail.getBigUint64(locator + 8, true));
  for (const at of [tailAt + locator - END_64_BYTES, stated]) {
    const bytes = at >= 0 && at < source.size ? await source.read(at, at + END_64_BYTES) : null;
    const view = bytes?.length === END_64_BYTES ? viewOf(bytes) : null;
    if (view !== null && view.getUint32(0, true) === END_64) {
      return { size: Number(view.getBigUint64(40, true)), offset: Number(view.getBigUint64(48, true)), endAt: at };
    }
  }
  return null;
}

function entriesOf(bytes: Uint8Array, prefix: number, sizeMax: number, problems: string[]): ZipDirectory {
  const view = viewOf(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + CENTRAL_BYTES <= bytes.length && view.getUint32(at, true) === CENTRAL) {
    if (entries.length === ENTRIES_MAX) {
      problems.push(`has more than ${ENTRIES_MAX} entries; the rest was not read`);
      return { kind: 'directory', entries: withoutOverlaps(entries, problems), problems };
    }
    const nameBytes = view.getUint16(at + 28, true);
    const next = at + CENTRAL_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > bytes.length) {
      break;
    }
    entries.push(entryAt(buffer, view, at, prefix));
    at = next;
  }
  if (at < bytes.length) {
    problems.push(`has a directory that is damaged after ${entries.length} entries`);
  }
  const outside = entries.filter((entry) => entry.headerAt + LOCAL_BYTES > sizeMax);
  if (outside.length > 0) {
    problems.push(`has ${outside.length} entries outside of itself`);
  }
  const inside = entries.filter((entry) => entry.headerAt + LOCAL_BYTES <= sizeMax);
  return { kind: 'directory', entries: withoutOverlaps(inside, problems), problems };
}

function entryAt(bytes: Buffer, view: DataView, at: number, prefix: number): ZipEntry {
  const nameBytes = view.getUint16(at + 28, true);
  const nameAt = at + CENTRAL_BYTES;
  const plain = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const extraAt = bytes.byteOffset + nameAt + nameBytes;
  const isWide = plain.includes(ALL_ONES);
  const sizes = isWide ? widened(plain, new DataView(bytes.buffer, extraAt, view.getUint16(at + 30, true))) : plain;
  const [declaredBytes = 0, packedBytes = 0, offset = 0] = sizes;
  return {
    name: plainName(bytes.toString('utf8', nameAt, nameAt + Math.min(nameBytes, NAME_BYTES_MAX))),
    method: view.getUint16(at + 10, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    packedBytes,
    declaredBytes,
    headerAt: prefix + offset,
  };
}

/** Values of 32 bits that are all ones stand in the zip64 field of the extra data, in their order. */
function widened(plain: readonly number[], extra: DataView): readonly number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  let next = at + 4;
  return plain.map((value) => {
    if (value !== ALL_ONES || next + 8 > extra.byteLength) {
      return value;
    }
    next += 8;
    return Number(extra.getBigUint64(next - 8, true));
  });
}

/** A name is only shown and compared, never opened; still it must not look like a path outside of the archive. */
function plainName(name: string): string {
  // Nearly all names are of such signs alone, and archives have many.
  const isOrdinary = /^[\x20-\x5b\x5d-\x7e]*$/.test(name);
  const shown = isOrdinary ? name : name.replace(/\p{Cc}/gu, '?').replaceAll('\\', '/');
  const isPlain = !shown.startsWith('/') && !shown.includes('./') && !shown.includes('//') && !shown.endsWith('/..');
  if (isPlain) {
    return shown;
  }
  const parts = shown.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return `${parts.join('/')}${shown.endsWith('/') ? '/' : ''}`;
}

/** In the order of the directory, without the entries whose bytes an entry before them in the file has claimed. */
function withoutOverlaps(entries: readonly ZipEntry[], problems: string[]): readonly ZipEntry[] {
  const overlapping = new Set<ZipEntry>();
  let free = 0;
  const isSorted = entries.every(
    ({ headerAt }, index) => index === 0 || (entries[index - 1]?.headerAt ?? 0) <= headerAt,
  );
  for (const entry of isSorted ? entries : [...entries].sort((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < free) {
      overlapping.add(entry);
    } else {
      free = entry.headerAt + LOCAL_BYTES + entry.packedBytes;
    }
  }
  if (overlapping.size === 0) {
    return entries;
  }
  problems.push(`has ${overlapping.size} entries that share bytes with others; they were not read`);
  return entries.filter((entry) => !overlapping.has(entry));
}

/** Whether it starts with an entry, or with a program that unpacks the entry behind it. */
async function looksLikeZip(source: ByteSource): Promise<boolean> {
  const start = (await source.read(0, PREFIX_BYTES_MAX)) ?? new Uint8Array(0);
  const head = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  const isProgram = ['#!', 'MZ'].includes(head.toString('latin1', 0, 2));
  const at = head.indexOf('PK\x03\x04', 0, 'latin1');
  return at === 0 || (isProgram && at > 0);
}

async function startsAsZip(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, 4);
  return start !== null && start.length === 4 && viewOf(start).getUint32(0, true) === LOCAL;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
