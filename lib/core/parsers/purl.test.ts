import { expect, it } from 'vitest';
import { fromPurl, toPurl } from './purl.ts';

it.each([
  'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=debian-12',
  'pkg:npm/%40babel/core@7.0.0',
  'pkg:pypi/django@3.2.1',
])('%s survives reading and writing', (text) => {
  const parts = fromPurl(text);

  expect(parts === null ? null : toPurl(parts)).toBe(text);
});

it.each(['', 'pkg:', 'npm/x@1', 'pkg:npm', 'http://x'])('%j is no purl', (text) => {
  expect(fromPurl(text)).toBeNull();
});

it('a plus sign in a qualifier is a plus sign', () => {
  expect(fromPurl('pkg:deb/debian/a@1?upstream=a-1+deb10u3')?.qualifiers).toEqual({ upstream: 'a-1+deb10u3' });
});
