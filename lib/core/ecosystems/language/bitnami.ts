import { packageKey } from '../../model/ids.ts';
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
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Bitnami', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
