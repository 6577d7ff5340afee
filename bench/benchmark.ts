/** One line of the table: what was measured on how much, beside a peer that ran in turn with it. */
export interface BenchmarkRow {
  readonly name: string;
  /** What the work was done on: counts and, for generated input, the seed. */
  readonly size: string;
  /** Median of our runs, in `unit`. */
  readonly figure: number;
  readonly unit: string;
  /** What the peer is and did; null where there is none on this machine. */
  readonly peer: string | null;
  /** Median of the peer's runs, in `unit`. */
  readonly peerFigure: number | null;
}

export interface Bench {
  /** A folder that is removed after the benchmark. */
  readonly directory: string;
  /** It was asked for by name, alone: there is time for the large sizes. */
  readonly isNamed: boolean;
  /** The address of an empty, migrated database. The server is started on the first call. */
  readonly freshDatabase: () => Promise<string>;
}

export interface Benchmark {
  readonly name: string;
  readonly measure: (bench: Bench) => Promise<readonly BenchmarkRow[]>;
}

export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

interface Alone {
  readonly ours: number;
  readonly peer: null;
}

type Work = () => unknown | Promise<unknown>;

/**
 * Median milliseconds of two pieces of work that run in turn, after one run of each that does not count. Where the peer is
 * null, because this machine has none, ours runs alone.
 */
export async function inTurn(runs: number, ours: Work, peer: Work): Promise<Pair>;
export async function inTurn(runs: number, ours: Work, peer: Work | null): Promise<Pair | Alone>;
export async function inTurn(runs: number, ours: Work, peer: Work | null): Promise<Pair | Alone> {
  const times = { ours: [] as number[], peer: [] as number[] };
  await ours();
  await peer?.();
  for (let run = 0; run < runs; run += 1) {
    times.ours.push(await milliseconds(ours));
    if (peer !== null) {
      times.peer.push(await milliseconds(peer));
    }
  }
  return { ours: median(times.ours), peer: peer === null ? null : median(times.peer) };
}

export async function milliseconds(work: Work): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
