import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { PasswordHasher } from '../../core/ports/password-hasher.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { requireUnlocked } from './attempt-limit.ts';
import { recordPersonActivity } from './record-person-activity.ts';
import { requireGoodPassword } from './sign-in-form.ts';

const change = z.object({
  current: z.string('Give the present password.').max(1024, 'This is not the present password.'),
  password: z.string('Choose a password.'),
});

/** Changes the caller's password after proof of the old one, and ends their other sessions. */
export function changeOwnPassword(
  passwords: PasswordHasher,
): Operation<{ readonly current: string; readonly password: string }, { readonly ended: number }> {
  return {
    name: 'ChangeOwnPassword',
    permission: 'own-session:write',
    parse: (input) => parseForm(change, input),
    async run(deps, caller, { current, password }) {
      const user = await deps.users.byId(caller.userId);
      if (user === null || user.passwordHash === null) {
        throw new AppError('conflict', 'You sign in through your identity provider; change the password there.');
      }
      // A session left open on somebody's desk must not be a place to guess the password at leisure.
      const counted = { key: caller.email, address: `session ${caller.sessionId}` };
      await requireUnlocked(deps.users, counted, deps.clock.now());
      if (!(await passwords.verify(current, user.passwordHash))) {
        await deps.users.recordAttempt(counted.key, counted.address, false, deps.clock.now());
        const message = 'This is not the present password.';
        throw new AppError('invalid-input', message, { current: message });
      }
      requireGoodPassword(password, caller.email);
      const passwordHash = await passwords.hash(password);

      return deps.atomically(async (tx) => {
        const now = tx.clock.now();
        await tx.users.update(caller.userId, { passwordHash });
        const others = (await tx.users.sessionsOf(caller.userId, now)).filter(({ id }) => id !== caller.sessionId);
        for (const other of others) {
          await tx.users.revokeSession(caller.userId, other.id, now);
        }
        const detail = 'Changed the password; every other session ended.';
        await recordPersonActivity(tx, caller, 'password-changed', caller.email, detail);
        return { ended: others.length };
      });
    },
  };
}
