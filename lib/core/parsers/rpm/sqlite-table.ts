import { viewOf } from './header-blobs.ts';
import type { SqlitePages } from './sqlite-pages.ts';

/** A row of a table, or what could not be read of it. Texts and blobs are bytes; NULL and fractions are null. */
export type SqliteRow =
  | { readonly kind: 'row'; readonly values: readonly (number | Uint8Array | null)[]; readonly pageBytes: number }
  | { readonly kind: 'damaged'; readonly message: string };

const INTERIOR = 0x05;
const LEAF = 0x0d;
const DEPTH_MAX = 20;
const COLUMNS_MAX = 100;

/** State of one walk. No page is part of two places, so a page that comes twice is a damaged or hostile database. */
interface Walk {
  readonly pages: SqlitePages;
  readonly seen: Set<number>;
  readonly payloadBytesMax: number;
}

/** The page at which a table of the database begins; null where there is no such table. */
export async function rootPageOf(pages: SqlitePages, table: string): Promise<number | null> {
  for await (const row of tableRows(pages, 1, 64 * 1024)) {
    const [type, name, , root] = row.kind === 'row' ? row.values : [];
    if (textOf(type) === 'table' && textOf(name)?.toLowerCase() === table.toLowerCase() && typeof root === 'number') {
      return root;
    }
  }
  return null;
}

/** The rows of the table that begins at a page, in order. Format: sqlite.org, "Database File Format", section 1.6. */
export function tableRows(pages: SqlitePages, root: number, payloadBytesMax: number): AsyncIterable<SqliteRow> {
  return rowsBelow({ pages, seen: new Set(), payloadBytesMax }, root, 0);
}

async function* rowsBelow(walk: Walk, number: number, depth: number): AsyncGenerator<SqliteRow> {
  const page = await unseenPage(walk, number);
  if (page === null || depth > DEPTH_MAX) {
    yield damaged(`page ${number} is missing or stands twice`);
    return;
  }
  const view = viewOf(page);
  const start = number === 1 ? 100 : 0;
  const type = page[start];
  const count = view.getUint16(start + 3);
  const headerBytes = type === INTERIOR ? 12 : 8;
  if ((type !== INTERIOR && type !== LEAF) || start + headerBytes + count * 2 > page.length) {
    yield damaged(`page ${number} is no page of a table`);
    return;
  }
  let used = 0;
  for (let index = 0; index < count; index += 1) {
    const cell = view.getUint16(start + headerBytes + index * 2);
    if (type === LEAF) {
      const row = await rowAt(walk, page, cell);
      used += row.kind === 'row' ? row.pageBytes : 0;
      // Rows do not overlap; a page that says so would be read a thousand times.
      if (used > page.length) {
        yield damaged(`rows of page ${number} overlap`);
        return;
      }
      yield row;
    } else if (cell + 4 <= page.length) {
      yield* rowsBelow(walk, view.getUint32(cell), depth + 1);
    } else {
      yield damaged(`page ${number} points outside of itself`);
    }
  }
  if (type === INTERIOR) {
    yield* rowsBelow(walk, view.getUint32(start + 8), depth + 1);
  }
}

async function unseenPage(walk: Walk, number: number): Promise<Uint8Array | null> {
  if (number === 0 || walk.seen.has(number)) {
    return null;
  }
  walk.seen.add(number);
  return await walk.pages.page(number);
}

async function rowAt(walk: Walk, page: Uint8Array, cell: number): Promise<SqliteRow> {
  const length = varintAt(page, cell);
  const id = length === null ? null : varintAt(page, length.end);
  if (length === null || id === null || length.value > walk.payloadBytesMax) {
    return damaged('a row is too large or lies outside of its page');
  }
  const payload = await payloadAt(walk, page, id.end, length.value);
  return payload === null ? damaged('the pages of a row are missing') : rowOf(payload.bytes, payload.local);
}

/** What does not fit in a page goes on in a chain of others. The shares: section 1.6, "Cell payload overflow pages". */
async function payloadAt(
  walk: Walk,
  page: Uint8Array,
  at: number,
  length: number,
): Promise<{ readonly bytes: Uint8Array; readonly local: number } | null> {
  const usable = walk.pages.usableBytes;
  const localMax = usable - 35;
  const localMin = Math.floor(((usable - 12) * 32) / 255) - 23;
  const rest = localMin + ((length - localMin) % (usable - 4));
  let local = length;
  if (length > localMax) {
    local = rest <= localMax ? rest : localMin;
  }
  if (at + local + (local < length ? 4 : 0) > page.length) {
    return null;
  }
  if (local === length) {
    return { bytes: page.subarray(at, at + local), local };
  }
  const parts = [page.subarray(at, at + local)];
  let next = viewOf(page).getUint32(at + local);
  for (let filled = local; filled < length; filled += usable - 4) {
    const overflow = await unseenPage(walk, next);
    if (overflow === null) {
      return null;
    }
    parts.push(overflow.subarray(4, 4 + Math.min(usable - 4, length - filled)));
    next = viewOf(overflow).getUint32(0);
  }
  return { bytes: Buffer.concat(parts), local };
}

/** Sizes of the whole numbers by their serial type: section 2.1, "Record format". */
const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function rowOf(payload: Uint8Array, pageBytes: number): SqliteRow {
  const header = varintAt(payload, 0);
  if (header === null || header.value > payload.length) {
    return damaged('a row is no record');
  }
  const values: (number | Uint8Array | null)[] = [];
  let at = header.end;
  let from = header.value;
  while (at < header.value && values.length < COLUMNS_MAX) {
    const type = varintAt(payload, at);
    const size = type === null ? Number.NaN : bytesOf(type.value);
    if (type === null || !(from + size <= payload.length)) {
      return damaged('a row is no record');
    }
    const bytes = payload.subarray(from, from + size);
    values.push(type.value >= 12 ? bytes : integerOf(type.value, bytes));
    at = type.end;
    from += size;
  }
  return { kind: 'row', values, pageBytes };
}

function bytesOf(type: number): number {
  if (type >= 12) {
    return Math.floor((type - 12) / 2);
  }
  return type === 7 ? 8 : (INTEGER_BYTES[type] ?? 0);
}

function integerOf(type: number, bytes: Uint8Array): number | null {
  if (type === 8 || type === 9) {
    return type - 8;
  }
  return type === 0 || type === 7 || type > 9 ? null : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function textOf(value: number | Uint8Array | null | undefined): string | null {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}

/** A number of one to nine bytes, seven bits in each but the last. Beyond 53 bits it is no size of anything. */
function varintAt(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) {
      return null;
    }
    value = index === 8 ? value * 256 + byte : value * 128 + (byte & 0x7f);
    if (index === 8 || byte < 0x80) {
      return { value, end: at + index + 1 };
    }
  }
  return null;
}

function damaged(message: string): SqliteRow {
  return { kind: 'damaged', message };
}
