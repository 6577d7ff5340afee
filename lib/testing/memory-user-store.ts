import type { Caller } from '../core/model/permissions.ts';
import { idleSince } from '../core/model/session-lifetime.ts';
import type { SessionRecord, UserRecord, UserStore } from '../core/ports/user-store.ts';

export type ActivityEntry = Parameters<UserStore['recordActivity']>[0];

interface State {
  readonly users: Map<string, UserRecord>;
  readonly sessions: Map<string, SessionRecord & { readonly revoked: boolean }>;
  readonly attempts: { email: string; address: string; succeeded: boolean; at: Date }[];
  readonly settings: Map<string, unknown>;
  readonly activity: ActivityEntry[];
  setupCode: { hash: string; expiresAt: Date } | null;
}

/** The people port in memory, with what tests look at: its activity record and a way to undo a failed transaction. */
export interface MemoryUserStore extends UserStore {
  readonly activity: () => readonly ActivityEntry[];
  /** Keeps the present state; the returned function brings it back. */
  readonly checkpoint: () => () => void;
}

/** A UserStore that forgets everything at the end of the test. */
export function memoryUserStore(): MemoryUserStore {
  const held = { state: emptyState() };
  return {
    ...peopleOf(held),
    ...sessionsOf(held),
    ...doorsOf(held),
    activity: () => held.state.activity,
    checkpoint() {
      const kept = copyOf(held.state);
      return () => {
        held.state = kept;
      };
    },
  };
}

interface Held {
  state: State;
}

function peopleOf(held: Held): Pick<UserStore, 'count' | 'list' | 'byId' | 'byEmail' | 'create' | 'update'> {
  return {
    count: async () => held.state.users.size,
    list: async () => [...held.state.users.values()].toSorted((a, b) => (a.email < b.email ? -1 : 1)),
    byId: async (id) => held.state.users.get(id) ?? null,
    byEmail: async (email) => [...held.state.users.values()].find((user) => user.email === email) ?? null,
    async create(user) {
      if ([...held.state.users.values()].some((other) => other.email === user.email || other.id === user.id)) {
        throw new Error(`user ${user.email} exists`);
      }
      held.state.users.set(user.id, { teams: [], ...user, disabled: false, lastSignInAt: null });
    },
    async update(id, change) {
      const user = held.state.users.get(id);
      if (user) {
        held.state.users.set(id, { ...user, ...change });
      }
    },
  };
}

function sessionsOf(
  held: Held,
): Pick<UserStore, 'openSession' | 'callerOf' | 'sessionsOf' | 'revokeSession' | 'revokeAllSessions'> {
  const isLive = (session: SessionRecord & { revoked: boolean }, now: Date): boolean =>
    !session.revoked && session.expiresAt > now && session.lastSeenAt > idleSince(now);
  return {
    async openSession(session) {
      held.state.sessions.set(session.id, { ...session, revoked: false });
      const user = held.state.users.get(session.userId);
      if (user) {
        held.state.users.set(user.id, { ...user, lastSignInAt: session.createdAt });
      }
    },
    async callerOf(sessionId, now): Promise<Caller | null> {
      const session = held.state.sessions.get(sessionId);
      const user = session && held.state.users.get(session.userId);
      if (!session || !user || user.disabled || !isLive(session, now)) {
        return null;
      }
      held.state.sessions.set(sessionId, { ...session, lastSeenAt: now });
      return {
        userId: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        accounts: user.accounts,
        sessionId,
      };
    },
    async sessionsOf(userId, now) {
      return [...held.state.sessions.values()].filter((session) => session.userId === userId && isLive(session, now));
    },
    async revokeSession(userId, sessionId, now) {
      const session = held.state.sessions.get(sessionId);
      if (!session || session.userId !== userId || !isLive(session, now)) {
        return false;
      }
      held.state.sessions.set(sessionId, { ...session, revoked: true });
      return true;
    },
    async revokeAllSessions(userId, now) {
      const live = [...held.state.sessions.values()].filter(
        (session) => session.userId === userId && isLive(session, now),
      );
      for (const session of live) {
        held.state.sessions.set(session.id, { ...session, revoked: true });
      }
      return live.length;
    },
  };
}

function doorsOf(
  held: Held,
): Pick<
  UserStore,
  | 'failedAttempts'
  | 'recordAttempt'
  | 'replaceSetupCode'
  | 'consumeSetupCode'
  | 'isSetupCodeValid'
  | 'setting'
  | 'saveSetting'
  | 'recordActivity'
> {
  const isValid = (hash: string, now: Date): boolean =>
    held.state.setupCode !== null && held.state.setupCode.hash === hash && held.state.setupCode.expiresAt > now;
  return {
    async failedAttempts(email, address, since) {
      const failed = held.state.attempts.filter((attempt) => !attempt.succeeded && attempt.at >= since);
      return Math.max(
        failed.filter((attempt) => attempt.email === email).length,
        failed.filter((attempt) => attempt.address === address).length,
      );
    },
    async recordAttempt(email, address, succeeded, now) {
      held.state.attempts.push({ email, address, succeeded, at: now });
    },
    async replaceSetupCode(hash, expiresAt) {
      held.state.setupCode = { hash, expiresAt };
    },
    async consumeSetupCode(hash, now) {
      const valid = isValid(hash, now);
      if (valid) {
        held.state.setupCode = null;
      }
      return valid;
    },
    isSetupCodeValid: async (hash, now) => isValid(hash, now),
    setting: async (name) => held.state.settings.get(name) ?? null,
    async saveSetting(name, value) {
      held.state.settings.set(name, value);
    },
    async recordActivity(entry) {
      held.state.activity.push(entry);
    },
  };
}

function emptyState(): State {
  return {
    users: new Map(),
    sessions: new Map(),
    attempts: [],
    settings: new Map(),
    activity: [],
    setupCode: null,
  };
}

function copyOf(state: State): State {
  return {
    users: new Map(state.users),
    sessions: new Map(state.sessions),
    attempts: [...state.attempts],
    settings: new Map(state.settings),
    activity: [...state.activity],
    setupCode: state.setupCode,
  };
}
