import { packageKey } from '../../model/ids.ts';
import { bunLock } from '../../parsers/bun-lock.ts';
import { bunLockb } from '../../parsers/bun-lockb.ts';
import { denoLock } from '../../parsers/deno-lock.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { npmLock } from '../../parsers/npm-lock.ts';
import { npmPackage } from '../../parsers/npm-package.ts';
import { pnpmLock } from '../../parsers/pnpm-lock.ts';
import { yarnLock } from '../../parsers/yarn-lock.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { NPM_NAME, npmUpgrades } from './npm-upgrade.ts';

/** npm. Names are kept as they are written: old packages differ from newer ones by case alone. */
export const npm: Ecosystem = {
  id: 'npm',
  displayName: 'npm',
  family: 'language',
  purlType: 'npm',
  purlNamespaces: [],
  osvName: 'npm',
  versions: semver,
  parsers: [npmPackage, npmLock, yarnLock, pnpmLock, bunLock, bunLockb, denoLock, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('npm', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: NPM_NAME,
  upgrades: npmUpgrades,
};
