import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({ id: z.uuid(), name: z.string().max(200).default('') });

/** Forgets how accounts are reached. Their resources and findings stay, and are late from then on. */
export const removeConnection: Operation<z.output<typeof form>, null> = {
  name: 'RemoveConnection',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id }) =>
    deps.atomically(async (tx) => {
      const connection = (await tx.cloud.connections()).find((one) => one.id === id);
      if (connection === undefined || !(await tx.cloud.removeConnection(id))) {
        throw new AppError('not-found', 'There is no such connection any more.');
      }
      await recordPersonActivity(
        tx,
        caller,
        'aws-connection-removed',
        connection.name,
        'Its accounts are not read any more.',
      );
      return null;
    }),
};
