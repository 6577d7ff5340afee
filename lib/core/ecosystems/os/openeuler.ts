import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** openEuler. Advisories name binary packages, one ecosystem per release: `openEuler:22.03-LTS-SP1`. */
export const openeuler: Ecosystem = distribution({
  id: 'openeuler',
  displayName: 'openEuler',
  purlType: 'rpm',
  purlNamespaces: ['openeuler', 'openEuler'],
  osvName: 'openEuler',
  versions: rpm,
  names: 'binary',
  releases: (distro) => {
    const isOpenEuler = distro.id.toLowerCase() === 'openeuler' && distro.versionId !== '';
    // VERSION_ID has the number alone; the name says which service pack: "openEuler 22.03 (LTS-SP1)".
    const pack = /\((LTS[A-Z0-9-]*)\)/.exec(distro.prettyName)?.[1];
    return isOpenEuler ? [`openEuler:${distro.versionId}${pack === undefined ? '' : `-${pack}`}`] : [];
  },
  upgrade: ['dnf', 'upgrade'],
});
