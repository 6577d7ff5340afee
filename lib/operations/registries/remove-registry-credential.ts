import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

const form = z.object({ host: z.string().min(1).max(300) });

/** Forgets the password of a registry. Images that anybody may pull are still scanned. */
export const removeRegistryCredential: Operation<{ readonly host: string }, null> = {
  name: 'RemoveRegistryCredential',
  permission: 'settings:write',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { host }) =>
    deps.atomically(async (tx) => {
      if (!(await tx.registryCredentials.remove(host))) {
        throw new AppError('not-found', `There is no sign-in for ${host} any more.`);
      }
      await recordPersonActivity(tx, caller, 'registry-credential-removed', host, 'Sign-in forgotten.');
      return null;
    }),
};
