import { randomUUID } from 'node:crypto';
import { SESSION_LIFETIME_SECONDS } from '../../core/model/session-lifetime.ts';
import type { UserRecord } from '../../core/ports/user-store.ts';
import type { Dependencies } from '../dependencies.ts';

/** Where a request came from, as far as the server can tell. */
export interface RequestSource {
  readonly address: string;
  readonly userAgent: string;
}

/** Opens a fresh session for the person and writes it to the activity record; returns the session's id. */
export async function openSession(
  deps: Dependencies,
  user: Pick<UserRecord, 'id' | 'email'>,
  source: RequestSource,
  means: string,
): Promise<string> {
  const now = deps.clock.now();
  const id = randomUUID();
  await deps.users.openSession({
    id,
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + SESSION_LIFETIME_SECONDS * 1000),
    userAgent: source.userAgent,
    address: source.address,
  });
  await deps.users.recordActivity({
    at: now,
    actor: user.email,
    action: 'sign-in',
    object: user.email,
    detail: `Signed in with ${means}.`,
    address: source.address,
  });
  return id;
}
