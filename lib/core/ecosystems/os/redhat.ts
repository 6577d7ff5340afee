import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Red Hat Enterprise Linux. Advisories name binary packages, one ecosystem per repository of a release. */
export const redhat: Ecosystem = distribution({
  id: 'redhat',
  displayName: 'Red Hat',
  purlType: 'rpm',
  purlNamespaces: ['redhat', 'rhel'],
  osvName: 'Red Hat',
  versions: rpm,
  names: 'binary',
  releases: (distro) => {
    const major = distro.id === 'rhel' ? majorOf(distro) : null;
    return major === null ? [] : enterpriseLinux(major);
  },
  upgrade: ['dnf', 'upgrade'],
});

/** The repositories of a release in which its advisories stand, as CPE endings after `enterprise_linux`. */
export function enterpriseLinux(major: string): readonly string[] {
  const names = Number(major) < 8 ? ['server', 'client', 'workstation', 'computenode'] : ['baseos', 'appstream', 'crb'];
  return [...names.map((name) => `Red Hat:enterprise_linux:${major}::${name}`), `Red Hat:enterprise_linux:${major}`];
}
