import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';
import { recordJobActivity } from './record-job-activity.ts';

/** Brings advisories, known exploited vulnerabilities and exploit scores up to date. */
export const startFeedSync: Operation<Record<string, never>, { readonly jobId: JobId }> = {
  name: 'StartFeedSync',
  permission: 'scans:run',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) =>
    deps.atomically(async (tx) => {
      const options = { requestedBy: caller.name, priority: PERSON_PRIORITY, dedupeKey: 'sync-feeds' };
      const jobId = await tx.jobs.enqueue('sync-feeds', { ecosystems: [] }, options);
      await recordJobActivity(tx, caller, 'feeds-sync-started', jobId, 'Asked for new advisories.');
      return { jobId };
    }),
};
