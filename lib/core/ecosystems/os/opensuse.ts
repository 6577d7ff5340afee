import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** openSUSE. Advisories name source packages: `openSUSE:Leap 15.5`, `openSUSE:Tumbleweed`. */
export const opensuse: Ecosystem = distribution({
  id: 'opensuse',
  displayName: 'openSUSE',
  purlType: 'rpm',
  purlNamespaces: ['opensuse'],
  osvName: 'openSUSE',
  versions: rpm,
  names: 'source',
  releases: (distro) => {
    if (distro.id === 'opensuse-tumbleweed') {
      return ['openSUSE:Tumbleweed'];
    }
    return distro.id === 'opensuse-leap' && distro.versionId !== '' ? [`openSUSE:Leap ${distro.versionId}`] : [];
  },
  upgrade: ['zypper', 'update'],
});
