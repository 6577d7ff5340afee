import { expect, it } from 'vitest';
import { jobsFor } from './scan-estate.ts';

it.each<[due: number, workers: number, jobs: number]>([
  [0, 4, 1],
  [500, 4, 1],
  [501, 4, 2],
  [100_000, 4, 4],
  [100_000, 400, 16],
  [100_000, 0, 1],
])('%i due resources and %i workers make %i jobs', (due, workers, jobs) => {
  expect(jobsFor(due, workers)).toBe(jobs);
});
