import { compareDigits } from './digits.ts';
import { comparePrerelease, identifiersOf } from './prerelease.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface NugetVersion {
  /** Major, minor, patch and revision as digits of any length. */
  readonly numbers: readonly string[];
  /** In lower case; empty for a release. */
  readonly prerelease: readonly string[];
}

/**
 * Versions of NuGet: up to four numbers, missing ones zero, and a pre-release in any case. Rules: "Package versioning"
 * of the NuGet reference. Build metadata never orders.
 */
export const nuget: VersionScheme<NugetVersion> = { id: 'nuget', parse, compare, isDoubtful: () => false };

const VERSION = /^[vV]?([0-9]+(?:\.[0-9]+){0,3})(?:-([^+]+))?(?:\+(.+))?$/;

function parse(text: string): NugetVersion | null {
  const found = text.length > VERSION_LENGTH_MAX ? null : VERSION.exec(text.trim());
  if (found === null) {
    return null;
  }
  const [, numbers = '', prerelease, build] = found;
  const identifiers = prerelease === undefined ? [] : identifiersOf(prerelease.toLowerCase());
  const isWhole = identifiers !== null && (build === undefined || identifiersOf(build) !== null);
  return isWhole ? { numbers: numbers.split('.'), prerelease: identifiers } : null;
}

function compare(a: NugetVersion, b: NugetVersion): Order {
  for (let index = 0; index < 4; index += 1) {
    const order = compareDigits(a.numbers[index] ?? '0', b.numbers[index] ?? '0');
    if (order !== 0) {
      return order;
    }
  }
  return comparePrerelease(a.prerelease, b.prerelease);
}
