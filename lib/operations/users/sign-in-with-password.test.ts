import { describe, expect, it } from 'vitest';
import { office, peopleFixture, plainPasswords } from '../../testing/people-fixture.ts';
import { signInWithPassword } from './sign-in-with-password.ts';

const right = { email: 'ines@example.com', password: "ines's password" };
const wrong = { email: 'ines@example.com', password: 'not hers' };

describe('signing in with a password', () => {
  it('opens a session that the store knows, however the e-mail is written', async () => {
    const { deps, users, person } = peopleFixture();
    await person('ines', 'admin');

    const id = await signInWithPassword(deps, plainPasswords, { ...right, email: '  INES@example.com ' }, office);

    expect(await users.callerOf(id, deps.clock.now())).toMatchObject({ email: 'ines@example.com', role: 'admin' });
    expect(users.activity().at(-1)).toMatchObject({ action: 'sign-in', actor: 'ines@example.com' });
  });

  it('says the same about an unknown e-mail, a wrong password and a disabled person', async () => {
    const { deps, users, person } = peopleFixture();
    await person('ines', 'admin');
    await person('jun', 'viewer');
    await users.update('jun', { disabled: true });

    for (const form of [
      wrong,
      { email: 'nobody@example.com', password: 'whatever' },
      { email: 'jun@example.com', password: "jun's password" },
    ]) {
      await expect(signInWithPassword(deps, plainPasswords, form, office)).rejects.toMatchObject({
        code: 'not-signed-in',
        message: 'E-mail or password is wrong.',
      });
    }
  });

  it('locks an e-mail after five failures, whatever the address, and says how long', async () => {
    const { deps, person, pass } = peopleFixture();
    await person('ines', 'admin');
    for (let index = 0; index < 4; index += 1) {
      const source = { ...office, address: `192.0.2.${index}` };
      await expect(signInWithPassword(deps, plainPasswords, wrong, source)).rejects.toThrow('is wrong');
      pass(1);
    }

    await expect(signInWithPassword(deps, plainPasswords, wrong, office)).rejects.toThrow('in 11 minutes');
    await expect(signInWithPassword(deps, plainPasswords, right, office)).rejects.toMatchObject({
      code: 'too-many-attempts',
    });

    pass(11);
    await expect(signInWithPassword(deps, plainPasswords, right, office)).resolves.toBeTypeOf('string');
  });

  it('locks an address after twenty failures over many e-mails', async () => {
    const { deps, person } = peopleFixture();
    await person('ines', 'admin');
    for (let index = 0; index < 20; index += 1) {
      const form = { email: `guess${index}@example.com`, password: 'Spring2026' };
      await expect(signInWithPassword(deps, plainPasswords, form, office)).rejects.toThrow();
    }

    await expect(signInWithPassword(deps, plainPasswords, right, office)).rejects.toThrow('in 15 minutes');
    const elsewhere = { ...office, address: '198.51.100.7' };
    await expect(signInWithPassword(deps, plainPasswords, right, elsewhere)).resolves.toBeTypeOf('string');
  });

  it('does not count tries while locked, so that the lock ends', async () => {
    const { deps, person, pass } = peopleFixture();
    await person('ines', 'admin');
    for (let index = 0; index < 30; index += 1) {
      await expect(signInWithPassword(deps, plainPasswords, wrong, office)).rejects.toThrow();
    }

    pass(15);

    await expect(signInWithPassword(deps, plainPasswords, right, office)).resolves.toBeTypeOf('string');
  });

  it('keeps the password out of the activity record', async () => {
    const { deps, users, person } = peopleFixture();
    await person('ines', 'admin');
    await signInWithPassword(deps, plainPasswords, wrong, office).catch(() => null);

    expect(JSON.stringify(users.activity())).not.toContain('not hers');
  });

  it.each([
    [{}, 'email'],
    [{ email: 'no address', password: 'x' }, 'email'],
    [{ email: 'ines@example.com', password: '' }, 'password'],
    [{ email: ['a@b'], password: { $ne: 1 } }, 'email'],
    [null, 'form'],
  ])('refuses the form %j at the field %s', async (form, field) => {
    const { deps } = peopleFixture();

    await expect(signInWithPassword(deps, plainPasswords, form, office)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { [field]: expect.any(String) },
    });
  });
});
