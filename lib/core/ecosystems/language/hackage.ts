import { packageKey } from '../../model/ids.ts';
import { cabalFreeze } from '../../parsers/cabal-freeze.ts';
import { stackLock, stackYaml } from '../../parsers/stack-lock.ts';
import { hackage as hackageOrder } from '../../versions/hackage.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { besideFile } from '../upgrade-way.ts';

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
  namePattern: /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/,
  upgrades: ({ name, path }, fixedVersion) => [
    path.includes('stack.yaml')
      ? besideFile(path, {
          edit: { file: 'stack.yaml', text: `extra-deps:\n- ${name}-${fixedVersion}` },
          command: 'stack build',
        })
      : besideFile(path, {
          edit: { file: 'cabal.project', text: `constraints: ${name} >=${fixedVersion}` },
          command: 'cabal freeze',
        }),
  ],
};
