import { packageKey } from '../../model/ids.ts';
import { shellLine } from '../../model/shell-line.ts';
import { wordpressCore, wordpressPlugin, wordpressReadme, wordpressTheme } from '../../parsers/wordpress.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';

/**
 * WordPress with its plugins and themes: `wordpress`, `plugin/<slug>`, `theme/<slug>`. Bitnami speaks of releases of WordPress
 * itself; no feed of Harrier names plugins or themes, so they are said to be without advisories.
 */
export const wordpress: Ecosystem = {
  id: 'wordpress',
  displayName: 'WordPress',
  family: 'language',
  purlType: 'wordpress',
  purlNamespaces: [],
  osvName: null,
  versions: semver,
  advisedBy: 'bitnami',
  parsers: [wordpressCore, wordpressPlugin, wordpressReadme, wordpressTheme],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => (pkg.name.includes('/') ? [] : [packageKey('Bitnami', pkg.name)]),
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand(pkg, fixedVersion) {
    const [kind = '', slug] = pkg.name.split('/');
    return slug === undefined
      ? shellLine('wp', 'core', 'update', `--version=${fixedVersion}`)
      : shellLine('wp', kind, 'update', slug, `--version=${fixedVersion}`);
  },
};
