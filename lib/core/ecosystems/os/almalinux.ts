import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, enterpriseUpgrade, majorOf } from './distribution.ts';

/** AlmaLinux. Advisories name binary packages, one ecosystem per major release: `AlmaLinux:9`. */
export const almalinux: Ecosystem = distribution({
  id: 'almalinux',
  displayName: 'AlmaLinux',
  purlType: 'rpm',
  purlNamespaces: ['almalinux'],
  osvName: 'AlmaLinux',
  versions: rpm,
  names: 'binary',
  releases: (distro) => (distro.id === 'almalinux' && majorOf(distro) !== null ? [`AlmaLinux:${majorOf(distro)}`] : []),
  upgrade: enterpriseUpgrade,
});
