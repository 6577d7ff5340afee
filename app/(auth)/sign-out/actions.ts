'use server';

import { redirect } from 'next/navigation';
import { guardAction } from '@/lib/auth/guard-action.ts';
import { endBrowserSession, readSessionId } from '@/lib/auth/session-cookie.ts';
import { revokeOwnSession } from '@/lib/operations/users/revoke-own-session.ts';

const revoke = guardAction(revokeOwnSession);

/** Ends the session in the database, takes the cookie away and shows the sign-in page. */
export async function signOutAction(): Promise<void> {
  const result = await revoke({ sessionId: await readSessionId() });
  // A session that had ended already is as good as one that ends now; with the database away, the cookie must stay so that
  // nobody believes to be signed out while the session lives on.
  if (!result.ok && result.code === 'unexpected') {
    throw new Error(result.message);
  }
  await endBrowserSession();
  redirect('/sign-in');
}
