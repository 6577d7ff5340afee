import { rpm } from '../../versions/rpm.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { distribution, majorOf } from './distribution.ts';

/** Packages that are built with a kernel, and kernels of Amazon Linux 2 that come beside its own 4.14. */
const KERNEL = /^(?:kernel|bpftool|perf|python-perf)/;
const SERIES = /^(?:[0-9]+:)?(5\.(?:4|10|15))\./;

/** Amazon Linux. Advisories name binary packages: `Amazon Linux:2023`, `Amazon Linux:2`, and `Amazon Linux:1` for 2018.03 and before. */
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
    const series = major === '2' && KERNEL.test(pkg.name) ? SERIES.exec(pkg.version)?.[1] : undefined;
    if (series !== undefined) {
      return [`Amazon Linux:2:kernel-${series}`];
    }
    // The first Amazon Linux counted its releases by date, up to 2018.03.
    return [`Amazon Linux:${/^201[0-9]$/.test(major) ? '1' : major}`];
  },
  upgrade: ['yum', 'update'],
});
