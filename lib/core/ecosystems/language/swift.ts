import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { packageResolved } from '../../parsers/package-resolved.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  upgradeCommand: (pkg) => shellLine('swift', 'package', 'update', pkg.name.slice(pkg.name.lastIndexOf('/') + 1)),
};

function normalizeName(name: string): string {
  return name
    .replace(/^https?:\/\//, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
