import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Amazon Linux. Advisories name binary packages: `Amazon Linux:2023`, `Amazon Linux:2`, and `Amazon Linux:1` for 2018.03 and before. */
export const amazon: Ecosystem = distribution({
  id: 'amazon',
  displayName: 'Amazon Linux',
  purlType: 'rpm',
  purlNamespaces: ['amzn', 'amazon'],
  osvName: 'Amazon Linux',
  versions: rpm,
  names: 'binary',
  releases: (distro) => {
    const major = distro.id === 'amzn' ? majorOf(distro) : null;
    if (major === null) {
      return [];
    }
    // The first Amazon Linux counted its releases by date, up to 2018.03.
    return [`Amazon Linux:${/^201[0-9]$/.test(major) ? '1' : major}`];
  },
  upgrade: ['yum', 'update'],
});
