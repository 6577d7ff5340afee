import type { JobView } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';

const JOBS_MAX = 200;

/** The newest jobs, running ones first. */
export const listJobs: Operation<Record<string, never>, readonly JobView[]> = {
  name: 'ListJobs',
  permission: 'scans:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps) => deps.reads.jobs(JOBS_MAX),
};
