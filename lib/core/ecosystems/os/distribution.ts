import { packageKey } from '../../model/ids.ts';
import type { Distro, EcosystemId, Package } from '../../model/package.ts';
import { amazonExtras } from '../../parsers/amazon-extras.ts';
import { apkInstalled } from '../../parsers/apk-installed.ts';
import { pacmanLocal } from '../../parsers/pacman-local.ts';
import type { Parser } from '../../parsers/parser.ts';
import { rpmContainerManifest } from '../../parsers/rpm/container-manifest.ts';
import { rpmDatabase } from '../../parsers/rpm/rpm-database.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { lineWay, type UpgradedPackage } from '../upgrade-way.ts';

/** What tells one distribution from the others of its kind. */
export interface Distribution {
  readonly id: EcosystemId;
  readonly displayName: string;
  readonly purlType: 'rpm' | 'apk' | 'alpm';
  readonly purlNamespaces: readonly string[];
  readonly osvName: string;
  readonly versions: VersionScheme;
  /** Whether its advisories name packages as they are installed, or the sources that they are built from. */
  readonly names: 'binary' | 'source';
  /** The OSV ecosystems with advisories for a package of a release, such as `AlmaLinux:9`; empty for another distribution. */
  readonly releases: (distro: Distro, pkg: Package) => readonly string[];
  /** The words in front of the package's name in a line that upgrades it; by the release where that decides. */
  readonly upgrade: readonly string[] | ((pkg: UpgradedPackage) => readonly string[]);
}

/** Names as rpm, apk and pacman have them. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_+.@-]*$/;

/** Package databases by the kind of packages that they hold. */
const PARSERS: Readonly<Record<Distribution['purlType'], readonly Parser[]>> = {
  rpm: [rpmDatabase, rpmContainerManifest, amazonExtras],
  apk: [apkInstalled],
  alpm: [pacmanLocal],
};

/** The descriptor of a distribution whose packages are upgraded in place from its own archive. */
export function distribution({ names, releases, upgrade, ...facts }: Distribution): Ecosystem {
  const advised = (pkg: Package): string => (names === 'source' ? (pkg.sourceName ?? pkg.name) : pkg.name);
  return {
    ...facts,
    family: 'os',
    parsers: PARSERS[facts.purlType],
    normalizeName: (name) => name,
    advisoryKeys: (pkg, distro) =>
      distro === null ? [] : releases(distro, pkg).map((release) => packageKey(release, advised(pkg))),
    advisoryVersion: (pkg) => (names === 'source' ? (pkg.sourceVersion ?? pkg.version) : pkg.version),
    ownsPath: isSystemPath,
    // No version in the line: an archive keeps its newest build, which is the fix or comes after it.
    namePattern: NAME,
    upgrades: (pkg, _fixedVersion, also) => [
      lineWay(...(typeof upgrade === 'function' ? upgrade(pkg) : upgrade), ...new Set([pkg.name, ...also])),
    ],
  };
}

/**
 * Where packages of a distribution put Python modules, gems and Java archives. It is a guess for databases that list no
 * files, since pip installs to the same place on many of them; those of rpm, apk and pacman list theirs.
 */
function isSystemPath(path: string): boolean {
  return /^usr\/(?:lib(?:64)?\/python3(?:\.[0-9]+)?\/site-packages|share\/(?:gems|java)|lib\/java)\//.test(path);
}

/** The first number of a release, `9` of `9.4`; null where there is none. */
export function majorOf({ versionId }: Distro): string | null {
  return /^[0-9]+/.exec(versionId)?.[0] ?? null;
}

/** Where yum was before dnf: releases up to 7 of Red Hat and its rebuilds, by the release in a version or a package URL. */
export function enterpriseUpgrade({ version, purl }: UpgradedPackage): readonly string[] {
  const release =
    /\.(?:el|ol)([0-9]{1,2})(?![0-9])/.exec(version)?.[1] ?? /[?&]distro=[a-z_]+-([0-9]{1,2})/.exec(purl)?.[1];
  return release !== undefined && Number(release) <= 7 ? ['yum', 'update'] : ['dnf', 'upgrade'];
}
