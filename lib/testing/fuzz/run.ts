import { createRandom } from '../random.ts';
import type { FuzzTarget } from './targets.ts';

/** An input that takes longer than this is as bad as one that throws. */
const MILLISECONDS_MAX = 5_000;

/** Attempts for so many milliseconds; returns how many. Throws with the seed of the attempt that failed. */
export async function fuzz(target: FuzzTarget, milliseconds: number, seed: number): Promise<number> {
  const until = performance.now() + milliseconds;
  let attempts = 0;
  for (; performance.now() < until; attempts += 1) {
    const started = performance.now();
    try {
      await target.attempt(createRandom(seed + attempts));
    } catch (error) {
      throw new Error(`${target.name}, seed ${seed + attempts}: ${(error as Error).message}`, { cause: error });
    }
    const took = performance.now() - started;
    if (took > MILLISECONDS_MAX) {
      throw new Error(`${target.name}, seed ${seed + attempts}: took ${Math.round(took)} ms`);
    }
  }
  return attempts;
}
