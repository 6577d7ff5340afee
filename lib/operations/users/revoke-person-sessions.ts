import type { Operation } from '../operation.ts';
import { parsePerson, requirePerson } from './person-of-input.ts';
import { recordPersonActivity } from './record-person-activity.ts';

/** Ends every session of a person, who may sign in again. */
export const revokePersonSessions: Operation<{ readonly userId: string }, { readonly ended: number }> = {
  name: 'RevokePersonSessions',
  permission: 'settings:write',
  parse: parsePerson,
  run(deps, caller, { userId }) {
    return deps.atomically(async (tx) => {
      const user = await requirePerson(tx, userId);
      // Written first: the caller may be ending the very session that this looks up.
      await recordPersonActivity(tx, caller, 'sessions-revoked', user.email, 'Every session ended.');
      return { ended: await tx.users.revokeAllSessions(userId, tx.clock.now()) };
    });
  },
};
