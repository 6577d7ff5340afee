import { packageKey } from '../../model/ids.ts';
import { dpkgStatus } from '../../parsers/dpkg-status.ts';
import { opkgStatus } from '../../parsers/opkg-status.ts';
import { deb } from '../../versions/deb.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { aptUpgrade, DPKG_NAME } from './apt-upgrade.ts';
import { dpkgSource, isDpkgPath } from './dpkg-source.ts';

/** Debian. Advisories name source packages, one ecosystem per release: `Debian:12`. */
export const debian: Ecosystem = {
  id: 'debian',
  displayName: 'Debian',
  family: 'os',
  purlType: 'deb',
  purlNamespaces: ['debian'],
  osvName: 'Debian',
  versions: deb,
  parsers: [dpkgStatus, opkgStatus],
  normalizeName: (name) => name,
  advisoryKeys(pkg, distro) {
    const release = distro?.id === 'debian' ? /^[0-9]+/.exec(distro.versionId)?.[0] : undefined;
    return release === undefined ? [] : [packageKey(`Debian:${release}`, dpkgSource(pkg).name)];
  },
  advisoryVersion: (pkg) => dpkgSource(pkg).version,
  ownsPath: isDpkgPath,
  namePattern: DPKG_NAME,
  upgrades: aptUpgrade,
};
