import type { FileTree } from '../../ports/file-tree.ts';

/** The bytes of a file by position, whatever its size: only a bounded part of it is in memory. */
export interface ByteSource {
  /** Exactly so many bytes, or null where the file ends before or cannot be read. */
  at(start: number, length: number): Promise<Uint8Array | null>;
}

const CHUNK_BYTES = 256 * 1024;
/** Together 32 MiB: pages of one package lie near each other, but not in one piece. */
const CHUNKS_MAX = 128;

/** Reads a file in large pieces and keeps the ones used last. */
export function byteSource(tree: FileTree, path: string): ByteSource {
  const chunks = new Map<number, Uint8Array>();
  const chunkAt = async (number: number): Promise<Uint8Array | null> => {
    const known = chunks.get(number);
    const start = number * CHUNK_BYTES;
    const chunk = known ?? (await tree.read(path, { start, end: start + CHUNK_BYTES }));
    if (chunk === null) {
      return null;
    }
    chunks.delete(number);
    chunks.set(number, chunk);
    const [oldest] = chunks.keys();
    if (chunks.size > CHUNKS_MAX && oldest !== undefined) {
      chunks.delete(oldest);
    }
    return chunk;
  };
  return {
    async at(start, length) {
      if (!Number.isSafeInteger(start) || start < 0 || length < 0) {
        return null;
      }
      const first = Math.floor(start / CHUNK_BYTES);
      const from = start - first * CHUNK_BYTES;
      const chunk = await chunkAt(first);
      if (chunk === null || from + length <= chunk.length) {
        return chunk?.subarray(from, from + length) ?? null;
      }
      return joined(chunkAt, start, length);
    },
  };
}

/** Bytes that more than one piece holds. */
async function joined(
  chunkAt: (number: number) => Promise<Uint8Array | null>,
  start: number,
  length: number,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let position = start;
  while (position < start + length) {
    const number = Math.floor(position / CHUNK_BYTES);
    const from = position - number * CHUNK_BYTES;
    const part = (await chunkAt(number))?.subarray(from, from + start + length - position);
    if (part === undefined || part.length === 0) {
      return null;
    }
    parts.push(part);
    position += part.length;
  }
  return Buffer.concat(parts);
}
