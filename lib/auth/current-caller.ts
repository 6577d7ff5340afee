import 'server-only';
import { cache } from 'react';
import type { Caller } from '../core/model/permissions.ts';
import { getDependencies } from '../wiring/for-next.ts';
import { readSessionId } from './session-cookie.ts';

/**
 * Who is asking, or null. The cookie only names a session; the database says whether it is still alive and what the person
 * may do, so that a revoked session or a changed role holds from the next request on. Asked once for each rendering.
 */
export const currentCaller: () => Promise<Caller | null> = cache(async () => {
  const sessionId = await readSessionId();
  if (sessionId === null) {
    return null;
  }
  const deps = await getDependencies();
  return deps.users.callerOf(sessionId, deps.clock.now());
});
