import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { packageResolved } from '../../parsers/package-resolved.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

/** Swift packages, named by the address of their repository without its scheme. */
export const swift: Ecosystem = {
  id: 'swift',
  displayName: 'Swift',
  family: 'language',
  purlType: 'swift',
  purlNamespaces: [],
  osvName: 'SwiftURL',
  versions: semver,
  parsers: [packageResolved, manifestWithoutLock],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('SwiftURL', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^(?:https?:\/\/)?[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Za-z0-9_~][A-Za-z0-9_.~-]*)*$/,
  upgrades: ({ name, path }) => [
    besideFile(path, {
      command: shellLine('swift', 'package', 'update', name.slice(name.lastIndexOf('/') + 1).replace(/\.git$/, '')),
    }),
  ],
};

function normalizeName(name: string): string {
  return name
    .replace(/^https?:\/\//, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
