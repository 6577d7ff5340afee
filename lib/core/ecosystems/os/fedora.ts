import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Fedora. Advisories name binary packages, one ecosystem per release: `Fedora:40`. */
export const fedora: Ecosystem = distribution({
  id: 'fedora',
  displayName: 'Fedora',
  purlType: 'rpm',
  purlNamespaces: ['fedora'],
  osvName: 'Fedora',
  versions: rpm,
  names: 'binary',
  releases: (distro) => (distro.id === 'fedora' && majorOf(distro) !== null ? [`Fedora:${majorOf(distro)}`] : []),
  upgrade: ['dnf', 'upgrade'],
});
