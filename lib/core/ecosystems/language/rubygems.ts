import { packageKey } from '../../model/ids.ts';
import { gem } from '../../versions/gem.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { shellLine } from '../shell-line.ts';

/** RubyGems. */
export const rubygems: Ecosystem = {
  id: 'rubygems',
  displayName: 'RubyGems',
  family: 'language',
  purlType: 'gem',
  purlNamespaces: [],
  osvName: 'RubyGems',
  versions: gem,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('RubyGems', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: (pkg, fixedVersion) => shellLine('gem', 'install', pkg.name, '--version', `>= ${fixedVersion}`),
};
