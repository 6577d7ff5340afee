import { packageKey } from '../../model/ids.ts';
import { hackage } from '../../versions/hackage.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** The Glasgow Haskell Compiler and what comes with it. */
export const ghc: Ecosystem = {
  id: 'ghc',
  displayName: 'GHC',
  family: 'language',
  purlType: null,
  purlNamespaces: [],
  osvName: 'GHC',
  versions: hackage,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('GHC', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/,
  upgrades: () => [],
};
