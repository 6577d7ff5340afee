import type { Caller, Role } from '../core/model/permissions.ts';
import type { PasswordHasher } from '../core/ports/password-hasher.ts';
import type { Dependencies } from '../operations/dependencies.ts';
import type { RequestSource } from '../operations/users/open-session.ts';
import { type MemoryUserStore, memoryUserStore } from './memory-user-store.ts';

/** Dependencies of operations that deal with people, a clock that the test moves, and the store behind them. */
export interface PeopleFixture {
  readonly deps: Dependencies;
  readonly users: MemoryUserStore;
  /** Moves the clock on by minutes. */
  pass(minutes: number): void;
  /** Adds a person whose password is `<name>'s password` and opens a session for them. */
  person(name: string, role: Role, accounts?: readonly string[] | null): Promise<Caller>;
}

export const office: RequestSource = { address: '192.0.2.10', userAgent: 'Test browser' };

/** Stands in for argon2id: tests of rules need no slow hash. */
export const plainPasswords: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (password, hash) => hash === `plain:${password}`,
};

export function peopleFixture(): PeopleFixture {
  const users = memoryUserStore();
  const time = { now: new Date('2026-03-02T12:00:00Z') };
  const known: Partial<Dependencies> = { users, clock: { now: () => time.now } };
  // An operation about people that reached for another port would be a mistake worth failing on.
  const deps = new Proxy(known as Dependencies, {
    get(target, port, receiver) {
      if (port === 'atomically') {
        return atomicallyOver(receiver as Dependencies, users);
      }
      if (!(port in target)) {
        throw new Error(`this test has no ${String(port)}`);
      }
      return Reflect.get(target, port, receiver);
    },
  });
  return {
    deps,
    users,
    pass(minutes) {
      time.now = new Date(time.now.getTime() + minutes * 60_000);
    },
    async person(name, role, accounts = null) {
      const email = `${name}@example.com`;
      const passwordHash = await plainPasswords.hash(`${name}'s password`);
      await users.create({ id: name, email, name, role, accounts, passwordHash, createdAt: time.now });
      await users.openSession({
        id: `session-of-${name}`,
        userId: name,
        createdAt: time.now,
        lastSeenAt: time.now,
        expiresAt: new Date(time.now.getTime() + 7 * 86_400_000),
        ...office,
      });
      return { userId: name, name, email, role, accounts, sessionId: `session-of-${name}` };
    },
  };
}

function atomicallyOver(deps: Dependencies, users: MemoryUserStore): Dependencies['atomically'] {
  return async (work) => {
    const undo = users.checkpoint();
    try {
      return await work(deps);
    } catch (error) {
      undo();
      throw error;
    }
  };
}
