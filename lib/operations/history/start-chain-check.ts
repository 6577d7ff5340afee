import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { noInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

/** Has the whole chain computed anew by a job, since that can take minutes. Its end is what the activity record tells. */
export const startChainCheck: Operation<Record<string, never>, { readonly jobId: JobId }> = {
  name: 'StartChainCheck',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  run: async (deps, caller) => ({
    jobId: await deps.jobs.enqueue(
      'verify-chain',
      { actor: caller.email },
      { dedupeKey: 'verify-chain', priority: PERSON_PRIORITY, requestedBy: caller.name },
    ),
  }),
};
