import { ecosystems } from '../../../ecosystems/registry.ts';
import type { Matcher } from '../matcher.ts';
import { evaluateRecord } from './evaluate-record.ts';

/** Packages of a programming language, by their own name and version. */
export const language: Matcher = {
  id: 'language',
  accepts: (pkg) => ecosystems[pkg.ecosystem].family === 'language',
  match: (pkg, key, entry) => evaluateRecord('language', pkg, key, entry),
};
