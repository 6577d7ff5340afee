import type { ByteSource } from '../byte-source.ts';
import { type ExtGeometry, littleView, placeOfDescriptor } from './ext-superblock.ts';
import type { VolumeNode } from './volume-tree.ts';

/** What a file, a directory or a link is, and where its bytes lie. */
export interface ExtInode extends VolumeNode {
  /** Bytes that stand in the inode itself; null where they lie in blocks. */
  readonly inline: Uint8Array | null;
  /** The sixty bytes that say where its blocks are: the root of a tree of runs, or a list of blocks. */
  readonly blockMap: Uint8Array;
  readonly hasRuns: boolean;
}

const FLAG = { encrypted: 0x800, runs: 0x8_0000, inline: 0x1000_0000 } as const;
const DIRECTORY = 0x4000;
const REGULAR = 0x8000;
const MAP_AT = 40;
const MAP_BYTES = 60;
const ATTRIBUTES_MAGIC = 0xea02_0000;
const SYSTEM_ATTRIBUTE = 7;

/** Where the inodes of groups stand, as far as anybody asked; null for a group whose descriptor cannot be read. */
export type InodeTables = Map<number, number | null>;

/** Reads one inode. A text says why it cannot be read, in words that go after "it". */
export async function readExtInode(
  source: ByteSource,
  geometry: ExtGeometry,
  number: number,
  tables: InodeTables,
): Promise<ExtInode | string> {
  const bytes = await inodeBytes(source, geometry, number, tables);
  if (bytes === null) {
    return 'lies outside of the file system';
  }
  const view = littleView(bytes);
  const mode = view.getUint16(0, true);
  const flags = view.getUint32(32, true);
  const type = mode & 0xf000;
  const kind = kindOf(type);
  // The high half belongs to files; directories have it where they may be larger than 4 GB.
  const size = view.getUint32(4, true) + (kind === 'other' ? 0 : view.getUint32(108, true) * 2 ** 32);
  if (mode === 0 || !Number.isSafeInteger(size)) {
    return 'is damaged: its inode is none';
  }
  if (kind !== 'other' && (flags & FLAG.encrypted) !== 0) {
    return 'is encrypted';
  }
  const blockMap = bytes.subarray(MAP_AT, MAP_AT + MAP_BYTES);
  const isInline = (flags & FLAG.inline) !== 0;
  const inline = isInline ? inlineBytes(bytes, blockMap, size) : null;
  if (isInline && inline === null) {
    return 'is damaged: it does not fit into its inode';
  }
  return { kind, mode: mode & 0xfff, size, inline, blockMap, hasRuns: (flags & FLAG.runs) !== 0 };
}

function kindOf(type: number): ExtInode['kind'] {
  if (type === DIRECTORY) return 'directory';
  return type === REGULAR ? 'file' : 'other';
}

async function inodeBytes(
  source: ByteSource,
  geometry: ExtGeometry,
  number: number,
  tables: InodeTables,
): Promise<Uint8Array | null> {
  const { inodes, inodesPerGroup, inodeSize } = geometry;
  if (number < 1 || number > inodes) {
    return null;
  }
  const group = Math.floor((number - 1) / inodesPerGroup);
  const known = tables.get(group);
  const table = known === undefined ? await tableOf(source, geometry, group) : known;
  tables.set(group, table);
  if (table === null) {
    return null;
  }
  const place = table + ((number - 1) % inodesPerGroup) * inodeSize;
  const bytes = await source.read(place, place + inodeSize);
  return bytes === null || bytes.length < inodeSize ? null : bytes;
}

/** The first byte of the inodes of a group. */
async function tableOf(source: ByteSource, geometry: ExtGeometry, group: number): Promise<number | null> {
  const { descriptorBytes, blockSize, blocks } = geometry;
  const at = placeOfDescriptor(geometry, group);
  const descriptor = await source.read(at, at + descriptorBytes);
  if (descriptor === null || descriptor.length < descriptorBytes) {
    return null;
  }
  const view = littleView(descriptor);
  const block = view.getUint32(8, true) + (descriptorBytes >= 64 ? view.getUint32(40, true) * 2 ** 32 : 0);
  return block === 0 || block >= blocks ? null : block * blockSize;
}

/** The first sixty bytes stand in place of the list of blocks, the rest in an attribute behind the inode. */
function inlineBytes(inode: Uint8Array, blockMap: Uint8Array, size: number): Uint8Array | null {
  if (size <= MAP_BYTES) {
    return blockMap.subarray(0, size);
  }
  const rest = systemData(inode);
  const bytes = new Uint8Array(MAP_BYTES + rest.length);
  bytes.set(blockMap);
  bytes.set(rest, MAP_BYTES);
  return bytes.length < size ? null : bytes.subarray(0, size);
}

/** The value of the attribute `system.data`; empty where there is none. */
function systemData(inode: Uint8Array): Uint8Array {
  const none = new Uint8Array(0);
  if (inode.length < 132) {
    return none;
  }
  const view = littleView(inode);
  const start = 128 + view.getUint16(128, true);
  if (start + 4 > inode.length || view.getUint32(start, true) !== ATTRIBUTES_MAGIC) {
    return none;
  }
  const first = start + 4;
  for (let at = first; at + 16 <= inode.length; ) {
    const nameBytes = inode[at] ?? 0;
    if (nameBytes === 0 && inode[at + 1] === 0) {
      return none;
    }
    const name = String.fromCharCode(...inode.subarray(at + 16, at + 16 + nameBytes));
    if (inode[at + 1] === SYSTEM_ATTRIBUTE && name === 'data') {
      const from = first + view.getUint16(at + 2, true);
      const length = view.getUint32(at + 8, true);
      return from + length <= inode.length ? inode.subarray(from, from + length) : none;
    }
    at += Math.ceil((16 + nameBytes) / 4) * 4;
  }
  return none;
}
