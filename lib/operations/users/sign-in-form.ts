import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';

const PASSWORD_LENGTH_MIN = 12;
// Longer input is refused before it is hashed, so that nobody can make the machine chew on megabytes.
const PASSWORD_LENGTH_MAX = 1024;

/** An e-mail address in the one form that is stored and compared. */
export const emailField = z
  .string('Give an e-mail address.')
  .transform((text) => text.normalize('NFC').trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, 'Give an e-mail address.')
      .max(254, 'An e-mail address has at most 254 characters.')
      .regex(/^[^\s@]+@[^\s@]+$/, 'This is not an e-mail address. An example: ines@example.com.'),
  );

export const nameField = z
  .string('Give a name.')
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1, 'Give a name.').max(120, 'A name has at most 120 characters.'));

/** Why a new password is refused, in one sentence; null when it may be used. */
export function passwordFault(password: string, email: string): string | null {
  if ([...password].length < PASSWORD_LENGTH_MIN) {
    return `A password has at least ${PASSWORD_LENGTH_MIN} characters.`;
  }
  if (password.length > PASSWORD_LENGTH_MAX) {
    return `A password has at most ${PASSWORD_LENGTH_MAX} characters.`;
  }
  if (password.trim().toLowerCase() === email.trim().toLowerCase()) {
    return 'The password must not be the e-mail address.';
  }
  return null;
}

/** Throws the sentence at the field when the new password breaks a rule. */
export function requireGoodPassword(password: string, email: string, field = 'password'): void {
  const fault = passwordFault(password, email);
  if (fault !== null) {
    throw new AppError('invalid-input', fault, { [field]: fault });
  }
}
