import { packageKey } from '../../model/ids.ts';
import { executable } from '../../parsers/executable.ts';
import { aspnetRuntime, dotnetRuntime, javaRelease, nodeHeader } from '../../parsers/version-files.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** Programs that were copied into an image and belong to no package. Bitnami publishes advisories about upstream releases of many of them. */
export const generic: Ecosystem = {
  id: 'generic',
  displayName: 'Copied binaries',
  family: 'language',
  purlType: 'generic',
  purlNamespaces: [],
  osvName: null,
  versions: semver,
  advisedBy: 'bitnami',
  parsers: [executable, javaRelease, nodeHeader, dotnetRuntime, aspnetRuntime],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Bitnami', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: /^[A-Za-z0-9_][A-Za-z0-9+._-]*$/,
  upgrades: () => [],
};
