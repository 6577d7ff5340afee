import type { SessionRecord } from '../../core/ports/user-store.ts';
import type { Operation } from '../operation.ts';

/** A session as its owner sees it. */
export interface OwnSession extends SessionRecord {
  readonly current: boolean;
}

/** The caller's live sessions, last used first. */
export const listOwnSessions: Operation<null, readonly OwnSession[]> = {
  name: 'ListOwnSessions',
  permission: 'own-session:write',
  parse: () => null,
  async run(deps, caller) {
    const sessions = await deps.users.sessionsOf(caller.userId, deps.clock.now());
    return sessions
      .map((session) => ({ ...session, current: session.id === caller.sessionId }))
      .toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
  },
};
