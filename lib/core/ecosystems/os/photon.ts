import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution } from './distribution.ts';

/** Photon OS. Advisories name source packages, one ecosystem per release: `Photon OS:4.0`. */
export const photon: Ecosystem = distribution({
  id: 'photon',
  displayName: 'Photon OS',
  purlType: 'rpm',
  purlNamespaces: ['photon', 'vmware'],
  osvName: 'Photon OS',
  versions: rpm,
  names: 'source',
  releases: (distro) => (distro.id === 'photon' && distro.versionId !== '' ? [`Photon OS:${distro.versionId}`] : []),
  upgrade: ['tdnf', 'update'],
});
