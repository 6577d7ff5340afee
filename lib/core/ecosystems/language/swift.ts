import { packageKey } from '../../model/ids.ts';
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
  parsers: [],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('SwiftURL', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};

function normalizeName(name: string): string {
  return name
    .replace(/^https?:\/\//, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
