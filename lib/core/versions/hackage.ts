import { compareNumbers } from './numbers.ts';
import type { VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

const VERSION = /^[0-9]+(?:\.[0-9]+)*$/;

/** Versions of Hackage: numbers between dots, ordered as lists, so 1.0 is older than 1.0.0. Rules: Haskell PVP. */
export const hackage: VersionScheme<readonly string[]> = {
  id: 'hackage',
  parse(text) {
    const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim();
    return VERSION.test(version) ? version.split('.') : null;
  },
  compare: compareNumbers,
  isDoubtful: () => false,
};
