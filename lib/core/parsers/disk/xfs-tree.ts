import type { FileTree, ListedFile } from '../../ports/file-tree.ts';
import type { ByteSource } from '../byte-source.ts';
import { DIRECTORY_NAMES_BYTES, readDirectoryBlock, readShortDirectory, type XfsEntry } from './xfs-directory.ts';
import type { XfsExtent } from './xfs-extents.ts';
import { placeOfBlock, readXfsInode, type XfsInode } from './xfs-inode.ts';
import { readXfsGeometry, type XfsGeometry, type XfsRefusal } from './xfs-superblock.ts';

/** A directory of more bytes is read no further; it would hold some four million names. */
const DIRECTORY_BYTES_MAX = 256 * 1024 * 1024;
/** A file is never asked for whole beyond this. */
const FILE_BYTES_MAX = 1024 ** 3;
const DEPTH_MAX = 200;
const PROBLEMS_MAX = 200;
/** Directories and inodes that are kept, since the next file is most often beside the last one. */
const KEPT_MAX = 4_000;
const EXECUTABLE = 0o111;

/**
 * The files of an XFS file system, read-only and without its journal: what a running system had not yet written to its place when a
 * snapshot was taken is as it was before. Damaged places are problems of the tree, and the rest is read.
 */
export async function openXfsTree(source: ByteSource): Promise<FileTree | XfsRefusal> {
  const geometry = await readXfsGeometry(source);
  return 'refused' in geometry ? geometry : treeOf(source, geometry);
}

function treeOf(source: ByteSource, geometry: XfsGeometry): FileTree {
  const problems = new Map<string, string>();
  const inodes = new Map<number, XfsInode | string>();
  const directories = new Map<number, ReadonlyMap<string, number>>();

  function note(path: string, message: string): void {
    if (problems.size < PROBLEMS_MAX) problems.set(path, message);
  }

  async function inodeOf(number: number, path: string): Promise<XfsInode | null> {
    const found = inodes.get(number) ?? keep(inodes, number, await readXfsInode(source, geometry, number));
    if (typeof found !== 'string') return found;
    note(path, `It ${found}.`);
    return null;
  }

  async function entriesOf(number: number, inode: XfsInode, path: string): Promise<ReadonlyMap<string, number>> {
    const known = directories.get(number);
    if (known !== undefined) return known;
    const entries = new Map<string, number>();
    for (const { name, inode: child } of await readDirectory(inode, path)) {
      if (isName(name)) entries.set(name, child);
    }
    return keep(directories, number, entries);
  }

  async function readDirectory(inode: XfsInode, path: string): Promise<readonly XfsEntry[]> {
    if (inode.inline !== null) {
      const entries = readShortDirectory(inode.inline, geometry);
      if (entries === null) note(path, 'The directory is damaged; its files are not listed.');
      return entries ?? [];
    }
    const entries: XfsEntry[] = [];
    for (const start of namePlaces(inode, geometry)) {
      if (start.read >= DIRECTORY_BYTES_MAX) {
        note(path, 'The directory is larger than 256 MB; the rest of it is not listed.');
        break;
      }
      const bytes = await content(inode, start.at, start.at + geometry.directoryBlockSize);
      const found = bytes === null ? null : readDirectoryBlock(bytes, geometry);
      if (found === null) note(path, 'A part of the directory is damaged; the files in it are not listed.');
      else entries.push(...found);
    }
    return entries;
  }

  /** Bytes of a file or directory; what no block holds is zeros. Null where a block cannot be read. */
  async function content(inode: XfsInode, start: number, end: number): Promise<Uint8Array | null> {
    const { blockSize } = geometry;
    const bytes = new Uint8Array(Math.max(0, end - start));
    for (let run = firstRun(inode.extents, start / blockSize); run < inode.extents.length; run += 1) {
      const { fileBlock, block, blocks, isUnwritten } = inode.extents[run] ?? NO_RUN;
      if (fileBlock * blockSize >= end) break;
      const from = Math.max(start, fileBlock * blockSize);
      const to = Math.min(end, (fileBlock + blocks) * blockSize);
      if (from >= to || isUnwritten) continue;
      const place = placeOfBlock(geometry, block);
      const at = place === null ? null : place + (from - fileBlock * blockSize);
      const part = at === null ? null : await source.read(at, at + (to - from));
      if (part === null || part.length < to - from) return null;
      bytes.set(part, from - start);
    }
    return bytes;
  }

  async function* walk(
    number: number,
    path: string,
    depth: number,
    above: ReadonlySet<number>,
  ): AsyncGenerator<ListedFile> {
    const inode = await inodeOf(number, path);
    if (inode?.kind !== 'directory') return;
    if (depth > DEPTH_MAX || above.has(number)) {
      note(path, 'The directory lies too deep, or inside of itself; it is not listed.');
      return;
    }
    const inside = new Set([...above, number]);
    for (const [name, child] of await entriesOf(number, inode, path)) {
      const childPath = path === '' ? name : `${path}/${name}`;
      const found = await inodeOf(child, childPath);
      if (found?.kind === 'file') {
        yield { path: childPath, size: found.size, isExecutable: (found.mode & EXECUTABLE) !== 0 };
      } else if (found?.kind === 'directory') {
        yield* walk(child, childPath, depth + 1, inside);
      }
    }
  }

  async function find(path: string): Promise<XfsInode | null> {
    let number = geometry.rootInode;
    let inode = await inodeOf(number, '');
    for (const name of path.split('/')) {
      if (inode?.kind !== 'directory') return null;
      const next: number | undefined = (await entriesOf(number, inode, path)).get(name);
      if (next === undefined) return null;
      number = next;
      inode = await inodeOf(number, path);
    }
    return inode;
  }

  return {
    list: () => walk(geometry.rootInode, '', 0, new Set()),
    async read(path, range) {
      const inode = await find(path);
      if (inode?.kind !== 'file') return null;
      const end = Math.min(range?.end ?? inode.size, inode.size);
      const start = Math.min(range?.start ?? 0, end);
      if (end - start > FILE_BYTES_MAX) {
        note(path, 'The file is larger than 1 GB and was not read.');
        return null;
      }
      const bytes = await content(inode, start, end);
      if (bytes === null) note(path, 'A part of the file cannot be read.');
      return bytes;
    },
    problems: () => [...problems].map(([path, message]) => ({ path, message })),
  };
}

const NO_RUN: XfsExtent = { fileBlock: 0, block: 0, blocks: 0, isUnwritten: true };

/** The first run that ends behind a block of the file; runs are kept in the order of the file. */
function firstRun(extents: readonly XfsExtent[], fileBlock: number): number {
  let [low, high] = [0, extents.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = extents[middle] ?? NO_RUN;
    if (run.fileBlock + run.blocks <= fileBlock) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface NamePlace {
  /** The first byte of a block of names, counted in the directory. */
  readonly at: number;
  /** Bytes of names before it. */
  readonly read: number;
}

/** The blocks of a directory that hold names and not indexes, as far as any lie on the volume. */
function* namePlaces({ extents }: XfsInode, { blockSize, directoryBlockSize }: XfsGeometry): Generator<NamePlace> {
  let read = 0;
  let last = -1;
  for (const { fileBlock, blocks } of extents) {
    const from = Math.floor((fileBlock * blockSize) / directoryBlockSize) * directoryBlockSize;
    const to = Math.min((fileBlock + blocks) * blockSize, DIRECTORY_NAMES_BYTES);
    for (let at = Math.max(from, last + 1); at < to; at += directoryBlockSize) {
      yield { at, read };
      last = at;
      read += directoryBlockSize;
    }
  }
}

function isName(name: string): boolean {
  return name !== '.' && name !== '..' && name !== '' && !name.includes('/') && !name.includes('\0');
}

function keep<K, V>(kept: Map<K, V>, key: K, value: V): V {
  if (kept.size >= KEPT_MAX) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  kept.set(key, value);
  return value;
}
