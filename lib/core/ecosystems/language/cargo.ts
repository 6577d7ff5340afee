import { packageKey } from '../../model/ids.ts';
import { cargoLock } from '../../parsers/cargo-lock.ts';
import { executable } from '../../parsers/executable.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { CARGO_NAME, cargoUpgrades } from './cargo-upgrade.ts';

/** crates.io. Names that differ by hyphen and underscore alone are one crate. */
export const cargo: Ecosystem = {
  id: 'cargo',
  displayName: 'crates.io',
  family: 'language',
  purlType: 'cargo',
  purlNamespaces: [],
  osvName: 'crates.io',
  versions: semver,
  isLinkedIn: true,
  parsers: [executable, cargoLock, manifestWithoutLock],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('crates.io', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: CARGO_NAME,
  upgrades: cargoUpgrades,
};

function normalizeName(name: string): string {
  return name.replaceAll('_', '-');
}
