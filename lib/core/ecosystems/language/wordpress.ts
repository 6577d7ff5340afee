import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/** WordPress with its plugins and themes: `core`, `plugin/<slug>`, `theme/<slug>`. No feed of Harrier names them, so they are said to be without advisories. */
export const wordpress: Ecosystem = {
  id: 'wordpress',
  displayName: 'WordPress',
  family: 'language',
  purlType: 'wordpress',
  purlNamespaces: [],
  osvName: 'WordPress',
  versions: semver,
  parsers: [],
  normalizeName: (name) => name,
  advisoryKeys: () => [],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
