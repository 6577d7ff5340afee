import { expect, it } from 'vitest';
import { seal, unseal } from './sealed.ts';

const SECRET = 'a secret of this installation, long enough';

it('what was sealed comes out again, and never looks the same twice', () => {
  for (const text of ['', 'pässword ✓', 'x'.repeat(10_000)]) {
    const sealed = seal(text, 'registry a', SECRET);

    expect(unseal(sealed, 'registry a', SECRET)).toBe(text);
    expect(sealed.equals(seal(text, 'registry a', SECRET))).toBe(false);
    expect(text !== '' && sealed.includes(text)).toBe(false);
  }
});

it('it does not come out for another purpose, under another secret, or when a bit was changed', () => {
  const sealed = seal('password', 'registry a', SECRET);

  expect(unseal(sealed, 'registry b', SECRET)).toBeNull();
  expect(unseal(sealed, 'registry a', `${SECRET}!`)).toBeNull();
  expect(unseal(new Uint8Array(3), 'registry a', SECRET)).toBeNull();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unseal(changed, 'registry a', SECRET)).toBeNull();
  }
});
