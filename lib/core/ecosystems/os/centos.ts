import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, enterpriseUpgrade, majorOf } from './distribution.ts';
import { enterpriseLinuxKeys } from './redhat-keys.ts';

/** CentOS Linux, rebuilt from Red Hat's sources package by package, so Red Hat's advisories are its own. CentOS Stream is not. */
export const centos: Ecosystem = {
  ...distribution({
    id: 'centos',
    displayName: 'CentOS',
    purlType: 'rpm',
    purlNamespaces: ['centos'],
    osvName: 'CentOS',
    versions: rpm,
    names: 'binary',
    releases: () => [],
    upgrade: enterpriseUpgrade,
  }),
  ratedBy: 'redhat',
  advisoryKeys(pkg, distro) {
    const isRebuild = distro?.id === 'centos' && !/stream/i.test(distro.prettyName);
    const major = isRebuild ? majorOf(distro) : null;
    return major === null ? [] : enterpriseLinuxKeys(pkg, major);
  },
};
