import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({ id: z.uuid() });

/** Removes a schedule; its target stays. */
export const removeSchedule: Operation<z.output<typeof form>, null> = {
  name: 'RemoveSchedule',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id }) =>
    deps.atomically(async (tx) => {
      if (!(await tx.targets.removeSchedule(id)))
        throw new AppError('not-found', 'There is no such schedule any more.');
      await recordPersonActivity(tx, caller, 'scan-schedule-removed', id, 'Its target is scanned when somebody asks.');
      return null;
    }),
};
