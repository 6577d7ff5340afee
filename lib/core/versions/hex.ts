import type { VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';
import { type SemverVersion, semver } from './semver.ts';

const STRICT = /^[0-9]+\.[0-9]+\.[0-9]+(?:[-+].*)?$/;

/** Versions of Hex: semantic versions with all three numbers, as Elixir's Version.parse demands. */
export const hex: VersionScheme<SemverVersion> = {
  id: 'hex',
  parse: (text) =>
    text.length <= VERSION_LENGTH_MAX && STRICT.test(text.trim()) ? (semver.parse(text) as SemverVersion | null) : null,
  compare: semver.compare as VersionScheme<SemverVersion>['compare'],
  isDoubtful: () => false,
};
