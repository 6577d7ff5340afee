import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { pubspecLock } from '../../parsers/pubspec-lock.ts';
import { pub as pubOrder } from '../../versions/pub.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

/** Pub, of Dart and Flutter. */
export const pub: Ecosystem = {
  id: 'pub',
  displayName: 'Pub',
  family: 'language',
  purlType: 'pub',
  purlNamespaces: [],
  osvName: 'Pub',
  versions: pubOrder,
  parsers: [pubspecLock, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Pub', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  upgrades: ({ name, path }, fixedVersion) => [
    besideFile(path, { command: shellLine('dart', 'pub', 'add', `${name}:^${fixedVersion}`) }),
    {
      ...besideFile(path, { command: shellLine('dart', 'pub', 'upgrade', name) }),
      when: 'Where nothing but other packages asks for it',
    },
  ],
};
