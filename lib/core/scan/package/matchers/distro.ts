import { ecosystems } from '../../../ecosystems/registry.ts';
import type { Matcher } from '../matcher.ts';
import { evaluateRecord } from './evaluate-record.ts';

/** Packages of a distribution against its own records, which speak of source packages and of their versions. */
export const distro: Matcher = {
  id: 'distro',
  accepts: (pkg) => ecosystems[pkg.ecosystem].family === 'os',
  match: (pkg, key, entry) => evaluateRecord('distro', pkg, key, entry),
};
