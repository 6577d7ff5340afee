import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Mageia. Advisories name source packages, one ecosystem per release: `Mageia:9`. */
export const mageia: Ecosystem = distribution({
  id: 'mageia',
  displayName: 'Mageia',
  purlType: 'rpm',
  purlNamespaces: ['mageia'],
  osvName: 'Mageia',
  versions: rpm,
  names: 'source',
  releases: (distro) => (distro.id === 'mageia' && majorOf(distro) !== null ? [`Mageia:${majorOf(distro)}`] : []),
  upgrade: ['dnf', 'upgrade'],
});
