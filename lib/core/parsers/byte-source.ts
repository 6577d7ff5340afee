import type { FileTree } from '../ports/file-tree.ts';

/** Bytes of known number that are read by ranges: a file of a tree, a part of one, or bytes in memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` to `end` (end exclusive), fewer at the end; null where they cannot be read. */
  read(start: number, end: number): Promise<Uint8Array | null>;
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, Math.max(start, end)) };
}

/** The part of a source from `start` on, at most `size` bytes of it. */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  const bounded = Math.max(0, Math.min(size, source.size - start));
  return {
    size: bounded,
    read: (from, to) => source.read(start + from, start + Math.max(from, Math.min(to, bounded))),
  };
}

const HEAD_BYTES = 64 * 1024;
/** No file is larger: 2 to the power of 44 is the limit of common file systems. */
const SIZE_BITS_MAX = 44;

/** A file of a tree; null where it cannot be read. Its first bytes, which every format asks for first, are kept. */
export async function fileSource(tree: FileTree, path: string): Promise<ByteSource | null> {
  const head = await tree.read(path, { start: 0, end: HEAD_BYTES });
  if (head === null) {
    return null;
  }
  if (head.length < HEAD_BYTES) {
    return bytesSource(head);
  }
  const size = await sizeOf(tree, path);
  return {
    size,
    async read(start, end) {
      const to = Math.min(end, size);
      if (to <= start) {
        return new Uint8Array(0);
      }
      return to <= head.length ? head.subarray(start, to) : tree.read(path, { start, end: to });
    },
  };
}

/** A tree tells the size of a file only while it lists, so it is found by asking for single bytes and halving. */
async function sizeOf(tree: FileTree, path: string): Promise<number> {
  const has = async (at: number): Promise<boolean> => {
    const byte = await tree.read(path, { start: at, end: at + 1 });
    return byte !== null && byte.length === 1;
  };
  let low = HEAD_BYTES;
  let high = low * 2;
  while (high < 2 ** SIZE_BITS_MAX && (await has(high - 1))) {
    low = high;
    high *= 2;
  }
  while (high - low > HEAD_BYTES) {
    const middle = low + Math.floor((high - low) / 2);
    if (await has(middle - 1)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const rest = await tree.read(path, { start: low, end: high });
  return low + (rest?.length ?? 0);
}

const FIRST_BYTES = 4 * 1024;

/** A file of a tree whose size nobody asks for, which saves finding it; null where it cannot be read. Reads past the end give fewer bytes. */
export async function openEndedSource(tree: FileTree, path: string): Promise<ByteSource | null> {
  const head = await tree.read(path, { start: 0, end: FIRST_BYTES });
  if (head === null) {
    return null;
  }
  if (head.length < FIRST_BYTES) {
    return bytesSource(head);
  }
  return {
    size: Number.MAX_SAFE_INTEGER,
    read: async (start, end) =>
      end <= head.length ? head.subarray(start, Math.max(start, end)) : tree.read(path, { start, end }),
  };
}
