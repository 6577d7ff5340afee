import type { VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';
import { type SemverVersion, semver } from './semver.ts';

const TOOLCHAIN = /^(?:go)?([0-9]+(?:\.[0-9]+){0,2})(?:(alpha|beta|rc)([0-9]+))?(?:[ -].*)?$/;

/**
 * Versions of Go modules ("v1.2.3", "v0.0.0-20210101000000-abcdefabcdef", "+incompatible") and of the toolchain
 * ("go1.21rc2"), as golang.org/x/mod/semver and the Go vulnerability database order them.
 */
export const go: VersionScheme<SemverVersion> = {
  id: 'go',
  parse,
  compare: semver.compare as VersionScheme<SemverVersion>['compare'],
  isDoubtful: (version) => version.overlong,
};

function parse(text: string): SemverVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const version = text.trim();
  const toolchain = version.startsWith('go') || /^[0-9.]+(?:alpha|beta|rc)[0-9]+$/.test(version);
  const found = toolchain ? TOOLCHAIN.exec(version) : null;
  if (toolchain && found === null) {
    return null;
  }
  // A distribution's own mark behind the version ("go1.21.3 X:boringcrypto", "go1.21.3-google") does not order.
  const written = found === null ? version : `${found[1]}${found[2] === undefined ? '' : `-${found[2]}.${found[3]}`}`;
  return semver.parse(written) as SemverVersion | null;
}
