import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Azure Linux, before its third release CBL-Mariner. Advisories name source packages: `Azure Linux:3`, `Mariner:2.0`. */
export const azurelinux: Ecosystem = distribution({
  id: 'azurelinux',
  displayName: 'Azure Linux',
  purlType: 'rpm',
  purlNamespaces: ['azurelinux', 'mariner'],
  osvName: 'Azure Linux',
  versions: rpm,
  names: 'source',
  releases: (distro) => {
    if (distro.id === 'mariner') {
      return distro.versionId === '' ? [] : [`Mariner:${distro.versionId}`];
    }
    const major = majorOf(distro);
    return distro.id === 'azurelinux' && major !== null ? [`Azure Linux:${major}`] : [];
  },
  upgrade: ['tdnf', 'upgrade'],
});
