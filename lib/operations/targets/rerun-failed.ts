import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { askForEstateScan } from './ask-for-estate-scan.ts';

const form = z.object({ jobId: z.uuid() });

/** Scans again what a job could not read, and nothing else. */
export const rerunFailed: Operation<z.output<typeof form>, { readonly jobId: JobId; readonly resources: number }> = {
  name: 'RerunFailed',
  permission: 'scans:run',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, input) =>
    deps.atomically(async (tx) => {
      const resources = await tx.targets.askForFailed(input.jobId, tx.clock.now());
      if (resources === 0) throw new AppError('not-found', 'Nothing of that job is left to be read again.');
      const detail = `Asked for ${resources} resources again that a job could not read.`;
      return { jobId: await askForEstateScan(tx, caller, detail), resources };
    }),
};
