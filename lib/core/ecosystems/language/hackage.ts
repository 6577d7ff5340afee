import { packageKey } from '../../model/ids.ts';
import { cabalFreeze } from '../../parsers/cabal-freeze.ts';
import { stackLock, stackYaml } from '../../parsers/stack-lock.ts';
import { hackage as hackageOrder } from '../../versions/hackage.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** Hackage, of Haskell. */
export const hackage: Ecosystem = {
  id: 'hackage',
  displayName: 'Hackage',
  family: 'language',
  purlType: 'hackage',
  purlNamespaces: [],
  osvName: 'Hackage',
  versions: hackageOrder,
  parsers: [stackLock, stackYaml, cabalFreeze],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Hackage', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
