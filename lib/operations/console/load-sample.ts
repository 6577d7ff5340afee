import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';
import { recordJobActivity } from './record-job-activity.ts';

/** Loads the labelled sample estate and scans it with the real engine. */
export const loadSample: Operation<Record<string, never>, { readonly jobId: JobId }> = {
  name: 'LoadSample',
  permission: 'scans:run',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) =>
    deps.atomically(async (tx) => {
      const options = { requestedBy: caller.name, priority: PERSON_PRIORITY, dedupeKey: 'load-sample' };
      const jobId = await tx.jobs.enqueue('load-sample', {}, options);
      await recordJobActivity(tx, caller, 'sample-load-started', jobId, 'Asked for the sample estate.');
      return { jobId };
    }),
};
