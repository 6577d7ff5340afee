import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, enterpriseUpgrade, majorOf } from './distribution.ts';
import { enterpriseLinuxKeys } from './redhat-keys.ts';

/** Red Hat Enterprise Linux. Advisories name binary packages, one ecosystem per repository of a release. */
export const redhat: Ecosystem = {
  ...distribution({
    id: 'redhat',
    displayName: 'Red Hat',
    purlType: 'rpm',
    purlNamespaces: ['redhat', 'rhel'],
    osvName: 'Red Hat',
    versions: rpm,
    names: 'binary',
    releases: () => [],
    upgrade: enterpriseUpgrade,
  }),
  advisoryKeys(pkg, distro) {
    const major = distro?.id === 'rhel' ? majorOf(distro) : null;
    return major === null ? [] : enterpriseLinuxKeys(pkg, major);
  },
};
