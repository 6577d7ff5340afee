import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, enterpriseUpgrade, majorOf } from './distribution.ts';

/** Oracle Linux. Advisories name binary packages, one ecosystem per major release: `Oracle Linux:8`. */
export const oracle: Ecosystem = distribution({
  id: 'oracle',
  displayName: 'Oracle Linux',
  purlType: 'rpm',
  purlNamespaces: ['oracle', 'oraclelinux', 'ol'],
  osvName: 'Oracle Linux',
  versions: rpm,
  names: 'binary',
  releases: (distro) => (distro.id === 'ol' && majorOf(distro) !== null ? [`Oracle Linux:${majorOf(distro)}`] : []),
  upgrade: enterpriseUpgrade,
});
