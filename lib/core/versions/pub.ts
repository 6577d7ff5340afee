import { compareIdentifiers, comparePrerelease, identifiersOf } from './prerelease.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { compareCore, type SemverVersion, semver } from './semver.ts';

export interface PubVersion extends SemverVersion {
  readonly build: readonly string[];
}

/** Versions of Dart's pub: semantic versions whose build metadata orders, after the plain release. Rules: pub_semver. */
export const pub: VersionScheme<PubVersion> = {
  id: 'pub',
  parse,
  compare,
  isDoubtful: (version) => version.overlong,
};

function parse(text: string): PubVersion | null {
  const version = semver.parse(text) as SemverVersion | null;
  if (version === null) {
    return null;
  }
  const plus = text.indexOf('+');
  return { ...version, build: plus === -1 ? [] : (identifiersOf(text.slice(plus + 1).trim()) ?? []) };
}

function compare(a: PubVersion, b: PubVersion): Order {
  return (
    compareCore(a.core, b.core) || comparePrerelease(a.prerelease, b.prerelease) || compareIdentifiers(a.build, b.build)
  );
}
