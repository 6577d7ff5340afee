import { apk } from '../../versions/apk.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Alpine. Advisories name source packages (`origin`), one ecosystem per branch: `Alpine:v3.18`. */
export const alpine: Ecosystem = distribution({
  id: 'alpine',
  displayName: 'Alpine',
  purlType: 'apk',
  purlNamespaces: ['alpine'],
  osvName: 'Alpine',
  versions: apk,
  names: 'source',
  releases: (distro) => {
    // The rolling branch calls itself by the release that it will become: 3.23.0_alpha20250612.
    if (distro.id === 'alpine' && /^edge$|_alpha/.test(distro.versionId)) {
      return ['Alpine:edge'];
    }
    const branch = distro.id === 'alpine' ? /^[0-9]+\.[0-9]+/.exec(distro.versionId)?.[0] : undefined;
    return branch === undefined ? [] : [`Alpine:v${branch}`];
  },
  upgrade: ['apk', 'upgrade', '--update-cache'],
});
