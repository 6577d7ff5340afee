import { packageKey } from '../../model/ids.ts';
import { conanLock } from '../../parsers/conan-lock.ts';
import { conanFile, conanInfo } from '../../parsers/conan-text.ts';
import { conan as conanOrder } from '../../versions/conan.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

/** ConanCenter, of C and C++. */
export const conan: Ecosystem = {
  id: 'conan',
  displayName: 'ConanCenter',
  family: 'language',
  purlType: 'conan',
  purlNamespaces: [],
  osvName: 'ConanCenter',
  versions: conanOrder,
  parsers: [conanLock, conanInfo, conanFile],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('ConanCenter', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9_+.-]*$/,
  upgrades: ({ name, path }, fixedVersion) => [
    besideFile(path, {
      edit: { file: 'conanfile.txt', text: `${name}/${fixedVersion}` },
      command: 'conan install . --build=missing',
    }),
  ],
};
