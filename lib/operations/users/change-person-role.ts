import { z } from 'zod';
import { changesBetween } from '../../core/model/activity.ts';
import type { Role } from '../../core/model/permissions.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { changePeopleOneAtATime } from './one-at-a-time.ts';
import { accountsField, roleField, scopeInWords, teamsField } from './person-form.ts';
import { requireAnotherAdmin, requirePerson } from './person-of-input.ts';
import { recordPersonActivity } from './record-person-activity.ts';

const change = z.object({
  userId: z.string().min(1).max(100),
  role: roleField,
  accounts: accountsField,
  teams: teamsField,
});

interface ChangePersonRoleInput {
  readonly userId: string;
  readonly role: Role;
  readonly accounts: readonly string[] | null;
  readonly teams?: readonly string[] | undefined;
}

/** Changes what a person may do and which accounts they see; it holds from their next request on. */
export const changePersonRole: Operation<ChangePersonRoleInput, null> = {
  name: 'ChangePersonRole',
  permission: 'settings:write',
  parse: (input) => parseForm(change, input),
  run(deps, caller, { userId, role, accounts, teams }) {
    return deps.atomically(async (tx) => {
      await changePeopleOneAtATime(tx, caller.userId);
      const user = await requirePerson(tx, userId);
      if (role !== 'admin') {
        await requireAnotherAdmin(tx, user);
      }
      await tx.users.update(userId, { role, accounts, ...(teams === undefined ? {} : { teams }) });
      const detail = `From ${user.role}, ${scopeInWords(user.accounts)} to ${role}, ${scopeInWords(accounts)}.`;
      const changes = changesBetween(
        { Role: user.role, Accounts: user.accounts ?? 'all', Teams: user.teams },
        { Role: role, Accounts: accounts ?? 'all', Teams: teams ?? user.teams },
      );
      await recordPersonActivity(tx, caller, 'role-changed', user.email, detail, { record: { changes } });
      return null;
    });
  },
};
