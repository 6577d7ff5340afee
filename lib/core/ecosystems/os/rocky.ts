import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, enterpriseUpgrade, majorOf } from './distribution.ts';

/** Rocky Linux. Advisories name binary packages, one ecosystem per major release: `Rocky Linux:9`. */
export const rocky: Ecosystem = distribution({
  id: 'rocky',
  displayName: 'Rocky Linux',
  purlType: 'rpm',
  purlNamespaces: ['rocky', 'rocky-linux'],
  osvName: 'Rocky Linux',
  versions: rpm,
  names: 'binary',
  releases: (distro) => (distro.id === 'rocky' && majorOf(distro) !== null ? [`Rocky Linux:${majorOf(distro)}`] : []),
  upgrade: enterpriseUpgrade,
});
