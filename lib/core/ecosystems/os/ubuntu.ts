import { packageKey } from '../../model/ids.ts';
import type { Distro } from '../../model/package.ts';
import { dpkgStatus } from '../../parsers/dpkg-status.ts';
import { deb } from '../../versions/deb.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { aptUpgrade, DPKG_NAME } from './apt-upgrade.ts';
import { dpkgSource, isDpkgPath } from './dpkg-source.ts';

/** The mark of a build from the archives of Ubuntu Pro (expanded security maintenance). */
const PRO = /[+~]esm[0-9]/;

/** Ubuntu. Advisories name source packages; long-term releases carry a suffix: `Ubuntu:22.04:LTS`, `Ubuntu:24.10`. */
export const ubuntu: Ecosystem = {
  id: 'ubuntu',
  displayName: 'Ubuntu',
  family: 'os',
  purlType: 'deb',
  purlNamespaces: ['ubuntu'],
  osvName: 'Ubuntu',
  versions: deb,
  parsers: [dpkgStatus],
  normalizeName: (name) => name,
  advisoryKeys(pkg, distro) {
    const ecosystem = ubuntuRelease(distro);
    if (ecosystem === null) {
      return [];
    }
    const { name, version } = dpkgSource(pkg);
    const own = packageKey(ecosystem, name);
    // A build of Ubuntu Pro has fixes that the common archive never got, so what Pro says of a flaw comes first.
    return PRO.test(version) ? [packageKey(proRelease(ecosystem), name), own] : [own];
  },
  advisoryVersion: (pkg) => dpkgSource(pkg).version,
  ownsPath: isDpkgPath,
  namePattern: DPKG_NAME,
  upgrades: aptUpgrade,
};

/** A release as OSV names it. Every April release of an even year is a long-term one, since 8.04. */
export function ubuntuRelease(distro: Distro | null): string | null {
  const release = distro?.id === 'ubuntu' ? /^([0-9]{1,2})\.(04|10)$/.exec(distro.versionId) : null;
  if (release === null) {
    return null;
  }
  const isLongTerm = release[2] === '04' && Number(release[1]) % 2 === 0;
  return `Ubuntu:${release[0]}${isLongTerm ? ':LTS' : ''}`;
}

/** The archives of Ubuntu Pro of a release. */
export function proRelease(release: string): string {
  return release.replace(':', ':Pro:');
}
