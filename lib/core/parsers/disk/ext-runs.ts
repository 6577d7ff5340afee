import type { ByteSource } from '../byte-source.ts';
import { type ExtGeometry, littleView } from './ext-superblock.ts';
import type { Run } from './runs.ts';

const RUNS_MAGIC = 0xf30a;
const ENTRY_BYTES = 12;
const LEVELS_MAX = 5;
const RUNS_MAX = 16_000_000;
/** Longer runs are reserved and were never written; what is above this is their length. */
const WRITTEN_MAX = 32_768;
const DIRECT = 12;

interface Volume {
  readonly source: ByteSource;
  readonly geometry: ExtGeometry;
}

/**
 * The runs of a file that has a tree of them. Null where a node of it cannot be read or is none: a file with a gap in it would be
 * read wrong.
 */
export async function readRunTree(root: Uint8Array, volume: Volume): Promise<readonly Run[] | null> {
  const runs: Run[] = [];
  return (await descend(root, LEVELS_MAX, volume, runs)) ? runs : null;
}

async function descend(node: Uint8Array, levels: number, volume: Volume, runs: Run[]): Promise<boolean> {
  const view = littleView(node);
  const entries = view.getUint16(2, true);
  const depth = view.getUint16(6, true);
  if (view.getUint16(0, true) !== RUNS_MAGIC || (1 + entries) * ENTRY_BYTES > node.length || depth > levels) {
    return false;
  }
  for (let entry = 1; entry <= entries; entry += 1) {
    const at = entry * ENTRY_BYTES;
    if (depth === 0) {
      const length = view.getUint16(at + 4, true);
      const isUnwritten = length > WRITTEN_MAX;
      const block = view.getUint32(at + 8, true) + view.getUint16(at + 6, true) * 2 ** 32;
      const place = placeOf(volume.geometry, block);
      runs.push({
        fileBlock: view.getUint32(at, true),
        place,
        blocks: isUnwritten ? length - WRITTEN_MAX : length,
        isUnwritten,
      });
      if (runs.length > RUNS_MAX) return false;
    } else {
      const block = view.getUint32(at + 4, true) + view.getUint16(at + 8, true) * 2 ** 32;
      const child = await readBlock(volume, block);
      // Each level is one nearer to the leaves, so a tree that points at itself ends.
      if (child === null || !(await descend(child, depth - 1, volume, runs))) return false;
    }
  }
  return true;
}

/**
 * The runs of a file of ext2 or ext3 between two of its blocks: twelve blocks by name, then lists of blocks, lists of lists, and lists of
 * those. Only what the range needs is read. Null where a list cannot be read.
 */
export async function readBlockLists(
  map: Uint8Array,
  range: { readonly from: number; readonly to: number },
  volume: Volume,
): Promise<readonly Run[] | null> {
  const runs: Run[] = [];
  const view = littleView(map);
  const perBlock = volume.geometry.blockSize / 4;
  for (let block = Math.max(0, range.from); block < Math.min(DIRECT, range.to); block += 1) {
    add(runs, block, view.getUint32(block * 4, true), volume.geometry);
  }
  let first = DIRECT;
  for (let level = 1; level <= 3; level += 1) {
    const covered = perBlock ** level;
    const list = view.getUint32((DIRECT + level - 1) * 4, true);
    if (first < range.to && first + covered > range.from && list !== 0) {
      if (!(await readList({ list, level, first }, range, volume, runs))) return null;
    }
    first += covered;
  }
  return runs;
}

interface BlockList {
  readonly list: number;
  readonly level: number;
  /** The first block of the file that it is about. */
  readonly first: number;
}

async function readList(
  { list, level, first }: BlockList,
  range: { readonly from: number; readonly to: number },
  volume: Volume,
  runs: Run[],
): Promise<boolean> {
  const bytes = await readBlock(volume, list);
  if (bytes === null) {
    return false;
  }
  const view = littleView(bytes);
  const perBlock = volume.geometry.blockSize / 4;
  const covered = perBlock ** (level - 1);
  const from = Math.max(0, Math.floor((range.from - first) / covered));
  const to = Math.min(perBlock, Math.ceil((range.to - first) / covered));
  for (let entry = from; entry < to; entry += 1) {
    const block = view.getUint32(entry * 4, true);
    if (level === 1) add(runs, first + entry, block, volume.geometry);
    else if (block !== 0) {
      const below = { list: block, level: level - 1, first: first + entry * covered };
      if (!(await readList(below, range, volume, runs))) return false;
    }
  }
  return true;
}

/** Block 0 is a hole. A block right behind the last one makes that run longer. */
function add(runs: Run[], fileBlock: number, block: number, geometry: ExtGeometry): void {
  if (block === 0) {
    return;
  }
  const place = placeOf(geometry, block);
  const last = runs.at(-1);
  const follows =
    last !== undefined &&
    last.place !== null &&
    last.fileBlock + last.blocks === fileBlock &&
    place === last.place + last.blocks * geometry.blockSize;
  if (follows) runs[runs.length - 1] = { ...last, blocks: last.blocks + 1 };
  else runs.push({ fileBlock, place, blocks: 1, isUnwritten: false });
}

async function readBlock({ source, geometry }: Volume, block: number): Promise<Uint8Array | null> {
  const place = placeOf(geometry, block);
  const bytes = place === null ? null : await source.read(place, place + geometry.blockSize);
  return bytes === null || bytes.length < geometry.blockSize ? null : bytes;
}

function placeOf({ blocks, blockSize }: ExtGeometry, block: number): number | null {
  return block > 0 && block < blocks ? block * blockSize : null;
}
