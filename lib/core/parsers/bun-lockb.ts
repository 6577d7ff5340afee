import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { isNpmName } from './npm-spelling.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { isUnpacked } from './text-parser.ts';

/**
 * bun.lockb, the binary lock file of bun before 1.2. Format 2: oven-sh/bun, `src/install/lockfile/bun.lockb.zig`. A head, the
 * packages as columns (name, hash of the name, resolution …), then six buffers of which the last holds the long texts.
 */
export const bunLockb: Parser = {
  id: 'npm/bun-lockb',
  declares: true,
  reads: 'file',
  wants: (path) => /(?:^|\/)bun\.lockb$/.test(path) && !isUnpacked(path),
  async parse(path, tree) {
    const bytes = await tree.read(path, { start: 0, end: BYTES_MAX + 1 });
    if (bytes === null || bytes.length > BYTES_MAX) {
      const reason = bytes === null ? 'could not be read' : `is larger than ${BYTES_MAX} bytes`;
      return unreadable(path, `The lock file ${reason}.`);
    }
    return parseBunLockb(bytes, path);
  },
};

const BYTES_MAX = 64 * 1024 * 1024;
const MAGIC = '#!/usr/bin/env bun\nbun-lockfile-format-v0\n';
const FORMAT = 2;
const HEAD_LENGTH = MAGIC.length + 4 + 32 + 8 + 5 * 8;
const BUFFERS = 6;
const NAME_SIZE = 8;
const HASH_SIZE = 8;
const RESOLUTION_SIZE = 64;
const ADVICE = '`bun install --save-text-lockfile` writes bun.lock, which can be read.';

/** What `Resolution.Tag` calls the origins. */
const ROOT = 1;
const NPM = 2;
const LOCAL: ReadonlySet<number> = new Set([4, 64, 72]);

/** Names and resolutions as they lie in the file. */
interface Columns {
  readonly view: DataView;
  readonly count: number;
  readonly names: number;
  readonly resolutions: number;
  readonly texts: Uint8Array;
}

export function parseBunLockb(bytes: Uint8Array, path: string): ParseResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_LENGTH || Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) {
    return unreadable(path, `The lock file has no head of a binary lock file of bun. ${ADVICE}`);
  }
  const format = view.getUint32(MAGIC.length, true);
  const columns = format === FORMAT ? columnsOf(view, bytes) : null;
  if (columns === null) {
    const reason = format === FORMAT ? 'is cut off or damaged' : `has format ${format}, and only ${FORMAT} is known`;
    return unreadable(path, `The lock file ${reason}. ${ADVICE}`);
  }
  const found = createLockPackages({ ecosystem: 'npm', packageManager: 'NPM', path, isName: isNpmName });
  for (let row = 0; row < columns.count && !found.isFull(); row += 1) {
    addRow(columns, row, found);
  }
  return found.result();
}

/** Where things lie, each place held against the length of the file; null where it does not fit. */
function columnsOf(view: DataView, bytes: Uint8Array): Columns | null {
  const start = HEAD_LENGTH - 5 * 8;
  const [count, , , begin, end] = [0, 1, 2, 3, 4].map((field) => offsetAt(view, start + field * 8));
  if (count === undefined || begin === undefined || end === undefined || begin < HEAD_LENGTH) {
    return null;
  }
  const resolutions = begin + count * (NAME_SIZE + HASH_SIZE);
  if (resolutions + count * RESOLUTION_SIZE > end) {
    return null;
  }
  let place = end;
  let texts: Uint8Array | null = null;
  for (let buffer = 0; buffer < BUFFERS; buffer += 1) {
    const from = offsetAt(view, place);
    const to = offsetAt(view, place + 8);
    if (from === undefined || to === undefined || from < place || to < from) {
      return null;
    }
    texts = bytes.subarray(from, to);
    place = to;
  }
  return texts === null ? null : { view, count, names: begin, resolutions, texts };
}

/** A number of 64 bits that is a place within the file. */
function offsetAt(view: DataView, place: number): number | undefined {
  if (place + 8 > view.byteLength) {
    return undefined;
  }
  const value = view.getBigUint64(place, true);
  return value <= BigInt(view.byteLength) ? Number(value) : undefined;
}

function addRow(columns: Columns, row: number, found: LockPackages): void {
  const name = textAt(columns, columns.names + row * NAME_SIZE);
  const resolution = columns.resolutions + row * RESOLUTION_SIZE;
  const tag = columns.view.getUint8(resolution);
  if (name === null) {
    found.doubt(`package ${row}`);
  } else if (tag === NPM) {
    const version = versionAt(columns, resolution + 16);
    if (version === null) {
      found.doubt(name);
    } else {
      found.add(name, version);
    }
  } else if (LOCAL.has(tag)) {
    found.leaveOut('folders of the project', name);
  } else if (tag !== ROOT) {
    found.leaveOut('entries without a version of the registry', name);
  }
}

/** Three numbers, four bytes of padding, then the texts of the pre-release and the build, each with its hash. */
function versionAt(columns: Columns, place: number): string | null {
  const numbers = [0, 4, 8].map((field) => columns.view.getUint32(place + field, true)).join('.');
  const pre = textAt(columns, place + 16);
  const build = textAt(columns, place + 32);
  if (pre === null || build === null) {
    return null;
  }
  return `${numbers}${pre === '' ? '' : `-${pre}`}${build === '' ? '' : `+${build}`}`;
}

/** Up to eight bytes stand in place; a longer text is an offset and a length, marked by the highest bit. */
function textAt({ view, texts }: Columns, place: number): string | null {
  const length = view.getUint32(place + 4, true);
  if (length < 0x80000000) {
    const inline = new Uint8Array(view.buffer, view.byteOffset + place, 8);
    const end = inline.indexOf(0);
    return new TextDecoder().decode(end === -1 ? inline : inline.subarray(0, end));
  }
  const start = view.getUint32(place, true);
  const end = start + (length - 0x80000000);
  return end - start > 4096 || end > texts.length ? null : new TextDecoder().decode(texts.subarray(start, end));
}
