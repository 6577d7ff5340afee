import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import { type JobId, resourceId } from '../../core/model/ids.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { askForEstateScan } from './ask-for-estate-scan.ts';

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
      const detail = `Asked for a scan of ${resources} ${resources === 1 ? 'resource' : 'resources'} of a list.`;
      return { jobId: await askForEstateScan(tx, caller, detail), resources };
    }),
};
