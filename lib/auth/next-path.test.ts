import { expect, it } from 'vitest';
import { HOME_PATH, nextPath, signInPath } from './next-path.ts';

it.each([
  ['/findings?severity=critical&account=101010101010', '/findings?severity=critical&account=101010101010'],
  ['/settings/users', '/settings/users'],
  ['/findings#top', '/findings'],
  ['https://evil.example/', HOME_PATH],
  ['//evil.example/', HOME_PATH],
  ['/\\evil.example', HOME_PATH],
  ['/\t/evil.example', HOME_PATH],
  ['/.//evil.example', HOME_PATH],
  ['\n//evil.example', HOME_PATH],
  ['javascript:alert(1)', HOME_PATH],
  ['findings', HOME_PATH],
  ['/sign-in?next=/sign-in', HOME_PATH],
  ['/api/auth/signout', HOME_PATH],
  [`/${'a'.repeat(3000)}`, HOME_PATH],
  [['/a', '/b'], HOME_PATH],
  [undefined, HOME_PATH],
])('after sign-in, %j leads to %s', (asked, path) => {
  expect(nextPath(asked)).toBe(path);
});

it('the way to sign-in remembers where somebody wanted to go', () => {
  expect(signInPath('/findings?q=a b')).toBe('/sign-in?next=%2Ffindings%3Fq%3Da%2520b');
  expect(signInPath(HOME_PATH)).toBe('/sign-in');
  expect(signInPath(null)).toBe('/sign-in');
});
