import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { Role } from '../../core/model/permissions.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { changePeopleOneAtATime } from './one-at-a-time.ts';
import { makePasswordLink, type PasswordLink } from './password-link.ts';
import { accountsField, roleField, scopeInWords, teamsField } from './person-form.ts';
import { recordPersonActivity } from './record-person-activity.ts';
import { emailField, nameField } from './sign-in-form.ts';

const invitation = z.object({
  name: nameField,
  email: emailField,
  role: roleField,
  accounts: accountsField,
  teams: teamsField,
});

interface InvitePersonInput {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly accounts: readonly string[] | null;
  readonly teams?: readonly string[] | undefined;
}

/** Adds a person and makes the one-time link with which they choose a password. */
export const invitePerson: Operation<InvitePersonInput, PasswordLink & { readonly email: string }> = {
  name: 'InvitePerson',
  permission: 'settings:write',
  parse: (input) => parseForm(invitation, input),
  run(deps, caller, { name, email, role, accounts, teams = [] }) {
    return deps.atomically(async (tx) => {
      await changePeopleOneAtATime(tx, caller.userId);
      if ((await tx.users.byEmail(email)) !== null) {
        const message = `${email} is already in the list.`;
        throw new AppError('conflict', message, { email: message });
      }
      const id = randomUUID();
      await tx.users.create({ id, email, name, role, accounts, teams, passwordHash: null, createdAt: tx.clock.now() });
      const link = await makePasswordLink(tx, id, caller.userId);
      const detail = `Invited with the role ${role}, ${scopeInWords(accounts)}.`;
      await recordPersonActivity(tx, caller, 'person-invited', email, detail);
      return { ...link, email };
    });
  },
};
