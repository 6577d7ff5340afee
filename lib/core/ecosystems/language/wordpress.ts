import { packageKey } from '../../model/ids.ts';
import { wordpressCore, wordpressPlugin, wordpressReadme, wordpressTheme } from '../../parsers/wordpress.ts';
import { semver } from '../../versions/semver.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { lineWay } from '../upgrade-way.ts';

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
  namePattern: /^(?:wordpress|(?:plugin|theme)\/[A-Za-z0-9_][A-Za-z0-9_.-]*)$/,
  upgrades({ name }, fixedVersion) {
    const [kind = '', slug] = name.split('/');
    return [
      slug === undefined
        ? lineWay('wp', 'core', 'update', `--version=${fixedVersion}`)
        : lineWay('wp', kind, 'update', slug, `--version=${fixedVersion}`),
    ];
  },
};
