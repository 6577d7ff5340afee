import type { ByteSource } from '../byte-source.ts';
import type { Run } from './runs.ts';
import type { VolumeNode } from './volume-tree.ts';
import { readExtents, readExtentTree } from './xfs-extents.ts';
import { viewOf, type XfsGeometry } from './xfs-superblock.ts';

/** What a file, a directory or a link is, and where its bytes lie. */
export interface XfsInode extends VolumeNode {
  /** Bytes that stand in the inode itself; null where they lie in blocks. */
  readonly inline: Uint8Array | null;
  /** Where the list of its blocks begins. */
  readonly fork: Uint8Array;
  /** How many runs of blocks it has; null where their list is a tree. */
  readonly runs: number | null;
}

const MAGIC = 0x494e;
const CORE_BYTES = { 2: 100, 3: 176 } as const;
const FORMAT = { local: 1, extents: 2, tree: 3 } as const;
const DIRECTORY = 0x4000;
const REGULAR = 0x8000;
const REALTIME = 0x1;
const LARGE_COUNTS = 0x10;

/** Reads one inode. A text says why it cannot be read, in words that go after "it". */
export async function readXfsInode(
  source: ByteSource,
  geometry: XfsGeometry,
  number: number,
): Promise<XfsInode | string> {
  const place = placeOfInode(geometry, number);
  const bytes = place === null ? null : await source.read(place, place + geometry.inodeSize);
  if (bytes === null || bytes.length < geometry.inodeSize) {
    return 'lies outside of the file system';
  }
  const view = viewOf(bytes);
  const version = view.getUint8(4);
  if (view.getUint16(0) !== MAGIC || version < 1 || version > 3) {
    return 'is damaged: its inode is none';
  }
  const core = version === 3 ? CORE_BYTES[3] : CORE_BYTES[2];
  const split = view.getUint8(82) * 8;
  const fork = bytes.subarray(core, split === 0 ? bytes.length : Math.min(bytes.length, core + split));
  const type = view.getUint16(2) & 0xf000;
  const size = Number(view.getBigUint64(56));
  if (!Number.isSafeInteger(size)) {
    return 'is damaged: it is larger than any file system';
  }
  if (type === REGULAR && (view.getUint16(90) & REALTIME) !== 0) {
    return 'lies on the realtime device, which is not part of the volume';
  }
  const kind = kindOf(type);
  const node = { kind, mode: view.getUint16(2) & 0xfff, size, inline: null, fork, runs: runsOf(view, version) };
  switch (kind === 'other' ? null : view.getUint8(5)) {
    case null:
    case FORMAT.extents:
      return node;
    case FORMAT.tree:
      return { ...node, runs: null };
    case FORMAT.local:
      return size > fork.length
        ? 'is damaged: it does not fit into its inode'
        : { ...node, inline: fork.subarray(0, size) };
    default:
      return 'is damaged: nothing says where its bytes lie';
  }
}

function kindOf(type: number): XfsInode['kind'] {
  if (type === DIRECTORY) return 'directory';
  return type === REGULAR ? 'file' : 'other';
}

/** The runs of a file in its order; null where their list is damaged, since a file with a gap in it would be read wrong. */
export async function runsOfXfs(
  source: ByteSource,
  geometry: XfsGeometry,
  { fork, runs }: XfsInode,
): Promise<readonly Run[] | null> {
  const readBlock = async (block: number) => {
    const start = placeOfBlock(geometry, block);
    return start === null ? null : source.read(start, start + geometry.blockSize);
  };
  const extents = runs === null ? await readExtentTree(fork, { geometry, readBlock }) : readExtents(fork, runs);
  return extents === null || (runs !== null && extents.length < runs)
    ? null
    : extents.map(({ block, ...extent }) => ({ ...extent, place: placeOfBlock(geometry, block) }));
}

/** How many runs the inode says it has; the field is wider where the file system allows more. */
function runsOf(view: DataView, version: number): number {
  const isLarge = version === 3 && (view.getBigUint64(120) & BigInt(LARGE_COUNTS)) !== 0n;
  return isLarge ? Number(view.getBigUint64(24)) : view.getUint32(76);
}

/** Group, block in the group and place in the block are parts of the number. */
function placeOfInode(geometry: XfsGeometry, number: number): number | null {
  if (!Number.isSafeInteger(number) || number <= 0) {
    return null;
  }
  const perBlock = 2 ** geometry.inodesPerBlockBits;
  const start = placeOfBlock(geometry, Math.floor(number / perBlock));
  return start === null ? null : start + (number % perBlock) * geometry.inodeSize;
}

/** The first byte of a block, by its number with the group in the high bits; null where there is no such group. */
function placeOfBlock({ groupBlocks, groupBlockBits, groups, blockSize }: XfsGeometry, block: number): number | null {
  const group = Math.floor(block / 2 ** groupBlockBits);
  const inGroup = block % 2 ** groupBlockBits;
  return group < groups && inGroup < groupBlocks ? (group * groupBlocks + inGroup) * blockSize : null;
}
