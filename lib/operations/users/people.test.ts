import { describe, expect, it } from 'vitest';
import { ROLES } from '../../core/model/permissions.ts';
import { office, peopleFixture, plainPasswords } from '../../testing/people-fixture.ts';
import { runOperation } from '../operation.ts';
import { changeOwnPassword } from './change-own-password.ts';
import { changePersonRole } from './change-person-role.ts';
import { invitePerson } from './invite-person.ts';
import { listOwnSessions } from './list-own-sessions.ts';
import { listPeople } from './list-people.ts';
import { renewPasswordLink } from './renew-password-link.ts';
import { revokeOwnSession } from './revoke-own-session.ts';
import { revokePersonSessions } from './revoke-person-sessions.ts';
import { readPasswordLink, setPasswordByLink } from './set-password-by-link.ts';
import { setPersonDisabled } from './set-person-disabled.ts';
import { signInWithPassword } from './sign-in-with-password.ts';
import { signInWithProvider } from './sign-in-with-provider.ts';

const jun = { name: 'Jun Wada', email: 'Jun@example.com', role: 'triage', accounts: '101010101010, 202020202020' };

function codeOf(path: string): string {
  return new URL(path, 'http://localhost').searchParams.get('code') ?? '';
}

describe('inviting a person', () => {
  it('gives a link with which they choose a password once, and then see their accounts', async () => {
    const { deps, users, person } = peopleFixture();
    const admin = await person('ines', 'admin');

    const link = await runOperation(invitePerson, deps, admin, jun);
    const form = { code: codeOf(link.path), password: 'a long enough one' };
    const session = await setPasswordByLink(deps, plainPasswords, form, office);

    expect(await users.callerOf(session, deps.clock.now())).toMatchObject({
      email: 'jun@example.com',
      role: 'triage',
      accounts: ['101010101010', '202020202020'],
    });
    await expect(setPasswordByLink(deps, plainPasswords, form, office)).rejects.toThrow('This link was used');
  });

  it('stores the hash of the code only', async () => {
    const { deps, users, person } = peopleFixture();
    const admin = await person('ines', 'admin');
    const link = await runOperation(invitePerson, deps, admin, jun);
    const [userId, code] = codeOf(link.path).split('.');

    const stored = JSON.stringify(await users.setting(`password-link:${userId}`));

    expect(stored).toContain('hash');
    expect(stored).not.toContain(code);
    expect(JSON.stringify(users.activity())).not.toContain(code);
  });

  it('a new link voids the one before, three days void any', async () => {
    const { deps, person, pass } = peopleFixture();
    const admin = await person('ines', 'admin');
    const old = await runOperation(invitePerson, deps, admin, jun);
    const [userId] = codeOf(old.path).split('.');

    const fresh = await runOperation(renewPasswordLink, deps, admin, { userId });

    await expect(readPasswordLink(deps, codeOf(old.path), office)).rejects.toThrow('was used, replaced');
    await expect(readPasswordLink(deps, codeOf(fresh.path), office)).resolves.toMatchObject({ name: 'Jun Wada' });
    pass(72 * 60);
    await expect(readPasswordLink(deps, codeOf(fresh.path), office)).rejects.toThrow('was used, replaced');
  });

  it('refuses an e-mail that is there already, and an account that is none', async () => {
    const { deps, person } = peopleFixture();
    const admin = await person('ines', 'admin');

    await expect(runOperation(invitePerson, deps, admin, { ...jun, email: 'INES@example.com' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(runOperation(invitePerson, deps, admin, { ...jun, accounts: '12345' })).rejects.toMatchObject({
      fields: { accounts: expect.stringContaining('twelve digits') },
    });
    await expect(runOperation(invitePerson, deps, admin, { ...jun, role: 'root' })).rejects.toMatchObject({
      fields: { role: 'Choose a role.' },
    });
  });
});

describe('rights over people', () => {
  it.each(ROLES)('%s changes people only as admin, and sees them only as admin or security', async (role) => {
    const { deps, person } = peopleFixture();
    await person('ines', 'admin');
    const caller = await person('caller', role);
    const writes = [
      runOperation(invitePerson, deps, caller, jun),
      runOperation(changePersonRole, deps, caller, { userId: 'caller', role: 'admin', accounts: null }),
      runOperation(setPersonDisabled, deps, caller, { userId: 'ines', disabled: true }),
      runOperation(revokePersonSessions, deps, caller, { userId: 'ines' }),
      runOperation(renewPasswordLink, deps, caller, { userId: 'ines' }),
    ];

    for (const write of await Promise.allSettled(writes)) {
      const denied = write.status === 'rejected' && write.reason.code === 'access-denied';
      expect(denied).toBe(role !== 'admin');
    }
    const [list] = await Promise.allSettled([runOperation(listPeople, deps, caller, null)]);
    expect(list.status === 'fulfilled').toBe(role === 'admin' || role === 'security');
  });

  it('the list never carries a password hash', async () => {
    const { deps, person } = peopleFixture();
    const admin = await person('ines', 'admin');

    const people = await runOperation(listPeople, deps, admin, null);

    expect(people).toMatchObject([{ email: 'ines@example.com', hasPassword: true, sessions: 1 }]);
    expect(JSON.stringify(people)).not.toContain('plain:');
  });

  it('the last administrator can be neither demoted nor disabled', async () => {
    const { deps, users, person } = peopleFixture();
    const admin = await person('ines', 'admin');
    await person('mara', 'admin');
    await users.update('mara', { disabled: true });

    const demote = { userId: 'ines', role: 'viewer', accounts: null };
    await expect(runOperation(changePersonRole, deps, admin, demote)).rejects.toThrow('last administrator');
    await expect(runOperation(setPersonDisabled, deps, admin, { userId: 'ines', disabled: 'true' })).rejects.toThrow(
      'last administrator',
    );

    await runOperation(setPersonDisabled, deps, admin, { userId: 'mara', disabled: 'false' });
    await runOperation(changePersonRole, deps, admin, demote);
    expect(await users.byId('ines')).toMatchObject({ role: 'viewer' });
  });

  it('a disabled person is signed out at once, and a changed role holds at once', async () => {
    const { deps, users, person } = peopleFixture();
    const admin = await person('ines', 'admin');
    const triage = await person('jun', 'triage');

    await runOperation(changePersonRole, deps, admin, { userId: 'jun', role: 'viewer', accounts: ['101010101010'] });
    const changed = await users.callerOf(triage.sessionId, deps.clock.now());
    await runOperation(setPersonDisabled, deps, admin, { userId: 'jun', disabled: true });
    const shutOut = await users.callerOf(triage.sessionId, deps.clock.now());

    expect(changed).toMatchObject({ role: 'viewer', accounts: ['101010101010'] });
    expect(shutOut).toBeNull();
    expect(users.activity().map((entry) => entry.action)).toEqual(['role-changed', 'person-disabled']);
    expect(users.activity()[0]).toMatchObject({ actor: 'ines@example.com', address: office.address });
  });
});

describe('own sessions and password', () => {
  it('a person ends their own sessions and nobody else’s', async () => {
    const { deps, users, person } = peopleFixture();
    const mara = await person('mara', 'viewer');
    const jun = await person('jun', 'viewer');

    await expect(runOperation(revokeOwnSession, deps, jun, { sessionId: mara.sessionId })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(users.activity()).toEqual([]);
    await runOperation(revokeOwnSession, deps, mara, { sessionId: mara.sessionId });

    expect(await users.callerOf(mara.sessionId, deps.clock.now())).toBeNull();
    expect(await runOperation(listOwnSessions, deps, jun, null)).toMatchObject([{ current: true }]);
  });

  it('an idle session ends after 12 hours, a busy one after 7 days', async () => {
    const { deps, users, person, pass } = peopleFixture();
    const idle = await person('idle', 'viewer');
    const busy = await person('busy', 'viewer');
    for (let hour = 0; hour < 7 * 24; hour += 8) {
      expect(await users.callerOf(busy.sessionId, deps.clock.now())).not.toBeNull();
      pass(8 * 60);
      if (hour === 8) {
        expect(await users.callerOf(idle.sessionId, deps.clock.now())).toBeNull();
      }
    }

    expect(await users.callerOf(busy.sessionId, deps.clock.now())).toBeNull();
  });

  it('changing the password needs the old one and ends the other sessions', async () => {
    const { deps, users, person } = peopleFixture();
    const mara = await person('mara', 'viewer');
    const form = { email: mara.email, password: "mara's password" };
    const elsewhere = await signInWithPassword(deps, plainPasswords, form, office);
    const change = changeOwnPassword(plainPasswords);

    await expect(
      runOperation(change, deps, mara, { current: 'a guess', password: 'a long enough one' }),
    ).rejects.toMatchObject({ fields: { current: expect.any(String) } });
    const input = { current: "mara's password", password: 'a long enough one' };
    expect(await runOperation(change, deps, mara, input)).toEqual({ ended: 1 });

    expect(await users.callerOf(elsewhere, deps.clock.now())).toBeNull();
    expect(await users.callerOf(mara.sessionId, deps.clock.now())).not.toBeNull();
  });

  it('guessing the old password in an open session locks', async () => {
    const { deps, person } = peopleFixture();
    const mara = await person('mara', 'viewer');
    const change = changeOwnPassword(plainPasswords);
    const guess = { current: 'a guess', password: 'a long enough one' };
    for (let index = 0; index < 5; index += 1) {
      await expect(runOperation(change, deps, mara, guess)).rejects.toMatchObject({ code: 'invalid-input' });
    }

    await expect(runOperation(change, deps, mara, guess)).rejects.toMatchObject({ code: 'too-many-attempts' });
  });
});

describe('signing in through a provider', () => {
  it('lets in people whom Harrier knows and the provider has verified', async () => {
    const { deps, users, person } = peopleFixture();
    await person('ines', 'security');
    const claims = { email: 'Ines@Example.com', email_verified: true };

    const session = await signInWithProvider(deps, 'Keycloak', claims, office);

    expect(await users.callerOf(session, deps.clock.now())).toMatchObject({ role: 'security' });
  });

  it.each([
    [{ email: 'ines@example.com' }, 'unverified'],
    [{ email: 'ines@example.com', email_verified: 'true' }, 'unverified'],
    [{ email: 'eve@example.com', email_verified: true }, 'not-invited'],
    [{ email_verified: true }, 'no-email'],
  ])('refuses the claims %j as %s', async (claims, reason) => {
    const { deps, users, person } = peopleFixture();
    await person('ines', 'security');

    await expect(signInWithProvider(deps, 'Keycloak', claims, office)).rejects.toMatchObject({ fields: { reason } });
    expect(await users.count()).toBe(1);
  });
});
