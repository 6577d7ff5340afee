import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({ id: z.uuid() });

/** Removes a target with its schedules. What it scanned stays. */
export const removeTarget: Operation<z.output<typeof form>, null> = {
  name: 'RemoveTarget',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id }) =>
    deps.atomically(async (tx) => {
      const target = await tx.targets.target(id);
      if (target === null || !(await tx.targets.removeTarget(id))) {
        throw new AppError('not-found', 'There is no such target any more.');
      }
      await recordPersonActivity(tx, caller, 'scan-target-removed', target.name, target.rule);
      return null;
    }),
};
