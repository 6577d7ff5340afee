import { describe, expect, it } from 'vitest';
import { type PaceSample, paceInWords, paceOf, withSample } from './job-pace.ts';

const samples = (...pairs: readonly (readonly [at: number, done: number])[]) =>
  pairs.reduce<readonly PaceSample[]>((known, [at, done]) => withSample(known, { at, done }), []);

describe('the pace of a job', () => {
  it('is not told before three seconds have passed', () => {
    expect(paceOf(samples([0, 0], [2_999, 100]), 200)).toBeNull();
    expect(paceOf(samples([0, 100]), 200)).toBeNull();
    expect(paceOf([], 200)).toBeNull();
  });

  it('is what was done in the time, and says when the rest is done', () => {
    expect(paceOf(samples([0, 10], [4_000, 50]), 250)).toEqual({ perSecond: 10, leftMilliseconds: 20_000 });
  });

  it('is not told while nothing moves', () => {
    expect(paceOf(samples([0, 10], [10_000, 10]), 250)).toBeNull();
  });

  it('forgets what was long ago, and an attempt before this one', () => {
    expect(samples([0, 0], [20_000, 1], [40_000, 5])).toEqual([
      { at: 20_000, done: 1 },
      { at: 40_000, done: 5 },
    ]);
    expect(samples([0, 50], [1_000, 3])).toEqual([{ at: 1_000, done: 3 }]);
  });

  it('has nothing left where more was done than was known', () => {
    expect(paceOf(samples([0, 0], [5_000, 50]), 40)?.leftMilliseconds).toBe(0);
  });

  it.each([
    [1_234.5, '1,235/s'],
    [41.2, '41/s'],
    [2.46, '2.5/s'],
    [3, '3/s'],
    [0.2, '12/min'],
    [0.001, '1/min'],
  ])('%d is %s', (perSecond, words) => {
    expect(paceInWords(perSecond)).toBe(words);
  });
});
