import type { FileTree } from '../../ports/file-tree.ts';
import { type ByteSource, byteSource } from './byte-source.ts';
import { damaged, HEADER_BYTES_MAX, type HeaderBlob, viewOf } from './header-blobs.ts';

const HASH_MAGIC = 0x00061561;
const HASH_META = 8;
const HASH_PAGES: ReadonlySet<number> = new Set([2, 13]);
const OVERFLOW = 7;
const PAGE_HEADER_BYTES = 26;
/** Kinds of items on a page: their bytes stand here, or in a chain of other pages. */
const ON_PAGE = 1;
const OFF_PAGE = 3;

/** A database by its pages, in the byte order of the machine that wrote it. */
interface HashFile {
  readonly source: ByteSource;
  readonly pageBytes: number;
  readonly lastPage: number;
  readonly isLittle: boolean;
  /** Pages of chains that were read; no page is part of two, so one that comes twice is damaged or hostile. */
  readonly seen: Set<number>;
}

/**
 * The headers in rpm's database of the Berkeley DB kind: a hash of header by number. The pages are read one after another,
 * since no key is looked for. Format: dbinc/db_page.h in the sources of Berkeley DB.
 */
export async function* bdbBlobs(tree: FileTree, path: string): AsyncGenerator<HeaderBlob> {
  const file = await openHash(byteSource(tree, path));
  if (file === null) {
    yield damaged('it is no hash of Berkeley DB');
    return;
  }
  for (let number = 1; number <= file.lastPage; number += 1) {
    const page = await file.source.at(number * file.pageBytes, file.pageBytes);
    if (page === null) {
      yield damaged(`it ends before page ${number} of ${file.lastPage}`);
      return;
    }
    if (HASH_PAGES.has(page[25] ?? 0)) {
      yield* blobsOf(file, page);
    }
  }
}

async function openHash(source: ByteSource): Promise<HashFile | null> {
  const meta = await source.at(0, 72);
  if (meta === null) {
    return null;
  }
  const view = viewOf(meta);
  const isLittle = view.getUint32(12, true) === HASH_MAGIC;
  const pageBytes = view.getUint32(20, isLittle);
  const isHash = view.getUint32(12, isLittle) === HASH_MAGIC && meta[25] === HASH_META;
  const isEncrypted = meta[24] !== 0;
  const isPageSize = pageBytes >= 512 && pageBytes <= 65536 && (pageBytes & (pageBytes - 1)) === 0;
  return isHash && isPageSize && !isEncrypted
    ? { source, pageBytes, lastPage: view.getUint32(32, isLittle), isLittle, seen: new Set() }
    : null;
}

/** Items of a page come in pairs of key and value; what has the key 0 counts the headers and is none. */
async function* blobsOf(file: HashFile, page: Uint8Array): AsyncGenerator<HeaderBlob> {
  const view = viewOf(page);
  const count = view.getUint16(20, file.isLittle);
  if (PAGE_HEADER_BYTES + count * 2 > page.length || count % 2 !== 0) {
    yield damaged('a page of it has no pairs of key and value');
    return;
  }
  const offsetOf = (index: number): number => view.getUint16(PAGE_HEADER_BYTES + index * 2, file.isLittle);
  let used = 0;
  for (let index = 0; index < count; index += 2) {
    // Items are written from the end of the page towards its front, so each ends where the one before it begins.
    const keyEnd = index === 0 ? page.length : offsetOf(index - 1);
    const key = page.subarray(offsetOf(index) + 1, keyEnd);
    if (key.length === 4 && key.every((byte) => byte === 0)) {
      continue;
    }
    used += Math.max(0, keyEnd - offsetOf(index + 1));
    // Items do not overlap; a page that says so would be read a thousand times.
    if (used > page.length) {
      yield damaged('items of a page overlap');
      return;
    }
    yield await valueAt(file, page, offsetOf(index + 1), offsetOf(index));
  }
}

async function valueAt(file: HashFile, page: Uint8Array, start: number, end: number): Promise<HeaderBlob> {
  const kind = page[start];
  if (kind === ON_PAGE && start < end) {
    return { kind: 'header', bytes: page.subarray(start + 1, end) };
  }
  if (kind !== OFF_PAGE || start + 12 > page.length) {
    return damaged('a package of it stands on no page');
  }
  const view = viewOf(page);
  const bytes = await chainAt(file, view.getUint32(start + 4, file.isLittle), view.getUint32(start + 8, file.isLittle));
  return bytes === null ? damaged('the pages of a package are missing') : { kind: 'header', bytes };
}

/** The bytes of a chain of pages; null where they are not as many as promised. */
async function chainAt(file: HashFile, first: number, length: number): Promise<Uint8Array | null> {
  if (length > HEADER_BYTES_MAX) {
    return null;
  }
  const parts: Uint8Array[] = [];
  let filled = 0;
  for (let number = first; number !== 0 && filled < length; ) {
    const page = file.seen.has(number) ? null : await file.source.at(number * file.pageBytes, file.pageBytes);
    const view = page === null ? null : viewOf(page);
    const used = view?.getUint16(22, file.isLittle) ?? 0;
    if (page === null || view === null || page[25] !== OVERFLOW || PAGE_HEADER_BYTES + used > page.length) {
      return null;
    }
    file.seen.add(number);
    parts.push(page.subarray(PAGE_HEADER_BYTES, PAGE_HEADER_BYTES + used));
    filled += used;
    number = view.getUint32(16, file.isLittle);
  }
  return filled < length ? null : Buffer.concat(parts).subarray(0, length);
}
