import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { changePeopleOneAtATime } from './one-at-a-time.ts';
import { voidPasswordLink } from './password-link.ts';
import { requireAnotherAdmin, requirePerson } from './person-of-input.ts';
import { recordPersonActivity } from './record-person-activity.ts';

const change = z.object({
  userId: z.string().min(1).max(100),
  // A form sends texts.
  disabled: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
});

/** Shuts a person out at once, or lets them in again. Their history stays. */
export const setPersonDisabled: Operation<{ readonly userId: string; readonly disabled: boolean }, null> = {
  name: 'SetPersonDisabled',
  permission: 'settings:write',
  parse: (input) => parseForm(change, input),
  run(deps, caller, { userId, disabled }) {
    return deps.atomically(async (tx) => {
      await changePeopleOneAtATime(tx, caller.userId);
      const user = await requirePerson(tx, userId);
      if (disabled) {
        await requireAnotherAdmin(tx, user);
        await tx.users.revokeAllSessions(userId, tx.clock.now());
        await voidPasswordLink(tx, userId, caller.userId);
      }
      await tx.users.update(userId, { disabled });
      const [action, detail] = disabled
        ? ['person-disabled', 'Shut out; every session ended.']
        : ['person-enabled', 'May sign in again.'];
      await recordPersonActivity(tx, caller, action, user.email, detail);
      return null;
    });
  },
};
