import { compareDigits } from './digits.ts';
import { comparePrerelease, identifiersOf } from './prerelease.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface SemverVersion {
  /** Major, minor and patch as digits of any length. */
  readonly core: readonly [string, string, string];
  /** Identifiers of the pre-release; empty for a release. */
  readonly prerelease: readonly string[];
  /** True where more than three numbers were written: the rest counts as build metadata. */
  readonly overlong: boolean;
}

/**
 * Semantic Versioning 2.0.0 as OSV's SEMVER ranges use it, a little wider than the grammar: a leading "v" or "=" is
 * dropped, missing numbers are zero, numbers after the third are build metadata, and a pre-release may follow without
 * its hyphen when it starts with a letter (npm calls that "loose"). Build metadata never orders.
 */
export const semver: VersionScheme<SemverVersion> = {
  id: 'semver',
  parse,
  compare,
  isDoubtful: (version) => version.overlong,
};

const CORE = /^[0-9]+(?:\.[0-9]+)*/;

function parse(text: string): SemverVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const trimmed = text.trim().replace(/^=?[vV]?/, '');
  const plus = trimmed.indexOf('+');
  const precedence = plus === -1 ? trimmed : trimmed.slice(0, plus);
  if (plus !== -1 && identifiersOf(trimmed.slice(plus + 1)) === null) {
    return null;
  }
  const core = CORE.exec(precedence)?.[0];
  if (core === undefined) {
    return null;
  }
  const prerelease = prereleaseOf(precedence.slice(core.length));
  if (prerelease === null) {
    return null;
  }
  const numbers = core.split('.');
  const [major = '0', minor = '0', patch = '0'] = numbers;
  return { core: [major, minor, patch], prerelease, overlong: numbers.length > 3 };
}

function prereleaseOf(rest: string): readonly string[] | null {
  if (rest === '') {
    return [];
  }
  const identifiers = rest.startsWith('-') ? rest.slice(1) : rest;
  if (!rest.startsWith('-') && !/^[A-Za-z]/.test(rest)) {
    return null;
  }
  return identifiersOf(identifiers);
}

function compare(a: SemverVersion, b: SemverVersion): Order {
  return compareCore(a.core, b.core) || comparePrerelease(a.prerelease, b.prerelease);
}

/** Major, then minor, then patch. */
export function compareCore(a: SemverVersion['core'], b: SemverVersion['core']): Order {
  return compareDigits(a[0], b[0]) || compareDigits(a[1], b[1]) || compareDigits(a[2], b[2]);
}
