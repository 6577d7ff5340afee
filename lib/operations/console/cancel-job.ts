import { AppError } from '../../core/model/app-error.ts';
import { jobId } from '../../core/model/ids.ts';
import type { Operation } from '../operation.ts';
import { idInput, parseInput } from './input.ts';
import { recordJobActivity } from './record-job-activity.ts';

/** Stops a job: at once when it waits, at its next safe point when it runs. */
export const cancelJob: Operation<{ readonly id: string }, { readonly id: string }> = {
  name: 'CancelJob',
  permission: 'scans:run',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const cancelled = await deps.jobs.cancel(jobId(id));
    if (!cancelled) {
      throw new AppError('conflict', 'This job had already ended, so there was nothing to cancel.');
    }
    await recordJobActivity(deps, caller, 'job-cancelled', id, 'Cancelled.');
    return { id };
  },
};
