'use server';

import { redirect } from 'next/navigation';
import { HOME_PATH } from '@/lib/auth/next-path.ts';
import { type DoorState, openBrowserSession } from '@/lib/auth/open-browser-session.ts';
import { argon2Passwords } from '@/lib/auth/password.ts';
import { setPasswordByLink } from '@/lib/operations/users/set-password-by-link.ts';

export async function setPasswordAction(_before: DoorState, form: FormData): Promise<DoorState> {
  const refused = await openBrowserSession('SetPassword', form, (deps, fields, source) =>
    setPasswordByLink(deps, argon2Passwords, fields, source),
  );
  return refused ?? redirect(HOME_PATH);
}
