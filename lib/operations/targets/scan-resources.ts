import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { type JobId, resourceId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import { parseInput } from '../console/input.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';

/** As many as a page of a list has. */
const RESOURCES_MAX = 200;
const schema = z.object({ resources: z.array(z.string().min(1).max(2_048)).min(1).max(RESOURCES_MAX) });

interface AskedScan {
  readonly jobId: JobId;
  /** How many are scanned; the others cannot be scanned now, or are no longer there. */
  readonly resources: number;
}

/** Reads and scans some resources of AWS now: those that can be scanned, and that the caller may see. */
export const scanResources: Operation<z.output<typeof schema>, AskedScan> = {
  name: 'ScanResources',
  permission: 'scans:run',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, input) =>
    deps.atomically(async (tx) => {
      const resources = await tx.targets.askForResources(
        input.resources.map(resourceId),
        caller.accounts,
        tx.clock.now(),
      );
      if (resources === 0) {
        throw new AppError('conflict', 'None of them can be scanned now. The list says why not.');
      }
      const jobId = await tx.jobs.enqueue(
        'scan-estate',
        {},
        { dedupeKey: 'scan-estate', requestedBy: caller.name, priority: PERSON_PRIORITY },
      );
      const detail = `Asked for a scan of ${resources} ${resources === 1 ? 'resource' : 'resources'} of a list.`;
      await recordJobActivity(tx, caller, 'scan-started', jobId, detail);
      return { jobId, resources };
    }),
};
