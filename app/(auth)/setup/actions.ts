'use server';

import { redirect } from 'next/navigation';
import { type DoorState, openBrowserSession } from '@/lib/auth/open-browser-session.ts';
import { argon2Passwords } from '@/lib/auth/password.ts';
import { createFirstAdmin } from '@/lib/operations/users/create-first-admin.ts';

export async function setUpAction(_before: DoorState, form: FormData): Promise<DoorState> {
  const refused = await openBrowserSession('SetUp', form, (deps, fields, source) =>
    createFirstAdmin(deps, argon2Passwords, fields, source),
  );
  return refused ?? redirect('/welcome');
}
