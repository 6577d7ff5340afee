import type { XfsGeometry } from './xfs-superblock.ts';
import { viewOf } from './xfs-superblock.ts';

/** A run of blocks of a file. */
export interface XfsExtent {
  /** The first of its blocks, counted in the file. */
  readonly fileBlock: number;
  /** Where it lies, as the file system numbers blocks: the group in the high bits. */
  readonly block: number;
  readonly blocks: number;
  /** Reserved and never written: it reads as zeros. */
  readonly isUnwritten: boolean;
}

const RECORD_BYTES = 16;
const LEAF_MAGIC = { 4: 0x424d4150, 5: 0x424d4133 } as const;
const HEADER_BYTES = { 4: 24, 5: 72 } as const;
/** A tree of more levels than this cannot address more than XFS allows. */
const LEVELS_MAX = 9;
/** 16 million runs are a file of a terabyte in pieces of 64 kB. */
const EXTENTS_MAX = 16_000_000;

/** Records of 128 bits: a flag, 54 bits of place in the file, 52 bits of block, 21 bits of length. */
export function readExtents(bytes: Uint8Array, count: number): readonly XfsExtent[] {
  const view = viewOf(bytes);
  const whole = Math.min(count, Math.floor(bytes.length / RECORD_BYTES));
  return Array.from({ length: whole }, (_, place) => {
    const high = view.getBigUint64(place * RECORD_BYTES);
    const low = view.getBigUint64(place * RECORD_BYTES + 8);
    return {
      isUnwritten: high >> 63n === 1n,
      fileBlock: Number((high >> 9n) & 0x3f_ffff_ffff_ffffn),
      block: Number(((high & 0x1ffn) << 43n) | (low >> 21n)),
      blocks: Number(low & 0x1f_ffffn),
    };
  });
}

interface TreeReader {
  readonly geometry: XfsGeometry;
  /** A block by its number; null where it cannot be read. */
  readonly readBlock: (block: number) => Promise<Uint8Array | null>;
}

/**
 * The runs of a file whose list is a tree: its root stands in the inode, the rest in blocks. Null where a block of it cannot be
 * read or is none of a tree: a file with a gap in it would be read wrong.
 */
export async function readExtentTree(root: Uint8Array, reader: TreeReader): Promise<readonly XfsExtent[] | null> {
  if (root.length < 4) {
    return null;
  }
  const view = viewOf(root);
  const level = view.getUint16(0);
  const records = view.getUint16(2);
  const most = Math.floor((root.length - 4) / RECORD_BYTES);
  if (level < 1 || level > LEVELS_MAX || records > most) {
    return null;
  }
  const found: XfsExtent[] = [];
  const children = pointersOf(view, 4 + most * 8, records);
  return (await descend(children, level - 1, reader, found)) ? found : null;
}

async function descend(
  blocks: readonly number[],
  level: number,
  reader: TreeReader,
  found: XfsExtent[],
): Promise<boolean> {
  const version = reader.geometry.isVersion5 ? 5 : 4;
  const header = HEADER_BYTES[version];
  for (const block of blocks) {
    const bytes = await reader.readBlock(block);
    if (bytes === null || bytes.length < reader.geometry.blockSize) {
      return false;
    }
    const view = viewOf(bytes);
    const records = view.getUint16(6);
    const most = Math.floor((bytes.length - header) / RECORD_BYTES);
    // Each level is one nearer to the leaves, so a tree that points at itself ends.
    if (view.getUint32(0) !== LEAF_MAGIC[version] || view.getUint16(4) !== level || records > most) {
      return false;
    }
    if (level === 0) {
      found.push(...readExtents(bytes.subarray(header), records));
      if (found.length > EXTENTS_MAX) return false;
    } else if (!(await descend(pointersOf(view, header + most * 8, records), level - 1, reader, found))) {
      return false;
    }
  }
  return true;
}

function pointersOf(view: DataView, start: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => Number(view.getBigUint64(start + place * 8)));
}
