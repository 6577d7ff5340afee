import { afterEachOther, shellLine } from '../../model/shell-line.ts';
import type { UpgradedPackage, UpgradeWay } from '../upgrade-way.ts';

/** Names of packages of Debian and what is made from it. */
export const DPKG_NAME = /^[a-z0-9][a-z0-9+.-]*$/;

/** Raised with apt. No version in the line: an archive keeps only its newest build, which is the fix or comes after it. */
export function aptUpgrade(
  { name, path }: UpgradedPackage,
  _fixedVersion: string,
  also: readonly string[],
): readonly UpgradeWay[] {
  // Images without a shell list their packages one by one and have no apt: they are built again on a newer base.
  if (path.includes('/dpkg/status.d/')) return [];
  const install = shellLine('apt-get', 'install', '--only-upgrade', ...new Set([name, ...also]));
  return [{ when: null, folder: null, edit: null, command: afterEachOther('apt-get update', install) }];
}
