import type { FileTree } from '../../ports/file-tree.ts';
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { isExt } from './ext-superblock.ts';
import { openExtTree } from './ext-tree.ts';
import { type Partition, readPartitions } from './partition-table.ts';
import { readVolumeNames, type VolumeNames } from './volume-names.ts';
import { isXfs } from './xfs-superblock.ts';
import { openXfsTree } from './xfs-tree.ts';

/** One volume of a disk: a partition, or all of a disk that has none (number 0). */
export type DiskVolume = Pick<Partition, 'number' | 'size'> &
  (
    | { readonly tree: FileTree; readonly names: VolumeNames }
    /** Why its files are not read, in words that go after "it"; null for what never holds any, such as swap. */
    | { readonly tree: null; readonly refused: string | null }
  );

interface Signature {
  readonly at: number;
  readonly text: string;
  readonly refused: string | null;
}

/** What else a volume may be, by its signature; none of it is taken for an empty one. */
const OTHERS: readonly Signature[] = [
  { at: 24, text: 'LVM2 001', refused: 'is a volume of LVM, which is not read' },
  { at: 536, text: 'LVM2 001', refused: 'is a volume of LVM, which is not read' },
  { at: 1_048, text: 'LVM2 001', refused: 'is a volume of LVM, which is not read' },
  { at: 1_560, text: 'LVM2 001', refused: 'is a volume of LVM, which is not read' },
  { at: 0, text: 'LUKS\xba\xbe', refused: 'is encrypted with LUKS' },
  { at: 65_600, text: '_BHRfS_M', refused: 'is a volume of Btrfs, which is not read' },
  { at: 3, text: 'NTFS    ', refused: 'is a volume of NTFS, which is not read' },
  { at: 0, text: '-FVE-FS-', refused: 'is encrypted with BitLocker' },
  { at: 0, text: 'hsqs', refused: 'is a volume of SquashFS, which is not read' },
  { at: 4_086, text: 'SWAPSPACE2', refused: null },
  { at: 65_526, text: 'SWAPSPACE2', refused: null },
  // What firmware boots from: no package lies on it.
  { at: 54, text: 'FAT', refused: null },
  { at: 82, text: 'FAT32', refused: null },
];

const HEAD_BYTES = 66_000;

/** The volumes of a disk with their files, each for itself: what cannot be read of one says nothing of another. */
export async function openDiskVolumes(disk: ByteSource): Promise<readonly DiskVolume[]> {
  const whole = await openVolume(disk, { number: 0, size: disk.size });
  if (whole.tree !== null) {
    return [whole];
  }
  const partitions = await readPartitions(disk);
  if (partitions.length === 0) {
    return [whole];
  }
  const volumes: DiskVolume[] = [];
  for (const { number, start, size } of partitions) {
    volumes.push(await openVolume(sliceSource(disk, start, size), { number, size }));
  }
  return volumes;
}

async function openVolume(source: ByteSource, part: Pick<Partition, 'number' | 'size'>): Promise<DiskVolume> {
  // Its signature lies where other file systems keep theirs free, so those that are told by an old one come last.
  const open = (await isXfs(source)) ? openXfsTree : openExtTree;
  if (open === openXfsTree || (await isExt(source))) {
    const tree = await open(source);
    return 'refused' in tree
      ? { ...part, tree: null, refused: tree.refused }
      : { ...part, tree, names: await readVolumeNames(source) };
  }
  const head = await source.read(0, HEAD_BYTES);
  const known = OTHERS.find(({ at, text }) => head !== null && textAt(head, at, text.length) === text);
  const refused = known === undefined ? 'has no file system that is known here' : known.refused;
  return { ...part, tree: null, refused };
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
