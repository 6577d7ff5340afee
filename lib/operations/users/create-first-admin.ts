import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { PasswordHasher } from '../../core/ports/password-hasher.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseForm } from '../parse-form.ts';
import { requireUnlocked } from './attempt-limit.ts';
import { hashOneTimeCode } from './one-time-code.ts';
import { openSession, type RequestSource } from './open-session.ts';
import { emailField, nameField, requireGoodPassword } from './sign-in-form.ts';

const firstAdmin = z.object({
  code: z.string('The link has no code.').max(200, 'The link is damaged.'),
  name: nameField,
  email: emailField,
  password: z.string('Choose a password.'),
});

/** What the set-up page shows. `closed` for good once anybody can sign in. */
export type SetUpState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly reason: string };

const WRONG_CODE =
  'This set-up link is not valid. Harrier prints a new one each time it starts; stop it, start it again and open that link.';

/** Says whether the code of a set-up link may still be used; a wrong one counts as a failed try. */
export async function readSetUpState(deps: Dependencies, code: string, source: RequestSource): Promise<SetUpState> {
  if ((await deps.users.count()) > 0) {
    return { kind: 'closed' };
  }
  try {
    await requireValidCode(deps, code, source);
    return { kind: 'open' };
  } catch (error) {
    if (error instanceof AppError) {
      return { kind: 'refused', reason: error.message };
    }
    throw error;
  }
}

/** Creates the first administrator, uses up the set-up code and opens a session; returns the session's id. */
export async function createFirstAdmin(
  deps: Dependencies,
  passwords: PasswordHasher,
  form: unknown,
  source: RequestSource,
): Promise<string> {
  const { code, name, email, password } = parseForm(firstAdmin, form);
  await requireValidCode(deps, code, source);
  requireGoodPassword(password, email);
  const passwordHash = await passwords.hash(password);

  return deps.atomically(async (tx) => {
    const now = tx.clock.now();
    // Using the code up comes first: it is the one row that two requests at the same moment fight for.
    const mine = await tx.users.consumeSetupCode(hashOneTimeCode(code), now);
    if (!mine || (await tx.users.count()) > 0) {
      throw new AppError('conflict', 'Set-up is already done. Sign in with the account that was created.');
    }
    const user = {
      id: randomUUID(),
      email,
      name,
      role: 'admin',
      accounts: null,
      passwordHash,
      createdAt: now,
    } as const;
    await tx.users.create(user);
    await tx.users.recordActivity({
      at: now,
      actor: email,
      action: 'set-up',
      object: email,
      detail: 'Created the first administrator with the set-up link.',
      address: source.address,
    });
    return openSession(tx, user, source, 'the set-up link');
  });
}

async function requireValidCode(deps: Dependencies, code: string, source: RequestSource): Promise<void> {
  const now = deps.clock.now();
  const counted = { key: `set-up:${source.address}`, address: source.address };
  await requireUnlocked(deps.users, counted, now);
  if (code !== '' && (await deps.users.isSetupCodeValid(hashOneTimeCode(code), now))) {
    return;
  }
  if (code !== '') {
    await deps.users.recordAttempt(counted.key, counted.address, false, now);
    await requireUnlocked(deps.users, counted, now);
  }
  throw new AppError('access-denied', WRONG_CODE);
}
