import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseForm } from '../parse-form.ts';

const person = z.object({ userId: z.string('Choose a person.').min(1, 'Choose a person.').max(100) });

/** Input of operations that need no more than a person. */
export function parsePerson(input: unknown): { readonly userId: string } {
  return parseForm(person, input);
}

/** The person with that id; throws the sentence when there is none. */
export async function requirePerson(deps: Dependencies, userId: string): Promise<UserRecord> {
  const user = await deps.users.byId(userId);
  if (user === null) {
    throw new AppError('not-found', 'This person is no longer in the list. Reload the page.');
  }
  return user;
}

/** Throws when the change would leave nobody who can administer the installation. */
export async function requireAnotherAdmin(deps: Dependencies, user: UserRecord): Promise<void> {
  const admins = (await deps.users.list()).filter((other) => other.role === 'admin' && !other.disabled);
  if (admins.length === 1 && admins[0]?.id === user.id) {
    throw new AppError(
      'conflict',
      `${user.name} is the last administrator. Make somebody else an administrator first.`,
    );
  }
}
