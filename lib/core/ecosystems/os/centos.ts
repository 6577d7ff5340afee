import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';
import { enterpriseLinux } from './redhat.ts';

/** CentOS Linux, rebuilt from Red Hat's sources package by package, so Red Hat's advisories are its own. CentOS Stream is not. */
export const centos: Ecosystem = distribution({
  id: 'centos',
  displayName: 'CentOS',
  purlType: 'rpm',
  purlNamespaces: ['centos'],
  osvName: 'CentOS',
  versions: rpm,
  names: 'binary',
  releases: (distro) => {
    const major = distro.id === 'centos' && !/stream/i.test(distro.prettyName) ? majorOf(distro) : null;
    return major === null ? [] : enterpriseLinux(major);
  },
  upgrade: ['yum', 'update'],
});
