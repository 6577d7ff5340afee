import { expect, it } from 'vitest';
import { parseSignInSearch } from './search-params.ts';

it('leads to the page that was asked for, and home otherwise', () => {
  expect(parseSignInSearch({ next: '/findings?q=openssl' }).next).toBe('/findings?q=openssl');
  expect(parseSignInSearch({ callbackUrl: 'http://localhost:3000/scans' }).next).toBe('/scans');
  expect(parseSignInSearch({ next: 'https://evil.example' }).next).toBe('/');
  expect(parseSignInSearch({}).next).toBe('/');
});

it.each([
  ['not-invited', 'An administrator can'],
  ['unverified', 'Keycloak has not verified'],
  ['Your account is closed, call 555', 'Sign-in through Keycloak did not work'],
  ['constructor', 'Sign-in through Keycloak did not work'],
])('the code %s becomes one of our own sentences', (error, sentence) => {
  expect(parseSignInSearch({ error }).refusal?.('Keycloak')).toContain(sentence);
});

it('says nothing when nothing went wrong', () => {
  expect(parseSignInSearch({ next: '/findings' }).refusal).toBeNull();
});
