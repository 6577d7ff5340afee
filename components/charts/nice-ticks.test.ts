import { expect, it } from 'vitest';
import { niceTicks } from './nice-ticks.ts';

it.each([
  [[5398, 6010], 2, [5000, 5500, 6000, 6500]],
  [[0, 431], 2, [0, 500]],
  [[0, 0], 2, [0, 1]],
  [[7, 7], 2, [5, 10]],
  [[null, 3, null], 2, [2, 4]],
  [[], 2, [0, 1]],
])('ticks of %j in about %d steps are %j', (values, steps, ticks) => {
  expect(niceTicks(values, steps)).toEqual(ticks);
});
