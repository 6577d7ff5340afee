import { AppError } from '../../core/model/app-error.ts';
import type { JobLogLine, JobView } from '../../core/model/views.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';

const LOG_LINES_MAX = 500;

/** Progress of one job with its newest log lines. */
export const getJob: Operation<
  { readonly id: string },
  { readonly job: JobView; readonly log: readonly JobLogLine[] }
> = {
  name: 'GetJob',
  permission: 'scans:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, _caller, { id }) {
    const job = await jobOf(deps, id);
    return { job, log: await deps.reads.jobLog(id, LOG_LINES_MAX) };
  },
};

/** The job, or AppError where there is none (any more). */
export async function jobOf({ reads }: Dependencies, id: string): Promise<JobView> {
  const job = await reads.job(id);
  if (job === null) {
    throw new AppError('not-found', 'There is no such job. Finished jobs are removed after a while.');
  }
  return job;
}
