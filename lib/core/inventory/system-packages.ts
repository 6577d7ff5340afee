import { ecosystems } from '../ecosystems/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Distro, Package } from '../model/package.ts';
import type { DistroFacts } from '../parsers/os-release.ts';

/** What is known of the operating system of a thing, besides its packages. */
export interface SystemFacts {
  /** Who the distribution says it is; null where no file tells. */
  readonly facts: DistroFacts | null;
  /** A file that only a distribution brings; null where there is none. */
  readonly trace: string | null;
}

/** The kinds of package databases, by the type of their packages' URLs. */
type Database = 'deb' | 'rpm' | 'apk' | 'alpm';

const PATHS: Readonly<Record<Database, string>> = {
  deb: 'var/lib/dpkg/status',
  rpm: 'var/lib/rpm',
  apk: 'lib/apk/db/installed',
  alpm: 'var/lib/pacman/local',
};

/** Distributions and families of them by the words of `ID` and `ID_LIKE`, and the database that they must have. */
const DATABASES: Readonly<Record<string, Database>> = {
  ...of('deb', 'debian', 'ubuntu'),
  ...of('apk', 'alpine', 'wolfi', 'chainguard', 'minimos'),
  ...of('alpm', 'arch', 'archlinux'),
  ...of('rpm', 'rhel', 'centos', 'almalinux', 'rocky', 'ol', 'fedora', 'amzn', 'scientific', 'photon', 'openeuler'),
  ...of('rpm', 'mariner', 'azurelinux', 'mageia', 'suse', 'opensuse', 'opensuse-leap', 'opensuse-tumbleweed', 'sles'),
  ...of('rpm', 'sled', 'sles_sap', 'sl-micro', 'sle-micro', 'sle_hpc', 'mandriva'),
};

function of(database: Database, ...words: readonly string[]): Readonly<Record<string, Database>> {
  return Object.fromEntries(words.map((word) => [word, database]));
}

/**
 * Says what is missing before the packages of the operating system count as known. A warning makes the inventory
 * partial: a machine without a readable package database must never look like a machine without packages. Machines have a
 * system; an image may have none, and a folder need not.
 */
export function judgeSystemPackages(
  { facts, trace }: SystemFacts,
  packages: readonly Package[],
  expects: 'system' | 'maybe-system' | 'nothing',
): readonly Diagnostic[] {
  const system = packages.filter((pkg) => ecosystems[pkg.ecosystem].family === 'os');
  if (facts === null && system.length > 0) {
    return [warning(NO_RELEASE)];
  }
  if (expects === 'nothing') {
    return facts === null ? [] : unassessed(facts.distro, system);
  }
  if (facts === null) {
    return [expects === 'system' ? warning(NO_RELEASE) : withoutSystem(trace)];
  }
  return missingDatabase(facts, system) ?? unassessed(facts.distro, system);
}

const NO_RELEASE = 'No os-release file tells the distribution, so its advisories cannot be chosen.';

/** An image that holds a program and no system is whole; one that a distribution left its marks in was stripped. */
function withoutSystem(trace: string | null): Diagnostic {
  return trace === null
    ? {
        level: 'info',
        path: null,
        message: 'There is no operating system in it: neither os-release nor a package database.',
      }
    : {
        ...warning(
          'A distribution left this file, but neither os-release nor a package database: its packages are unknown.',
        ),
        path: trace,
      };
}

function missingDatabase({ distro, families }: DistroFacts, system: readonly Package[]): readonly Diagnostic[] | null {
  const expected = [distro.id, ...families]
    .map((word) => (Object.hasOwn(DATABASES, word) ? DATABASES[word] : undefined))
    .find((database) => database !== undefined);
  if (expected === undefined) {
    return system.length > 0 ? null : [warning(`${distro.prettyName}: packages of this distribution cannot be read.`)];
  }
  const isThere = system.some((pkg) => ecosystems[pkg.ecosystem].purlType === expected);
  return isThere
    ? null
    : [{ ...warning(`${distro.prettyName}: package database missing, empty or unreadable.`), path: PATHS[expected] }];
}

/** A system of which no package can be looked up has no findings because nobody speaks of it, which is worth a word. */
function unassessed(distro: Distro, system: readonly Package[]): readonly Diagnostic[] {
  const isKnown = system.some((pkg) => ecosystems[pkg.ecosystem].advisoryKeys(pkg, distro).length > 0);
  const message = `${distro.prettyName}: no advisories are known for this release, so its ${system.length} packages are not assessed.`;
  return isKnown || system.length === 0 ? [] : [{ level: 'info', path: null, message }];
}

function warning(message: string): Diagnostic {
  return { level: 'warning', path: null, message };
}
