import type { ByteSource } from '../byte-source.ts';

/** Blocks of a file that lie one after the other on the volume. */
export interface Run {
  /** The first of its blocks, counted in the file. */
  readonly fileBlock: number;
  /** The first byte on the volume; null where it has none there: damaged, or outside. */
  readonly place: number | null;
  readonly blocks: number;
  /** Reserved and never written: it reads as zeros. */
  readonly isUnwritten: boolean;
}

/**
 * The bytes of a file from `start` to `end`, by its runs in the order of the file; what no run covers is zeros. Null where a block
 * cannot be read.
 */
export async function readRuns(
  source: ByteSource,
  { runs, blockSize }: { readonly runs: readonly Run[]; readonly blockSize: number },
  start: number,
  end: number,
): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  for (let at = firstRun(runs, start / blockSize); at < runs.length; at += 1) {
    const run = runs[at];
    if (run === undefined || run.fileBlock * blockSize >= end) break;
    const from = Math.max(start, run.fileBlock * blockSize);
    const to = Math.min(end, (run.fileBlock + run.blocks) * blockSize);
    if (from >= to || run.isUnwritten) continue;
    const place = run.place === null ? null : run.place + (from - run.fileBlock * blockSize);
    const part = place === null ? null : await source.read(place, place + (to - from));
    if (part === null || part.length < to - from) return null;
    bytes.set(part, from - start);
  }
  return bytes;
}

/** The first run that ends behind a block of the file. */
function firstRun(runs: readonly Run[], fileBlock: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run !== undefined && run.fileBlock + run.blocks <= fileBlock) low = middle + 1;
    else high = middle;
  }
  return low;
}
