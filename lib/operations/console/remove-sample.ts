import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';
import { recordJobActivity } from './record-job-activity.ts';

/** Removes the sample estate with everything about it. */
export const removeSample: Operation<Record<string, never>, { readonly jobId: JobId }> = {
  name: 'RemoveSample',
  permission: 'scans:run',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) =>
    deps.atomically(async (tx) => {
      const options = { requestedBy: caller.name, priority: PERSON_PRIORITY, dedupeKey: 'remove-sample' };
      const jobId = await tx.jobs.enqueue('remove-sample', {}, options);
      await recordJobActivity(tx, caller, 'sample-removal-started', jobId, 'Asked to remove the sample estate.');
      return { jobId };
    }),
};
