import { afterAll, describe, expect, it } from 'vitest';
import { fuzz } from './run.ts';
import { openFuzzBench } from './targets.ts';

/** Together about a minute and a half at the most; `npm run fuzz` goes on as long as one likes, from other seeds. */
const MILLISECONDS = 1_500;
const bench = openFuzzBench();

afterAll(() => bench.close());

describe('no input breaks', () => {
  it.each(bench.targets.map((target) => [target.name, target] as const))('%s', async (_name, target) => {
    expect(await fuzz(target, MILLISECONDS, 1)).toBeGreaterThan(20);
  });
});
