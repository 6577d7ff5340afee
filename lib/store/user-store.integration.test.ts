import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserRecord } from '../core/ports/user-store.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';

const HOUR_MS = 3_600_000;
const LATER = new Date(NOON.getTime() + HOUR_MS);
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

async function addUser(id: string, accounts: UserRecord['accounts'] = null): Promise<void> {
  await fixture.stores.users.create({
    id,
    email: `${id}@Example.org`,
    name: id,
    role: 'viewer',
    accounts,
    passwordHash: null,
    createdAt: NOON,
  });
}

function openSession(userId: string, id: string): Promise<void> {
  return fixture.stores.users.openSession({
    id,
    userId,
    createdAt: NOON,
    lastSeenAt: NOON,
    expiresAt: new Date(NOON.getTime() + 10 * HOUR_MS),
    userAgent: 'a browser',
    address: '192.0.2.1',
  });
}

describe('the user store', () => {
  it('all accounts, some accounts and no account are three different things', async () => {
    const { users } = fixture.stores;
    await addUser('all');
    await addUser('some', ['111122223333']);
    await addUser('none', []);

    expect((await users.byEmail('ALL@example.org'))?.accounts).toBeNull();
    expect((await users.byId('some'))?.accounts).toEqual(['111122223333']);
    expect((await users.byId('none'))?.accounts).toEqual([]);
    await users.update('some', { accounts: null });
    expect((await users.byId('some'))?.accounts).toBeNull();
    expect(await users.count()).toBe(3);
  });

  it('one e-mail address is one person, whatever the case of its letters', async () => {
    await addUser('ada');

    const again = fixture.stores.users.create({
      id: 'ada-2',
      email: 'ADA@example.ORG',
      name: 'Ada',
      role: 'admin',
      accounts: null,
      passwordHash: null,
      createdAt: NOON,
    });

    await expect(again).rejects.toThrow();
  });

  it('a session stands for its person until it is revoked, expires or the person is disabled', async () => {
    const { users } = fixture.stores;
    await addUser('bob', ['111122223333']);
    await openSession('bob', 's1');
    await openSession('bob', 's2');

    expect(await users.callerOf('s1', LATER)).toEqual({
      userId: 'bob',
      name: 'bob',
      email: 'bob@example.org',
      role: 'viewer',
      accounts: ['111122223333'],
      sessionId: 's1',
    });
    expect((await users.sessionsOf('bob', LATER)).map((session) => [session.id, session.lastSeenAt])).toEqual([
      ['s1', LATER],
      ['s2', NOON],
    ]);
    expect((await users.byId('bob'))?.lastSignInAt).toEqual(NOON);
    expect(await users.revokeSession('all', 's1', LATER)).toBe(false);
    expect(await users.revokeSession('bob', 's1', LATER)).toBe(true);
    expect(await users.revokeSession('bob', 's1', LATER)).toBe(false);
    expect(await users.callerOf('s1', LATER)).toBeNull();
    expect(await users.callerOf('s2', new Date(NOON.getTime() + 11 * HOUR_MS))).toBeNull();
    expect(await users.callerOf('s2\0', LATER)).toBeNull();
    await users.update('bob', { disabled: true });
    expect(await users.callerOf('s2', LATER)).toBeNull();
    expect(await users.revokeAllSessions('bob', LATER)).toBe(1);
  });

  it('failed attempts count for the e-mail or for the address, whichever is greater', async () => {
    const { users } = fixture.stores;
    for (const [email, address] of [
      ['a@x', '1'],
      ['A@x', '2'],
      ['b@x', '2'],
      ['c@x', '2'],
    ] as const) {
      await users.recordAttempt(email, address, false, NOON);
    }
    await users.recordAttempt('a@x', '1', true, NOON);

    expect(await users.failedAttempts('a@x', '9', NOON)).toBe(2);
    expect(await users.failedAttempts('a@x', '2', NOON)).toBe(3);
    expect(await users.failedAttempts('a@x', '2', LATER)).toBe(0);
  });

  it('a set-up code works once, for its time, and not after many wrong ones', async () => {
    const { users } = fixture.stores;
    await users.replaceSetupCode('old', LATER);
    await users.replaceSetupCode('new', LATER);

    expect(await users.consumeSetupCode('old', NOON)).toBe(false);
    expect(await users.isSetupCodeValid('new', NOON)).toBe(true);
    expect(await users.isSetupCodeValid('new', LATER)).toBe(false);
    const both = await Promise.all([users.consumeSetupCode('new', NOON), users.consumeSetupCode('new', NOON)]);
    expect(both.filter(Boolean)).toHaveLength(1);

    await users.replaceSetupCode('third', LATER);
    for (let n = 0; n < 20; n += 1) {
      expect(await users.consumeSetupCode(`guess ${n}`, NOON)).toBe(false);
    }
    expect(await users.consumeSetupCode('third', NOON)).toBe(false);
  });

  it('settings keep any JSON, and an unknown one is null', async () => {
    const { users } = fixture.stores;
    await users.saveSetting('sso', { issuer: 'https://id.example.org', scopes: ['a'] }, 'all', NOON);
    await users.saveSetting('sso', { issuer: 'https://id.example.net' }, 'all', LATER);
    await users.saveSetting('nothing', null, 'all', NOON);

    expect(await users.setting('sso')).toEqual({ issuer: 'https://id.example.net' });
    expect(await users.setting('nothing')).toBeNull();
    expect(await users.setting('unknown')).toBeNull();
    await users.recordActivity({
      at: NOON,
      actor: 'all',
      action: 'setting.save',
      object: 'sso',
      detail: 'x\0y',
      address: '::1',
    });
    expect(await fixture.database.prisma.activity.count()).toBe(1);
  });
});
