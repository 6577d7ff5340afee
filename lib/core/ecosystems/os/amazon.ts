import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { extrasEcosystem, extrasTopicOf } from './amazon-extras.ts';
import { distribution, majorOf } from './distribution.ts';

/**
 * Amazon Linux. Advisories name binary packages: `Amazon Linux:2023`, `Amazon Linux:2`, `Amazon Linux:1` for 2018.03 and before,
 * and one ecosystem for each topic of the extras of 2, such as `Amazon Linux:2:kernel-5.10`.
 */
export const amazon: Ecosystem = distribution({
  id: 'amazon',
  displayName: 'Amazon Linux',
  purlType: 'rpm',
  purlNamespaces: ['amzn', 'amazon'],
  osvName: 'Amazon Linux',
  versions: rpm,
  names: 'binary',
  releases: (distro, pkg) => {
    const major = distro.id === 'amzn' ? majorOf(distro) : null;
    if (major === null) {
      return [];
    }
    const topic = major === '2' ? extrasTopicOf(pkg.name, pkg.version) : null;
    if (topic !== null) {
      // Where no series tells topic and core archive apart, both are of one, and what the core once said stays true.
      return [extrasEcosystem(topic.topic), ...(topic.series === null ? ['Amazon Linux:2'] : [])];
    }
    // The first Amazon Linux counted its releases by date, up to 2018.03.
    return [`Amazon Linux:${/^201[0-9]$/.test(major) ? '1' : major}`];
  },
  // A machine of 2023 stays at its release until it is told otherwise, and older repositories have no newer fix.
  upgrade: ({ version, purl }) =>
    /\.amzn2023(?![0-9])/.test(version) || /[?&]distro=amzn-2023/.test(purl)
      ? ['dnf', 'upgrade', '--releasever=latest']
      : ['yum', 'update'],
});
