import type { ByteSource } from '../byte-source.ts';
import type { VolumeRefusal } from './volume-tree.ts';

/** The geometry of an ext2, ext3 or ext4 file system (Linux kernel documentation, "ext4 Data Structures and Algorithms"). */
export interface ExtGeometry {
  readonly blockSize: number;
  /** The block that the first group begins with: 1 where blocks are so small that the superblock has one of its own. */
  readonly firstBlock: number;
  readonly blocks: number;
  readonly blocksPerGroup: number;
  readonly inodes: number;
  readonly inodesPerGroup: number;
  readonly inodeSize: number;
  readonly descriptorBytes: number;
  /** Blocks of descriptors that stand together at the beginning; the others stand in the groups that they describe. */
  readonly descriptorBlocksInFront: number;
  /** Groups with a copy of the superblock. */
  readonly copies: 'all' | 'powers' | 'two';
  /** Entries of directories say of what type they are, and have one byte less for the length of the name. */
  readonly hasFileTypes: boolean;
}

const SUPERBLOCK_AT = 1_024;
const SUPERBLOCK_BYTES = 1_024;
const MAGIC = 0xef53;
const INCOMPATIBLE = { fileTypes: 0x2, metaGroups: 0x10, wide: 0x80 } as const;
/**
 * File types, journal to be replayed, meta groups, extents, 64 bits, multiple mount protection, flexible groups, large attributes, seed of checksums,
 * large directories, inline data, encryption, case folding.
 */
const INCOMPATIBLE_KNOWN =
  0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x1_0000 | 0x2_0000;
const SPARSE_COPIES = 0x1;
const TWO_COPIES = 0x200;

/** Whether a file system of this kind begins here. */
export async function isExt(source: ByteSource): Promise<boolean> {
  const bytes = await source.read(SUPERBLOCK_AT + 56, SUPERBLOCK_AT + 58);
  return bytes !== null && bytes.length === 2 && littleView(bytes).getUint16(0, true) === MAGIC;
}

/** Reads the first superblock. What it says is held against itself before anything is found by it. */
export async function readExtGeometry(source: ByteSource): Promise<ExtGeometry | VolumeRefusal> {
  const bytes = await source.read(SUPERBLOCK_AT, SUPERBLOCK_AT + SUPERBLOCK_BYTES);
  if (bytes === null || bytes.length < SUPERBLOCK_BYTES) {
    return { refused: 'is shorter than its first block' };
  }
  const view = littleView(bytes);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  if (u16(56) !== MAGIC) {
    return { refused: 'is no ext2, ext3 or ext4' };
  }
  const incompatible = u32(96);
  if ((incompatible & ~INCOMPATIBLE_KNOWN) !== 0) {
    return { refused: `uses features of ext4 that are not known here (0x${incompatible.toString(16)})` };
  }
  const isWide = (incompatible & INCOMPATIBLE.wide) !== 0;
  const geometry: ExtGeometry = {
    blockSize: 1_024 * 2 ** Math.min(u32(24), 16),
    firstBlock: u32(20),
    blocks: u32(4) + (isWide ? u32(336) * 2 ** 32 : 0),
    blocksPerGroup: u32(32),
    inodes: u32(0),
    inodesPerGroup: u32(40),
    inodeSize: u32(76) === 0 ? 128 : u16(88),
    descriptorBytes: isWide ? Math.max(32, u16(254)) : 32,
    descriptorBlocksInFront: (incompatible & INCOMPATIBLE.metaGroups) === 0 ? Number.MAX_SAFE_INTEGER : u32(260),
    copies: copiesOf(u32(92), u32(100)),
    hasFileTypes: (incompatible & INCOMPATIBLE.fileTypes) !== 0,
  };
  return isSound(geometry) ? geometry : { refused: 'has a first block that contradicts itself' };
}

function copiesOf(compatible: number, readOnlyCompatible: number): ExtGeometry['copies'] {
  if ((compatible & TWO_COPIES) !== 0) return 'two';
  return (readOnlyCompatible & SPARSE_COPIES) !== 0 ? 'powers' : 'all';
}

function isSound({
  blockSize,
  blocksPerGroup,
  inodesPerGroup,
  inodeSize,
  descriptorBytes,
  firstBlock,
  blocks,
}: ExtGeometry): boolean {
  const isPower = (size: number, from: number, to: number) =>
    size >= from && size <= to && Number.isInteger(Math.log2(size));
  return (
    isPower(blockSize, 1_024, 65_536) &&
    isPower(inodeSize, 128, blockSize) &&
    isPower(descriptorBytes, 32, blockSize) &&
    blocksPerGroup > 0 &&
    blocksPerGroup <= blockSize * 8 * 16 &&
    inodesPerGroup > 0 &&
    firstBlock <= 1 &&
    Number.isSafeInteger(blocks * blockSize)
  );
}

/** Where the descriptor of a group stands. */
export function placeOfDescriptor(geometry: ExtGeometry, group: number): number {
  const { blockSize, descriptorBytes, descriptorBlocksInFront, firstBlock, blocksPerGroup } = geometry;
  const perBlock = blockSize / descriptorBytes;
  const block = Math.floor(group / perBlock);
  const inBlock = (group % perBlock) * descriptorBytes;
  if (block < descriptorBlocksInFront) {
    // Behind the superblock, which has a block of its own where blocks are small.
    return (Math.floor(SUPERBLOCK_AT / blockSize) + 1 + block) * blockSize + inBlock;
  }
  const first = block * perBlock;
  const start = firstBlock + first * blocksPerGroup + (hasCopy(geometry, first) ? 1 : 0);
  return start * blockSize + inBlock;
}

function hasCopy({ copies }: ExtGeometry, group: number): boolean {
  if (group <= 1 || copies === 'all') return copies !== 'two' || group === 0;
  return copies === 'powers' && [3, 5, 7].some((base) => isPowerOf(group, base));
}

function isPowerOf(number: number, base: number): boolean {
  let rest = number;
  while (rest > 1 && rest % base === 0) rest /= base;
  return rest === 1;
}

export function littleView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
