import { compareDigits, compareText } from './digits.ts';
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
const IDENTIFIERS = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/;

function parse(text: string): SemverVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const trimmed = text.trim().replace(/^=?[vV]?/, '');
  const plus = trimmed.indexOf('+');
  const precedence = plus === -1 ? trimmed : trimmed.slice(0, plus);
  if (plus !== -1 && !IDENTIFIERS.test(trimmed.slice(plus + 1))) {
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
  return IDENTIFIERS.test(identifiers) ? identifiers.split('.') : null;
}

function compare(a: SemverVersion, b: SemverVersion): Order {
  return (
    compareDigits(a.core[0], b.core[0]) ||
    compareDigits(a.core[1], b.core[1]) ||
    compareDigits(a.core[2], b.core[2]) ||
    comparePrerelease(a.prerelease, b.prerelease)
  );
}

function comparePrerelease(a: readonly string[], b: readonly string[]): Order {
  // A pre-release comes before the release it leads to.
  if (a.length === 0 || b.length === 0) {
    return orderOf(Number(a.length === 0) - Number(b.length === 0));
  }
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareIdentifier(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}

function compareIdentifier(a: string, b: string): Order {
  const aIsNumber = /^[0-9]+$/.test(a);
  const bIsNumber = /^[0-9]+$/.test(b);
  if (aIsNumber && bIsNumber) {
    return compareDigits(a, b);
  }
  if (aIsNumber !== bIsNumber) {
    return aIsNumber ? -1 : 1;
  }
  return compareText(a, b);
}

function orderOf(difference: number): Order {
  if (difference === 0) {
    return 0;
  }
  return difference < 0 ? -1 : 1;
}
