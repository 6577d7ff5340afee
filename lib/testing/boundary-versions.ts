import type { VersionScheme } from '../core/versions/scheme.ts';
import type { RawAffected } from './osv-evaluation.ts';

/**
 * The versions at which an entry's answer may change: at each event, just before it and just after it. Where versions
 * have no order, those are the listed ones, and one that is not listed.
 */
export function boundaryVersions(entry: RawAffected, scheme: VersionScheme['id']): readonly string[] {
  const versions = new Set<string>();
  // Events of a Git range are commits, which no installed package names.
  for (const { events } of (entry.ranges ?? []).filter(({ type }) => type !== 'GIT')) {
    for (const { introduced, fixed, last_affected: last } of events) {
      for (const at of [introduced, fixed, last]) {
        if (at !== undefined && at !== '0') {
          for (const version of [at, justBefore(at, scheme), justAfter(at, scheme)]) {
            versions.add(version);
          }
        }
      }
    }
  }
  const listed = entry.versions ?? [];
  for (const version of [listed[0], listed[listed.length >> 1], listed.at(-1)]) {
    if (version !== undefined) {
      versions.add(version);
      if (scheme === 'tag') {
        versions.add(justAfter(version, scheme));
      }
    }
  }
  // An entry without bounds covers everything, or names commits alone, or nothing; all three have an answer.
  return versions.size === 0 ? ['1.0.0'] : [...versions];
}

/** A version that the scheme orders a little below. It need not exist: only the answer for it matters. */
export function justBefore(version: string, scheme: VersionScheme['id']): string {
  switch (scheme) {
    case 'deb':
    case 'rpm':
      return `${version}~`;
    case 'apk':
      return /-r[1-9]/.test(version) ? shiftLast(version, -1) : version.replace(/(-r[0-9]+)?$/, '_alpha$1');
    case 'pep440':
      return `${version}.dev0`;
    case 'maven':
      return `${version}-alpha`;
    case 'gem':
      return `${version}.a`;
    case 'packagist':
      return `${version}-dev`;
    case 'hackage':
    case 'cran':
      return shiftLast(version, -1);
    default:
      return /[-+]/.test(version) ? shiftLast(version, -1) : `${version}-0`;
  }
}

export function justAfter(version: string, scheme: VersionScheme['id']): string {
  switch (scheme) {
    case 'deb':
    case 'rpm':
    case 'tag':
      return `${version}+1`;
    case 'pep440':
      return `${version}.post1`;
    case 'maven':
    case 'gem':
    case 'packagist':
    case 'hackage':
    case 'cran':
      return `${version}.1`;
    default:
      return shiftLast(version, 1);
  }
}

/** Adds to the last number in the text. */
function shiftLast(version: string, by: number): string {
  return version.replace(/([0-9]+)([^0-9]*)$/, (_, digits: string, rest: string) => {
    const shifted = BigInt(digits) + BigInt(by);
    return `${shifted < 0n ? 0n : shifted}${rest}`;
  });
}
