import { shellLine } from '../../model/shell-line.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { podfileLock } from '../../parsers/podfile-lock.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

/** CocoaPods. Nobody publishes advisories by the names of its pods, so they are listed and said to be without any. */
export const cocoapods: Ecosystem = {
  id: 'cocoapods',
  displayName: 'CocoaPods',
  family: 'language',
  purlType: 'cocoapods',
  purlNamespaces: [],
  osvName: null,
  versions: semver,
  parsers: [podfileLock, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: () => [],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_+.-]*(?:\/[A-Za-z0-9_+.-]+)*$/,
  upgrades: ({ name, path }) => [besideFile(path, { command: shellLine('pod', 'update', name) })],
};
