import { packageKey } from '../../model/ids.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** Julia's General registry. */
export const julia: Ecosystem = {
  id: 'julia',
  displayName: 'Julia',
  family: 'language',
  purlType: 'julia',
  purlNamespaces: [],
  osvName: 'Julia',
  versions: semver,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Julia', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
