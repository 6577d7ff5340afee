import type { Caller, Role } from '../core/model/permissions.ts';
import type { SessionRecord, UserStore } from '../core/ports/user-store.ts';
import type { TransactionClient } from './client.ts';
import type { Session } from './generated/client.ts';
import { toStorable } from './to-json.ts';

/** How often "last seen" is written at most: a page load makes many requests. */
const LAST_SEEN_STEP_MS = 60_000;
/** Longer texts are cut; a browser's own name is shorter. */
const USER_AGENT_CHARS_MAX = 400;
/** Attempts older than this count for nothing and are removed. */
const ATTEMPTS_KEPT_MS = 24 * 3_600_000;

/** Sessions and sign-in attempts. */
export function sessionMethods(client: TransactionClient) {
  const live = (now: Date) => ({ revokedAt: null, expiresAt: { gt: now } });
  return {
    async openSession(session) {
      await client.session.create({
        data: {
          ...session,
          userAgent: toStorable(session.userAgent).slice(0, USER_AGENT_CHARS_MAX),
          address: toStorable(session.address),
        },
      });
      await client.user.update({ where: { id: session.userId }, data: { lastSignInAt: session.createdAt } });
    },
    async callerOf(sessionId, now) {
      const session = await client.session.findFirst({
        where: { id: toStorable(sessionId), ...live(now), user: { disabled: false } },
        include: { user: true },
      });
      if (session === null) {
        return null;
      }
      if (now.getTime() - session.lastSeenAt.getTime() >= LAST_SEEN_STEP_MS) {
        await client.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
      }
      const { user } = session;
      return {
        userId: user.id,
        name: user.name,
        email: user.email,
        role: user.role as Role,
        accounts: user.allAccounts ? null : user.accounts,
        sessionId: session.id,
      } satisfies Caller;
    },
    async sessionsOf(userId, now) {
      const rows = await client.session.findMany({
        where: { userId, ...live(now) },
        orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
      });
      return rows.map(toSessionRecord);
    },
    async revokeSession(userId, sessionId, now) {
      const { count } = await client.session.updateMany({
        where: { id: sessionId, userId, ...live(now) },
        data: { revokedAt: now },
      });
      return count > 0;
    },
    async revokeAllSessions(userId, now) {
      const { count } = await client.session.updateMany({ where: { userId, ...live(now) }, data: { revokedAt: now } });
      return count;
    },
    async failedAttempts(email, address, since) {
      const failed = { succeeded: false, at: { gte: since } };
      const [ofEmail, ofAddress] = await Promise.all([
        client.signInAttempt.count({ where: { email: toStorable(email).toLowerCase(), ...failed } }),
        client.signInAttempt.count({ where: { address: toStorable(address), ...failed } }),
      ]);
      return Math.max(ofEmail, ofAddress);
    },
    async recordAttempt(email, address, succeeded, now) {
      await client.signInAttempt.create({
        data: { email: toStorable(email).toLowerCase(), address: toStorable(address), succeeded, at: now },
      });
      await client.signInAttempt.deleteMany({ where: { at: { lt: new Date(now.getTime() - ATTEMPTS_KEPT_MS) } } });
    },
  } satisfies Partial<UserStore>;
}

function toSessionRecord(row: Session): SessionRecord {
  return {
    id: row.id,
    userId: row.userId,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
    userAgent: row.userAgent,
    address: row.address,
  };
}
