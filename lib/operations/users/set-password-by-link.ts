import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { PasswordHasher } from '../../core/ports/password-hasher.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseForm } from '../parse-form.ts';
import { requireUnlocked } from './attempt-limit.ts';
import { changePeopleOneAtATime } from './one-at-a-time.ts';
import { openSession, type RequestSource } from './open-session.ts';
import { personOfLink, voidPasswordLink } from './password-link.ts';
import { requireGoodPassword } from './sign-in-form.ts';

const newPassword = z.object({ code: z.string('The link has no code.'), password: z.string('Choose a password.') });

const WRONG_LINK =
  'This link was used, replaced or is older than three days. An administrator can make a new one under Settings, Users.';

/** The person for whom the link sets a password; throws the sentence for the page when there is none. */
export async function readPasswordLink(deps: Dependencies, code: string, source: RequestSource): Promise<UserRecord> {
  const counted = { key: `password-link:${source.address}`, address: source.address };
  await requireUnlocked(deps.users, counted, deps.clock.now());
  const user = await personOfLink(deps, code);
  if (user !== null) {
    return user;
  }
  await deps.users.recordAttempt(counted.key, counted.address, false, deps.clock.now());
  throw new AppError('access-denied', WRONG_LINK);
}

/** Sets the password, uses the link up, ends every older session and opens a new one; returns its id. */
export async function setPasswordByLink(
  deps: Dependencies,
  passwords: PasswordHasher,
  form: unknown,
  source: RequestSource,
): Promise<string> {
  const { code, password } = parseForm(newPassword, form);
  const { id, email } = await readPasswordLink(deps, code, source);
  requireGoodPassword(password, email);
  const passwordHash = await passwords.hash(password);

  return deps.atomically(async (tx) => {
    await changePeopleOneAtATime(tx, id);
    const user = await personOfLink(tx, code);
    if (user === null) {
      throw new AppError('conflict', WRONG_LINK);
    }
    await voidPasswordLink(tx, user.id, user.id);
    await tx.users.update(user.id, { passwordHash });
    await tx.users.revokeAllSessions(user.id, tx.clock.now());
    await tx.users.recordActivity({
      at: tx.clock.now(),
      actor: user.email,
      action: 'password-set',
      object: user.email,
      detail: 'Set a password with a one-time link; every older session ended.',
      address: source.address,
    });
    return openSession(tx, user, source, 'a one-time link');
  });
}
