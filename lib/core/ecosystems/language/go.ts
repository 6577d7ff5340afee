import { packageKey } from '../../model/ids.ts';
import { afterEachOther, shellLine } from '../../model/shell-line.ts';
import { executable } from '../../parsers/executable.ts';
import { goMod, goVendor } from '../../parsers/go-mod.ts';
import { goToolchain } from '../../parsers/version-files.ts';
import { go as goOrder } from '../../versions/go.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile, fileOf } from '../upgrade-way.ts';

/** Go modules, the standard library (`stdlib`) and the toolchain (`toolchain`). Names are module paths. */
export const go: Ecosystem = {
  id: 'go',
  displayName: 'Go',
  family: 'language',
  purlType: 'golang',
  purlNamespaces: [],
  osvName: 'Go',
  versions: goOrder,
  isLinkedIn: true,
  parsers: [executable, goMod, goVendor, goToolchain],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Go', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~][A-Za-z0-9._~-]*)*$/,
  upgrades({ name, path }, fixedVersion) {
    const version = fixedVersion.replace(/^(?:v|go)/, '');
    const wanted = { stdlib: `go@${version}`, toolchain: `toolchain@go${version}` }[name] ?? `${name}@v${version}`;
    const get = afterEachOther(shellLine('go', 'get', wanted), 'go mod tidy');
    if (path.endsWith('go.mod')) return [besideFile(path, { command: get })];
    if (path.endsWith('vendor/modules.txt')) {
      return [
        { ...besideFile(path, { command: afterEachOther(get, 'go mod vendor') }), folder: path.slice(0, -19) || '.' },
      ];
    }
    return [{ ...besideFile(path, { command: get }), folder: null, when: `In the module that builds ${fileOf(path)}` }];
  },
};
