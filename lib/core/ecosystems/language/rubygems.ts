import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { gemfileLock } from '../../parsers/gemfile-lock.ts';
import { gemspec } from '../../parsers/gemspec.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { gem } from '../../versions/gem.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  upgradeCommand: (pkg, fixedVersion) =>
    pkg.packageManager === 'BUNDLER'
      ? shellLine('bundle', 'update', '--conservative', pkg.name)
      : shellLine('gem', 'install', pkg.name, '--version', `>= ${fixedVersion}`),
};
