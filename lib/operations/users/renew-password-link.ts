import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { makePasswordLink, type PasswordLink } from './password-link.ts';
import { parsePerson, requirePerson } from './person-of-input.ts';
import { recordPersonActivity } from './record-person-activity.ts';

/** Makes a new one-time link for somebody who lost a password or an invitation; the old password holds until it is used. */
export const renewPasswordLink: Operation<{ readonly userId: string }, PasswordLink & { readonly email: string }> = {
  name: 'RenewPasswordLink',
  permission: 'settings:write',
  parse: parsePerson,
  run(deps, caller, { userId }) {
    return deps.atomically(async (tx) => {
      const user = await requirePerson(tx, userId);
      if (user.disabled) {
        throw new AppError('conflict', `${user.name} is disabled. Enable the sign-in first.`);
      }
      const link = await makePasswordLink(tx, userId, caller.userId);
      await recordPersonActivity(tx, caller, 'password-link-made', user.email, 'Made a one-time password link.');
      return { ...link, email: user.email };
    });
  },
};
