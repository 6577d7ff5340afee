import { describe, expect, it } from 'vitest';
import { argon2Passwords } from './password.ts';

describe('passwords', () => {
  it('are kept as argon2id with at least 19 MiB and two passes', async () => {
    const stored = await argon2Passwords.hash('correct horse battery');

    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await argon2Passwords.verify('correct horse battery', stored)).toBe(true);
    expect(await argon2Passwords.verify('correct horse batterz', stored)).toBe(false);
  });

  it('never match where nobody has the e-mail, and take the time of a real check', async () => {
    await argon2Passwords.verify('the first check also makes the decoy', null);

    const started = performance.now();
    const matches = await argon2Passwords.verify('wrong', null);

    expect(matches).toBe(false);
    // A check that was skipped would end within microseconds; no machine hashes 19 MiB twice within a millisecond.
    expect(performance.now() - started).toBeGreaterThan(1);
  });
});
