import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { SESSION_LIFETIME_SECONDS } from '../core/model/session-lifetime.ts';
import { authSettings } from './auth-settings.ts';

/** Hands the browser a session that was just opened. The cookie is the one that next-auth reads and writes. */
export async function startBrowserSession(sessionId: string): Promise<void> {
  const { secret, secure, cookieName } = await authSettings();
  const value = await encode({ token: { sid: sessionId }, secret, maxAge: SESSION_LIFETIME_SECONDS });
  (await cookies()).set(cookieName, value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: SESSION_LIFETIME_SECONDS,
  });
}

/** Takes the cookie away; the session itself ends in the database. */
export async function endBrowserSession(): Promise<void> {
  const { cookieName } = await authSettings();
  (await cookies()).delete(cookieName);
}

/** The session id that the browser shows, or null when there is none or it is not one that we gave out. */
export async function readSessionId(): Promise<string | null> {
  const { secret, cookieName } = await authSettings();
  const value = (await cookies()).get(cookieName)?.value;
  if (value === undefined || value.length > 4096) {
    return null;
  }
  try {
    const token = await decode({ token: value, secret });
    return typeof token?.sid === 'string' ? token.sid : null;
  } catch {
    // Expired, made with another secret, or made up: all of them mean "not signed in".
    return null;
  }
}
