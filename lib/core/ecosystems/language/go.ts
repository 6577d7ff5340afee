import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { executable } from '../../parsers/executable.ts';
import { goMod, goVendor } from '../../parsers/go-mod.ts';
import { goToolchain } from '../../parsers/version-files.ts';
import { go as goOrder } from '../../versions/go.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  upgradeCommand: (pkg, fixedVersion) =>
    pkg.name === 'stdlib' || pkg.name === 'toolchain' ? null : shellLine('go', 'get', `${pkg.name}@v${fixedVersion}`),
};
