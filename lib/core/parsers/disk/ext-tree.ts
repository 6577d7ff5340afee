import type { FileTree } from '../../ports/file-tree.ts';
import type { ByteSource } from '../byte-source.ts';
import { type ExtInode, type InodeTables, readExtInode } from './ext-inode.ts';
import { readBlockLists, readRunTree } from './ext-runs.ts';
import { type ExtGeometry, littleView, readExtGeometry } from './ext-superblock.ts';
import { type Run, readRuns } from './runs.ts';
import { type VolumeName, type VolumeReader, type VolumeRefusal, volumeTree } from './volume-tree.ts';

const ROOT = 2;
/** A directory of more bytes is read no further; it would hold some four million names. */
const DIRECTORY_BYTES_MAX = 256 * 1024 * 1024;
/** What a directory in its inode has in front of its names: the number of the one above. */
const INLINE_PARENT_BYTES = 4;
const INLINE_FIRST_BYTES = 60;
const DECODER = new TextDecoder('utf-8');

/**
 * The files of an ext2, ext3 or ext4 file system, read-only and without its journal: what a running system had not yet written to its
 * place when a snapshot was taken is as it was before.
 */
export async function openExtTree(source: ByteSource): Promise<FileTree | VolumeRefusal> {
  const geometry = await readExtGeometry(source);
  return 'refused' in geometry ? geometry : volumeTree(readerOf(source, geometry));
}

function readerOf(source: ByteSource, geometry: ExtGeometry): VolumeReader<ExtInode> {
  const { blockSize } = geometry;
  const volume = { source, geometry };
  const tables: InodeTables = new Map();
  const trees = new WeakMap<ExtInode, readonly Run[] | null>();

  async function runsOf(inode: ExtInode, start: number, end: number): Promise<readonly Run[] | null> {
    if (!inode.hasRuns) {
      const range = { from: Math.floor(start / blockSize), to: Math.ceil(end / blockSize) };
      return readBlockLists(inode.blockMap, range, volume);
    }
    const known = trees.get(inode);
    if (known !== undefined) return known;
    const runs = await readRunTree(inode.blockMap, volume);
    trees.set(inode, runs);
    return runs;
  }

  async function content(inode: ExtInode, start: number, end: number): Promise<Uint8Array | null> {
    if (inode.inline !== null) return inode.inline.subarray(start, end);
    const runs = await runsOf(inode, start, end);
    return runs === null ? null : readRuns(source, { runs, blockSize }, start, end);
  }

  async function* names(directory: ExtInode): AsyncGenerator<readonly VolumeName[] | string> {
    if (directory.inline !== null) {
      const { inline } = directory;
      yield namesIn(inline.subarray(INLINE_PARENT_BYTES, INLINE_FIRST_BYTES), geometry) ?? 'is damaged';
      if (inline.length > INLINE_FIRST_BYTES)
        yield namesIn(inline.subarray(INLINE_FIRST_BYTES), geometry) ?? 'is damaged';
      return;
    }
    const end = Math.min(directory.size, DIRECTORY_BYTES_MAX);
    for (let at = 0; at < end; at += blockSize) {
      const bytes = await content(directory, at, at + blockSize);
      if (bytes === null && at === 0) {
        yield 'is damaged';
        return;
      }
      yield (bytes === null ? null : namesIn(bytes, geometry)) ?? 'is damaged';
    }
    if (directory.size > end) yield 'lies behind 256 MB of names';
  }

  return { root: ROOT, node: (number) => readExtInode(source, geometry, number, tables), names, content };
}

/**
 * Names one after the other, each with the length of its entry. Indexes over them look like entries of nothing. Null where the
 * entries contradict themselves.
 */
function namesIn(bytes: Uint8Array, { hasFileTypes, blockSize }: ExtGeometry): readonly VolumeName[] | null {
  const view = littleView(bytes);
  const found: VolumeName[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const node = view.getUint32(at, true);
    const stated = view.getUint16(at + 4, true);
    // In blocks of 64 kB the length of a whole block does not fit into its field.
    const length = blockSize === 65_536 && (stated === 0 || stated === 65_535) ? 65_536 : stated;
    const nameBytes = hasFileTypes ? view.getUint8(at + 6) : view.getUint16(at + 6, true);
    if (node === 0 && stated === 0) {
      // A hole in a directory, or the rest of one that stands in its inode.
      return found;
    }
    if (length < 8 || length % 4 !== 0 || at + length > bytes.length || nameBytes > length - 8) {
      return null;
    }
    if (node !== 0) found.push({ name: DECODER.decode(bytes.subarray(at + 8, at + 8 + nameBytes)), node });
    at += length;
  }
  return found;
}
