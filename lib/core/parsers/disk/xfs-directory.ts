import type { VolumeName } from './volume-tree.ts';
import type { XfsGeometry } from './xfs-superblock.ts';
import { viewOf } from './xfs-superblock.ts';

const DECODER = new TextDecoder('utf-8');
const BLOCK_MAGIC = { 4: 0x58443242, 5: 0x58444233 } as const;
const DATA_MAGIC = { 4: 0x58443244, 5: 0x58444433 } as const;
const HEADER_BYTES = { 4: 16, 5: 64 } as const;
const FREE = 0xffff;
/** Before it lie names, behind it indexes over them. */
export const DIRECTORY_NAMES_BYTES = 2 ** 35;

/** A directory that fits into its inode. Null where its bytes contradict themselves. */
export function readShortDirectory(bytes: Uint8Array, { hasFileTypes }: XfsGeometry): readonly VolumeName[] | null {
  if (bytes.length < 6) {
    return null;
  }
  const view = viewOf(bytes);
  const isLong = view.getUint8(1) > 0;
  const count = view.getUint8(0);
  const numberBytes = isLong ? 8 : 4;
  const entries: VolumeName[] = [];
  let at = 2 + numberBytes;
  for (let place = 0; place < count; place += 1) {
    const length = bytes[at] ?? 0;
    const name = at + 3;
    const number = name + length + (hasFileTypes ? 1 : 0);
    if (length === 0 || number + numberBytes > bytes.length) {
      return null;
    }
    const inode = isLong ? Number(view.getBigUint64(number)) : view.getUint32(number);
    entries.push({ name: DECODER.decode(bytes.subarray(name, name + length)), node: inode });
    at = number + numberBytes;
  }
  return entries;
}

/** The names in one block of a directory. Null where it is none, or contradicts itself. */
export function readDirectoryBlock(bytes: Uint8Array, geometry: XfsGeometry): readonly VolumeName[] | null {
  const version = geometry.isVersion5 ? 5 : 4;
  if (bytes.length < HEADER_BYTES[version]) {
    return null;
  }
  const view = viewOf(bytes);
  const magic = view.getUint32(0);
  if (magic !== BLOCK_MAGIC[version] && magic !== DATA_MAGIC[version]) {
    return null;
  }
  const end = magic === BLOCK_MAGIC[version] ? endOfNames(view, bytes.length) : bytes.length;
  const entries: VolumeName[] = [];
  for (let at = HEADER_BYTES[version]; at + 8 <= end; ) {
    const isFree = view.getUint16(at) === FREE;
    const length = isFree ? view.getUint16(at + 2) : entryBytes(bytes[at + 8] ?? 0, geometry);
    if (length < 8 || length % 8 !== 0 || at + length > end) {
      return null;
    }
    if (!isFree) {
      const nameBytes = bytes[at + 8] ?? 0;
      const name = DECODER.decode(bytes.subarray(at + 9, at + 9 + nameBytes));
      entries.push({ name, node: Number(view.getBigUint64(at)) });
    }
    at += length;
  }
  return entries;
}

/** Number, length, name, type, and the place of the entry itself, in steps of eight bytes. */
function entryBytes(nameBytes: number, { hasFileTypes }: XfsGeometry): number {
  return Math.ceil((8 + 1 + nameBytes + (hasFileTypes ? 1 : 0) + 2) / 8) * 8;
}

/** A directory of one block ends with its index: eight bytes for each name, and how many they are. */
function endOfNames(view: DataView, size: number): number {
  const count = view.getUint32(size - 8);
  return Math.max(0, size - 8 - count * 8);
}
