import type { FileTree } from '../../ports/file-tree.ts';
import type { ByteSource } from '../byte-source.ts';
import { type Run, readRuns } from './runs.ts';
import { type VolumeName, type VolumeReader, type VolumeRefusal, volumeTree } from './volume-tree.ts';
import { DIRECTORY_NAMES_BYTES, readDirectoryBlock, readShortDirectory } from './xfs-directory.ts';
import { readXfsInode, runsOfXfs, type XfsInode } from './xfs-inode.ts';
import { readXfsGeometry, type XfsGeometry } from './xfs-superblock.ts';

/** A directory of more bytes is read no further; it would hold some four million names. */
const DIRECTORY_BYTES_MAX = 256 * 1024 * 1024;

/**
 * The files of an XFS file system, read-only and without its journal: what a running system had not yet written to its place when a
 * snapshot was taken is as it was before.
 */
export async function openXfsTree(source: ByteSource): Promise<FileTree | VolumeRefusal> {
  const geometry = await readXfsGeometry(source);
  return 'refused' in geometry ? geometry : volumeTree(readerOf(source, geometry));
}

function readerOf(source: ByteSource, geometry: XfsGeometry): VolumeReader<XfsInode> {
  const { blockSize, directoryBlockSize } = geometry;

  const lists = new WeakMap<XfsInode, readonly Run[] | null>();
  async function runsOf(inode: XfsInode): Promise<readonly Run[] | null> {
    const known = lists.get(inode);
    if (known !== undefined) return known;
    const runs = await runsOfXfs(source, geometry, inode);
    lists.set(inode, runs);
    return runs;
  }

  async function* names(directory: XfsInode): AsyncGenerator<readonly VolumeName[] | string> {
    if (directory.inline !== null) {
      yield readShortDirectory(directory.inline, geometry) ?? 'is damaged';
      return;
    }
    const runs = await runsOf(directory);
    if (runs === null) {
      yield 'is damaged';
      return;
    }
    let bytesRead = 0;
    for (const at of namePlaces(runs, blockSize, directoryBlockSize)) {
      if (bytesRead >= DIRECTORY_BYTES_MAX) {
        yield 'lies behind 256 MB of names';
        return;
      }
      bytesRead += directoryBlockSize;
      const bytes = await readRuns(source, { runs, blockSize }, at, at + directoryBlockSize);
      yield (bytes === null ? null : readDirectoryBlock(bytes, geometry)) ?? 'is damaged';
    }
  }

  return {
    root: geometry.rootInode,
    node: (number) => readXfsInode(source, geometry, number),
    names,
    async content(file, start, end) {
      if (file.inline !== null) return file.inline.subarray(start, end);
      const runs = await runsOf(file);
      return runs === null ? null : readRuns(source, { runs, blockSize }, start, end);
    },
  };
}

/** The blocks of a directory that hold names and not indexes, as far as any lie on the volume. */
function* namePlaces(runs: readonly Run[], blockSize: number, directoryBlockSize: number): Generator<number> {
  let last = -1;
  for (const { fileBlock, blocks } of runs) {
    const from = Math.floor((fileBlock * blockSize) / directoryBlockSize) * directoryBlockSize;
    const to = Math.min((fileBlock + blocks) * blockSize, DIRECTORY_NAMES_BYTES);
    for (let at = Math.max(from, last + 1); at < to; at += directoryBlockSize) {
      // A run may begin in the middle of a block of names that the one before has begun.
      if (at % directoryBlockSize !== 0) continue;
      yield at;
      last = at;
    }
  }
}
