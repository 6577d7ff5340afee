import type { ByteSource } from '../byte-source.ts';
import type { VolumeRefusal } from './volume-tree.ts';

/** The geometry of an XFS file system (XFS Algorithms and Data Structures, 3rd edition, "Superblocks"). Sizes in bytes. */
export interface XfsGeometry {
  /** Version 5 has checksums and longer headers. */
  readonly isVersion5: boolean;
  readonly blockSize: number;
  readonly directoryBlockSize: number;
  readonly inodeSize: number;
  /** Blocks of one allocation group; the last one may be shorter. */
  readonly groupBlocks: number;
  readonly groups: number;
  /** Bits of a block number that count within its group. */
  readonly groupBlockBits: number;
  /** Bits of an inode number that count within its block. */
  readonly inodesPerBlockBits: number;
  readonly rootInode: number;
  /** Entries of directories say of what type they are. */
  readonly hasFileTypes: boolean;
}

const MAGIC = 0x58465342;
const SUPERBLOCK_BYTES = 512;
const MORE_FEATURES = 0x2000;
const FILE_TYPES_V4 = 0x200;
const FILE_TYPES_V5 = 0x1;
const NEEDS_REPAIR = 0x10;
/** File types, sparse inodes, own id of metadata, big times, needs repair, large extent counts, exchanged ranges, parents. */
const INCOMPATIBLE_KNOWN = 0xff;

/** Whether a file system of this kind begins here. */
export async function isXfs(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 4);
  return head !== null && head.length === 4 && viewOf(head).getUint32(0) === MAGIC;
}

/** Reads the first superblock. What it says is held against itself before anything is found by it. */
export async function readXfsGeometry(source: ByteSource): Promise<XfsGeometry | VolumeRefusal> {
  const bytes = await source.read(0, SUPERBLOCK_BYTES);
  if (bytes === null || bytes.length < SUPERBLOCK_BYTES) {
    return { refused: 'is shorter than its first block' };
  }
  const view = viewOf(bytes);
  if (view.getUint32(0) !== MAGIC) {
    return { refused: 'is no XFS' };
  }
  const version = view.getUint16(100) & 0xf;
  if (version !== 4 && version !== 5) {
    return { refused: `has version ${version} of XFS, which is not read` };
  }
  const incompatible = version === 5 ? view.getUint32(216) : 0;
  if ((incompatible & ~INCOMPATIBLE_KNOWN) !== 0) {
    return { refused: `uses features of XFS that are not known here (0x${incompatible.toString(16)})` };
  }
  if ((incompatible & NEEDS_REPAIR) !== 0) {
    return { refused: 'says of itself that it has to be repaired' };
  }
  const hasMore = (view.getUint16(100) & MORE_FEATURES) !== 0;
  const geometry: XfsGeometry = {
    isVersion5: version === 5,
    blockSize: view.getUint32(4),
    directoryBlockSize: view.getUint32(4) * 2 ** view.getUint8(192),
    inodeSize: view.getUint16(104),
    groupBlocks: view.getUint32(84),
    groups: view.getUint32(88),
    groupBlockBits: view.getUint8(124),
    inodesPerBlockBits: view.getUint8(123),
    rootInode: Number(view.getBigUint64(56)),
    hasFileTypes:
      version === 5 ? (incompatible & FILE_TYPES_V5) !== 0 : hasMore && (view.getUint32(200) & FILE_TYPES_V4) !== 0,
  };
  return faultOf(geometry, view) ?? geometry;
}

function faultOf(geometry: XfsGeometry, view: DataView): VolumeRefusal | null {
  const { blockSize, directoryBlockSize, inodeSize, groupBlocks, groupBlockBits, inodesPerBlockBits } = geometry;
  const isPower = (size: number, from: number, to: number) =>
    size >= from && size <= to && Number.isInteger(Math.log2(size));
  const isRight =
    isPower(blockSize, 512, 65_536) &&
    isPower(inodeSize, 256, 2_048) &&
    inodeSize <= blockSize &&
    directoryBlockSize <= 65_536 &&
    2 ** view.getUint8(120) === blockSize &&
    2 ** inodesPerBlockBits * inodeSize === blockSize &&
    groupBlocks > 0 &&
    groupBlocks <= 2 ** groupBlockBits &&
    groupBlockBits <= 31 &&
    Number.isSafeInteger(geometry.rootInode);
  return isRight ? null : { refused: 'has a first block that contradicts itself' };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
