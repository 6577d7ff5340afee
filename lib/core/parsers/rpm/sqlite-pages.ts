import type { FileTree } from '../../ports/file-tree.ts';
import { type ByteSource, byteSource } from './byte-source.ts';
import { viewOf } from './header-blobs.ts';

/** The pages of a database, counted from 1. */
export interface SqlitePages {
  /** Bytes of a page that belong to its content; some may be reserved at its end. */
  readonly usableBytes: number;
  page(number: number): Promise<Uint8Array | null>;
}

const MAGIC = 'SQLite format 3\0';
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The log is folded back into the database from 4 MB on; one that grew beyond this was never meant to be read. */
const WAL_BYTES_MAX = 1024 * 1024 * 1024;

/**
 * Opens a database of SQLite by its pages. Those that stand committed in the write-ahead log beside it are newer than the
 * database's own. Null where it is none. Format: sqlite.org, "Database File Format", sections 1.3 and 4.
 */
export async function openSqlitePages(tree: FileTree, path: string): Promise<SqlitePages | null> {
  const source = byteSource(tree, path);
  const header = await source.at(0, 100);
  if (header === null || Buffer.from(header.subarray(0, 16)).toString('latin1') !== MAGIC) {
    return null;
  }
  const written = viewOf(header).getUint16(16);
  const pageBytes = written === 1 ? 65536 : written;
  const usableBytes = pageBytes - (header[20] ?? 0);
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0 || usableBytes < 480) {
    return null;
  }
  const log = byteSource(tree, `${path}-wal`);
  const newer = await committedPages(log, pageBytes);
  return {
    usableBytes,
    async page(number) {
      const inLog = newer.get(number);
      return inLog === undefined
        ? await source.at((number - 1) * pageBytes, pageBytes)
        : await log.at(inLog, pageBytes);
    },
  };
}

/** Where in the log the newest committed content of each page stands. What follows the last commit never happened. */
async function committedPages(log: ByteSource, pageBytes: number): Promise<ReadonlyMap<number, number>> {
  const committed = new Map<number, number>();
  const header = await log.at(0, WAL_HEADER_BYTES);
  const magic = header === null ? 0 : viewOf(header).getUint32(0);
  if (header === null || (magic & 0xfffffffe) >>> 0 !== 0x377f0682 || viewOf(header).getUint32(8) !== pageBytes) {
    return committed;
  }
  const isBigEndian = (magic & 1) === 1;
  let sum = checksum(header.subarray(0, 24), [0, 0], isBigEndian);
  if (!matches(header, 24, sum)) {
    return committed;
  }
  const pending = new Map<number, number>();
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  for (let at = WAL_HEADER_BYTES; at < WAL_BYTES_MAX; at += frameBytes) {
    const frame = await log.at(at, frameBytes);
    // Salts that differ belong to an earlier round of the log, which is overwritten from its beginning.
    if (frame === null || !isSame(frame.subarray(8, 16), header.subarray(16, 24))) {
      break;
    }
    sum = checksum(frame.subarray(FRAME_HEADER_BYTES), checksum(frame.subarray(0, 8), sum, isBigEndian), isBigEndian);
    if (!matches(frame, 16, sum)) {
      break;
    }
    pending.set(viewOf(frame).getUint32(0), at + FRAME_HEADER_BYTES);
    if (viewOf(frame).getUint32(4) !== 0) {
      for (const [page, place] of pending) {
        committed.set(page, place);
      }
      pending.clear();
    }
  }
  return committed;
}

type Sum = readonly [number, number];

/** The running checksum of the log over pairs of 32-bit words. */
function checksum(bytes: Uint8Array, from: Sum, isBigEndian: boolean): Sum {
  const view = viewOf(bytes);
  let [first, second] = from;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    first = (first + view.getUint32(at, !isBigEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, !isBigEndian) + first) >>> 0;
  }
  return [first, second];
}

function matches(bytes: Uint8Array, at: number, [first, second]: Sum): boolean {
  return viewOf(bytes).getUint32(at) === first && viewOf(bytes).getUint32(at + 4) === second;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
