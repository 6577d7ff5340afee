import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Operation } from '../operation.ts';
import { askForFirstFeeds } from './ask-for-first-feeds.ts';
import { noInput, parseInput } from './input.ts';
import { recordJobActivity } from './record-job-activity.ts';

interface StartedHostScan {
  readonly jobId: JobId;
  /** The feed job that runs first, because there were no advisories to match against; else null. */
  readonly feedJobId: JobId | null;
}

/**
 * Scans the machine that the worker runs on. Without any advisories a scan could prove nothing, so the feeds are brought
 * in first; the scan waits in the same queue.
 */
export const startHostScan: Operation<Record<string, never>, StartedHostScan> = {
  name: 'StartHostScan',
  permission: 'scans:run',
  parse: (input) => parseInput(noInput, input),
  run: (deps, caller) =>
    deps.atomically(async (tx) => {
      const asked = { requestedBy: caller.name, priority: PERSON_PRIORITY };
      const feedJobId = await askForFirstFeeds(tx, asked);
      const scan = { root: '/', after: feedJobId };
      const jobId = await tx.jobs.enqueue('scan-host', scan, { ...asked, dedupeKey: 'scan-host:/' });
      await recordJobActivity(tx, caller, 'scan-started', jobId, 'Asked for a scan of this machine.');
      return { jobId, feedJobId };
    }),
};
