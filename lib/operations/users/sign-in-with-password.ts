import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { PasswordHasher } from '../../core/ports/password-hasher.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseForm } from '../parse-form.ts';
import { type AttemptKey, minutesLocked, requireUnlocked } from './attempt-limit.ts';
import { openSession, type RequestSource } from './open-session.ts';
import { emailField } from './sign-in-form.ts';

const credentials = z.object({
  email: emailField,
  password: z.string('Give the password.').min(1, 'Give the password.').max(1024, 'E-mail or password is wrong.'),
});

/** Checks e-mail and password and opens a session; returns its id. Nobody has signed in yet, so there is no caller. */
export async function signInWithPassword(
  deps: Dependencies,
  passwords: PasswordHasher,
  form: unknown,
  source: RequestSource,
): Promise<string> {
  const { email, password } = parseForm(credentials, form);
  const counted = { key: email, address: source.address };
  await requireUnlocked(deps.users, counted, deps.clock.now());

  const user = await deps.users.byEmail(email);
  const matches = await passwords.verify(password, user?.passwordHash ?? null);
  if (user === null || !matches || user.disabled) {
    return refuse(deps, email, counted);
  }
  // Asked again: of many guesses sent at the same moment, each passed the first check before any had failed.
  await requireUnlocked(deps.users, counted, deps.clock.now());

  await deps.users.recordAttempt(email, source.address, true, deps.clock.now());
  return openSession(deps, user, source, 'a password');
}

// Unknown e-mail, wrong password and disabled person read the same, so that the form tells nobody who works here.
async function refuse(deps: Dependencies, email: string, counted: AttemptKey): Promise<never> {
  const now = deps.clock.now();
  await deps.users.recordAttempt(email, counted.address, false, now);
  const locked = await minutesLocked(deps.users, counted, now);
  await deps.users.recordActivity({
    at: now,
    actor: email,
    action: 'sign-in-failed',
    object: email,
    detail: locked > 0 ? `Wrong e-mail or password; locked for ${locked} min.` : 'Wrong e-mail or password.',
    address: counted.address,
  });
  await requireUnlocked(deps.users, counted, now);
  throw new AppError('not-signed-in', 'E-mail or password is wrong.');
}
