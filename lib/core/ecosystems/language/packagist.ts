import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { composerInstalled, composerLock } from '../../parsers/composer-lock.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { packagist as packagistOrder } from '../../versions/packagist.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

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
  namePattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*\/[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  upgrades({ name, path }, fixedVersion) {
    const folder = path.endsWith('composer/installed.json')
      ? path.replace(/(?:^|\/)[^/]*\/composer\/[^/]*$/, '') || '.'
      : null;
    const line = (...words: readonly string[]) =>
      besideFile(path, { command: shellLine(...words), ...(folder && { folder }) });
    return [
      line('composer', 'require', `${name}:^${fixedVersion}`, '--update-with-all-dependencies'),
      {
        ...line('composer', 'update', name, '--with-all-dependencies'),
        when: 'Where nothing but other packages asks for it',
      },
    ];
  },
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
