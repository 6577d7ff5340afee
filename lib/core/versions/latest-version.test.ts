import { expect, it } from 'vitest';
import { latestVersion } from './latest-version.ts';
import { schemes } from './registry.ts';

it('the latest version is the latest in the order of the scheme, and not of the letters', () => {
  expect(latestVersion(schemes.semver, ['4.17.9', '4.17.21', '4.17.20'])).toBe('4.17.21');
  expect(latestVersion(schemes.deb, ['1:1.0-1', '2.0-1', '1:1.0-1~deb12u1'])).toBe('1:1.0-1');
});

it('there is none of none, nor where one of them is no version', () => {
  expect(latestVersion(schemes.semver, [])).toBeNull();
  expect(latestVersion(schemes.semver, ['1.0.0', 'unknown'])).toBeNull();
  expect(latestVersion(schemes.semver, ['unknown'])).toBe('unknown');
});
