import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { recordPersonActivity } from './record-person-activity.ts';

const session = z.object({ sessionId: z.string('Choose a session.').min(1).max(100) });

/** Ends one of the caller's own sessions; ending the present one is signing out. */
export const revokeOwnSession: Operation<{ readonly sessionId: string }, null> = {
  name: 'RevokeOwnSession',
  permission: 'own-session:write',
  parse: (input) => parseForm(session, input),
  run(deps, caller, { sessionId }) {
    return deps.atomically(async (tx) => {
      const [action, detail] =
        sessionId === caller.sessionId ? ['sign-out', 'Signed out.'] : ['session-revoked', 'Ended another session.'];
      await recordPersonActivity(tx, caller, action, caller.email, detail);
      if (!(await tx.users.revokeSession(caller.userId, sessionId, tx.clock.now()))) {
        throw new AppError('not-found', 'This session had already ended.');
      }
      return null;
    });
  },
};
