import { packageKey } from '../../model/ids.ts';
import { gemfileLock } from '../../parsers/gemfile-lock.ts';
import { gemspec } from '../../parsers/gemspec.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { gem } from '../../versions/gem.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { GEM_NAME, gemUpgrades } from './gem-upgrade.ts';

/** RubyGems. */
export const rubygems: Ecosystem = {
  id: 'rubygems',
  displayName: 'RubyGems',
  family: 'language',
  purlType: 'gem',
  purlNamespaces: [],
  osvName: 'RubyGems',
  versions: gem,
  parsers: [gemfileLock, gemspec, manifestWithoutLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('RubyGems', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: GEM_NAME,
  upgrades: gemUpgrades,
};
