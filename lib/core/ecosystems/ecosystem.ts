import type { PackageKey } from '../model/ids.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import type { Parser } from '../parsers/parser.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import type { UpgradedPackage, UpgradeWay } from './upgrade-way.ts';

/** Everything the rest of the system knows about one ecosystem. */
export interface Ecosystem {
  readonly id: EcosystemId;
  readonly displayName: string;
  /** Packages of a distribution, or of a programming language. */
  readonly family: 'os' | 'language';
  /** Null where no package URL names its packages beyond doubt. */
  readonly purlType: string | null;
  /** First parts of package URLs that tell it from others of its type: `redhat` in `pkg:rpm/redhat/bash`. */
  readonly purlNamespaces: readonly string[];
  /** What joins the two parts of a name where a package URL has them apart; a slash unless given. */
  readonly nameSeparator?: ':';
  /** OSV's name of the ecosystem without a release, such as `Debian`; null where nobody publishes by its names. */
  readonly osvName: string | null;
  /** The distribution whose ratings are its own, where it rebuilds another one's packages. */
  readonly ratedBy?: EcosystemId;
  readonly versions: VersionScheme;
  /** The ecosystem whose advisories speak of its packages, where it has none of its own. */
  readonly advisedBy?: EcosystemId;
  /** True where packages are linked into executables: what a distribution says of the executable does not name them. */
  readonly isLinkedIn?: boolean;
  readonly parsers: readonly Parser[];
  normalizeName(name: string): string;
  /**
   * Keys under which advisories about the package stand; empty where nobody publishes any for this distribution. Where
   * there are several, what is said of a flaw under an earlier key outranks what is said of it under later ones.
   */
  advisoryKeys(pkg: Package, distro: Distro | null): readonly PackageKey[];
  /** The version that advisories speak of: of the source package where they name source packages. */
  advisoryVersion(pkg: Package): string;
  /** True for files that the distribution's packages own, so that no language parser counts them a second time. */
  ownsPath(path: string): boolean;
  /** What the name of a package looks like; whatever else is called one gets no command. */
  readonly namePattern: RegExp;
  /**
   * How the package is raised to a version, the usual way first; empty where nobody can say. Of a distribution, what is named
   * in `also` moves with it. Asked through `upgradesOf`, which refuses names and versions that cannot be any.
   */
  upgrades(pkg: UpgradedPackage, fixedVersion: string, also: readonly string[]): readonly UpgradeWay[];
}
