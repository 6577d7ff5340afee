import type { FileTree } from '../../ports/file-tree.ts';
import { type ByteSource, byteSource } from './byte-source.ts';
import { damaged, HEADER_BYTES_MAX, type HeaderBlob, viewOf } from './header-blobs.ts';

const HEADER_MAGIC = 0x506d7052;
const SLOT_MAGIC = 0x746f6c53;
const BLOB_MAGIC = 0x53626c42;
const PAGE_BYTES = 4096;
const SLOT_BYTES = 16;
const BLOCK_BYTES = 16;
const BLOB_HEADER_BYTES = 16;
/** Pages of slots that rpm itself allows: room for half a million packages. */
const SLOT_PAGES_MAX = 2048;

/**
 * The headers in rpm's own database, which SUSE uses: pages of slots at the front, each naming the blocks of one header. All
 * numbers are little-endian. Format: rpmpkg.c in the sources of rpm.
 */
export async function* ndbBlobs(tree: FileTree, path: string): AsyncGenerator<HeaderBlob> {
  const source = byteSource(tree, path);
  const header = await source.at(0, 2 * SLOT_BYTES);
  const slotPages = header === null ? 0 : viewOf(header).getUint32(12, true);
  if (
    header === null ||
    viewOf(header).getUint32(0, true) !== HEADER_MAGIC ||
    viewOf(header).getUint32(4, true) !== 0
  ) {
    yield damaged('it is no database of the ndb kind');
    return;
  }
  if (slotPages === 0 || slotPages > SLOT_PAGES_MAX) {
    yield damaged(`it names ${slotPages} pages of slots`);
    return;
  }
  let used = 0;
  let end = 0;
  for (let at = 2 * SLOT_BYTES; at < slotPages * PAGE_BYTES; at += SLOT_BYTES) {
    const slot = await source.at(at, SLOT_BYTES);
    if (slot === null || viewOf(slot).getUint32(0, true) !== SLOT_MAGIC) {
      yield damaged('its list of packages ends too early');
      return;
    }
    const view = viewOf(slot);
    const [number, block, blocks] = [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
    if (number === 0 || block === 0) {
      continue;
    }
    used += blocks * BLOCK_BYTES;
    end = Math.max(end, (block + blocks) * BLOCK_BYTES);
    // Packages do not overlap; a list that says so would have the file read a thousand times.
    if (used > end) {
      yield damaged('packages of it overlap');
      return;
    }
    yield await blobAt(source, number, block * BLOCK_BYTES, blocks * BLOCK_BYTES);
  }
}

/** One header, which repeats the number that its slot gave it. */
async function blobAt(source: ByteSource, number: number, start: number, room: number): Promise<HeaderBlob> {
  const header = await source.at(start, BLOB_HEADER_BYTES);
  const view = header === null ? null : viewOf(header);
  const length = view?.getUint32(12, true) ?? 0;
  const isBlob = view?.getUint32(0, true) === BLOB_MAGIC && view.getUint32(4, true) === number;
  const fits = BLOB_HEADER_BYTES + length <= room && length <= HEADER_BYTES_MAX;
  const bytes = isBlob && fits ? await source.at(start + BLOB_HEADER_BYTES, length) : null;
  return bytes === null ? damaged(`package ${number} is not where the list says`) : { kind: 'header', bytes };
}
