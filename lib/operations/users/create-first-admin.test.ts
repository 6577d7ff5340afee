import { describe, expect, it } from 'vitest';
import { office, type PeopleFixture, peopleFixture, plainPasswords } from '../../testing/people-fixture.ts';
import { createFirstAdmin, readSetUpState } from './create-first-admin.ts';
import { newOneTimeCode } from './one-time-code.ts';

const form = { name: 'Ines Kovar', email: 'ines@example.com', password: 'a long enough one' };

async function withCode(fixture: PeopleFixture): Promise<string> {
  const { code, hash } = newOneTimeCode();
  await fixture.users.replaceSetupCode(hash, new Date(fixture.deps.clock.now().getTime() + 60 * 60_000));
  return code;
}

describe('first-run set-up', () => {
  it('creates an administrator, signs them in and closes for good', async () => {
    const fixture = peopleFixture();
    const { deps, users } = fixture;
    const code = await withCode(fixture);
    expect(await readSetUpState(deps, code, office)).toEqual({ kind: 'open' });

    const session = await createFirstAdmin(deps, plainPasswords, { ...form, code }, office);

    expect(await users.callerOf(session, deps.clock.now())).toMatchObject({ role: 'admin', accounts: null });
    expect(users.activity().map((entry) => entry.action)).toEqual(['set-up', 'sign-in']);
    expect(await readSetUpState(deps, await withCode(fixture), office)).toEqual({ kind: 'closed' });
  });

  it('never makes a second administrator, not even with a fresh code', async () => {
    const fixture = peopleFixture();
    await createFirstAdmin(fixture.deps, plainPasswords, { ...form, code: await withCode(fixture) }, office);
    const fresh = await withCode(fixture);

    const again = { ...form, email: 'eve@example.com', code: fresh };

    await expect(createFirstAdmin(fixture.deps, plainPasswords, again, office)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await fixture.users.count()).toBe(1);
  });

  it('leaves the code usable when the form is refused', async () => {
    const fixture = peopleFixture();
    const code = await withCode(fixture);
    for (const password of ['short', 'ines@example.com']) {
      await expect(
        createFirstAdmin(fixture.deps, plainPasswords, { ...form, code, password }, office),
      ).rejects.toMatchObject({ code: 'invalid-input', fields: { password: expect.any(String) } });
    }

    await expect(createFirstAdmin(fixture.deps, plainPasswords, { ...form, code }, office)).resolves.toBeTypeOf(
      'string',
    );
  });

  it('refuses an expired code and says that each start prints a new link', async () => {
    const fixture = peopleFixture();
    const code = await withCode(fixture);
    fixture.pass(61);

    expect(await readSetUpState(fixture.deps, code, office)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('prints a new one each time it starts'),
    });
  });

  it('locks after five wrong codes from one address, and only there', async () => {
    const fixture = peopleFixture();
    const code = await withCode(fixture);
    for (let index = 0; index < 5; index += 1) {
      await readSetUpState(fixture.deps, `guess ${index}`, office);
    }

    expect(await readSetUpState(fixture.deps, code, office)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('15 minutes'),
    });
    expect(await readSetUpState(fixture.deps, code, { ...office, address: '198.51.100.7' })).toEqual({ kind: 'open' });
  });
});
