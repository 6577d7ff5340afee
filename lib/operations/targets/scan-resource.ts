import { z } from 'zod';
import { reasonOf } from '../../core/coverage/reason-codes.ts';
import { AppError } from '../../core/model/app-error.ts';
import { type JobId, resourceId } from '../../core/model/ids.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { askForEstateScan } from './ask-for-estate-scan.ts';

const form = z.object({ resource: z.string().min(1).max(2_048) });

/** Reads and scans one resource of AWS now. */
export const scanResource: Operation<z.output<typeof form>, { readonly jobId: JobId }> = {
  name: 'ScanResource',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { resource }) =>
    deps.atomically(async (tx) => {
      const asked = await tx.targets.askForResource(resourceId(resource), caller.accounts, tx.clock.now());
      if (asked === null) throw new AppError('not-found', 'There is no such resource in AWS any more.');
      if (asked.state !== 'eligible') {
        const { title, act } = reasonOf(asked.reason ?? '');
        throw new AppError('conflict', `It cannot be scanned now: ${title.toLowerCase()}. ${act}`.trim());
      }
      return { jobId: await askForEstateScan(tx, caller, `Asked for a scan of ${resource}.`) };
    }),
};
