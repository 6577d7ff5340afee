import { packageKey } from '../../model/ids.ts';
import { bitnamiComponents, bitnamiSpdx } from '../../parsers/bitnami.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** Applications as Bitnami packages them in images. */
export const bitnami: Ecosystem = {
  id: 'bitnami',
  displayName: 'Bitnami',
  family: 'language',
  purlType: 'bitnami',
  purlNamespaces: [],
  osvName: 'Bitnami',
  versions: semver,
  parsers: [bitnamiComponents, bitnamiSpdx],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Bitnami', pkg.name)],
  // Bitnami counts its own builds of a release behind a hyphen, where versions of this scheme have a pre-release.
  advisoryVersion: (pkg) => pkg.version.replace(/-[0-9]+$/, ''),
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9+._-]*$/,
  upgrades: () => [],
};
