import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { composerInstalled, composerLock } from '../../parsers/composer-lock.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { packagist as packagistOrder } from '../../versions/packagist.ts';
import type { Ecosystem } from '../ecosystem.ts';

const DRUPAL = 'Packagist:https://packages.drupal.org/8';

/** Packagist, and the repository of Drupal that Composer reads beside it. Names are lower case. */
export const packagist: Ecosystem = {
  id: 'packagist',
  displayName: 'Packagist',
  family: 'language',
  purlType: 'composer',
  purlNamespaces: [],
  osvName: 'Packagist',
  versions: packagistOrder,
  parsers: [composerLock, composerInstalled, manifestWithoutLock],
  normalizeName,
  advisoryKeys: (pkg) => {
    const name = normalizeName(pkg.name);
    const own = packageKey('Packagist', name);
    return name.startsWith('drupal/') ? [own, packageKey(DRUPAL, name)] : [own];
  },
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: (pkg, fixedVersion) => shellLine('composer', 'require', `${pkg.name}:^${fixedVersion}`),
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
