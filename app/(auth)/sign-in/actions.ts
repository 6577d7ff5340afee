'use server';

import { redirect } from 'next/navigation';
import { nextPath } from '@/lib/auth/next-path.ts';
import { type DoorState, openBrowserSession } from '@/lib/auth/open-browser-session.ts';
import { argon2Passwords } from '@/lib/auth/password.ts';
import { signInWithPassword } from '@/lib/operations/users/sign-in-with-password.ts';

export async function signInAction(_before: DoorState, form: FormData): Promise<DoorState> {
  const refused = await openBrowserSession('SignIn', form, (deps, fields, source) =>
    signInWithPassword(deps, argon2Passwords, fields, source),
  );
  return refused ?? redirect(nextPath(form.get('next')));
}
