import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, Package } from '../model/package.ts';
import { parseDpkgStatus } from '../parsers/dpkg-status.ts';
import { isPlain } from '../parsers/purl.ts';
import { rpmPackage } from '../parsers/rpm/rpm-package.ts';
import { bounded, sortedWithoutDoubles } from './collector.ts';
import { failedInventory } from './failed-inventory.ts';

/** Software of an instance as Systems Manager keeps it: the entries of the inventory type `AWS:Application`. */
export interface SsmSoftware {
  /** `Amazon Linux`, `Ubuntu`, … as SSM names it. */
  readonly platformName: string;
  readonly platformVersion: string;
  readonly entries: readonly Readonly<Record<string, string>>[];
}

/** The place that packages of it have: it is no file of the instance. */
const PLACE = 'AWS:Application';
/** More than any instance has. */
const ENTRIES_MAX = 50_000;

/** SSM's names of platforms (os-release's NAME, or the first words of a release file), lower case, and the `ID` that goes with them. */
const PLATFORMS: readonly (readonly [start: string, id: string, database: 'deb' | 'rpm'])[] = [
  ['amazon linux', 'amzn', 'rpm'],
  ['ubuntu', 'ubuntu', 'deb'],
  ['debian', 'debian', 'deb'],
  ['red hat', 'rhel', 'rpm'],
  ['centos', 'centos', 'rpm'],
  ['rocky', 'rocky', 'rpm'],
  ['almalinux', 'almalinux', 'rpm'],
  ['oracle linux', 'ol', 'rpm'],
  ['fedora', 'fedora', 'rpm'],
  ['sles', 'sles', 'rpm'],
  ['suse linux enterprise', 'sles', 'rpm'],
];

/**
 * The packages of the operating system as SSM's inventory has them. Its agent asks dpkg and rpm; of rpm it keeps the source package,
 * of dpkg it does not (amazon-ssm-agent, gatherer `application`), so that inventories of Debian and Ubuntu are partial.
 */
export function collectSsmInventory({ platformName, platformVersion, entries }: SsmSoftware): Inventory {
  const platform = PLATFORMS.find(([start]) => platformName.toLowerCase().startsWith(start));
  if (platform === undefined) {
    return failedInventory(
      `SSM names the system "${platformName.slice(0, 80)}", which is not known here.`,
      'UNSUPPORTED_OS',
      PLACE,
    );
  }
  const [, id, database] = platform;
  const distro: Distro = {
    id,
    versionId: platformVersion,
    codename: null,
    prettyName: `${platformName} ${platformVersion}`.trim(),
  };
  const kept = entries.slice(0, ENTRIES_MAX);
  const read = database === 'deb' ? ofDpkg(kept, distro) : ofRpm(kept, distro);
  if (read.packages.length === 0) {
    return { ...failedInventory('The inventory of SSM names no packages.', 'NO_INVENTORY', PLACE), distro };
  }
  const diagnostics = [...read.diagnostics, ...(database === 'deb' ? [SOURCES_UNKNOWN] : [])];
  const isWhole = diagnostics.every(({ level }) => level === 'info');
  return {
    distro,
    packages: sortedWithoutDoubles(read.packages),
    outcome: isWhole ? 'complete' : 'partial',
    narrowWay: 'ssm-inventory',
    diagnostics: bounded(diagnostics),
    ...(database === 'deb' ? { reason: 'SOURCES_UNKNOWN' } : {}),
  };
}

const SOURCES_UNKNOWN: Diagnostic = {
  level: 'warning',
  path: PLACE,
  message:
    'The inventory of SSM does not name the source packages that advisories of Debian and Ubuntu speak of: packages with another name than their source were not matched.',
};

interface Read {
  readonly packages: readonly Package[];
  readonly diagnostics: readonly Diagnostic[];
}

/** As stanzas of the database that they were read from, which have a reader already. */
function ofDpkg(entries: SsmSoftware['entries'], distro: Distro): Read {
  const fields = entries.filter(({ Name = '', Version = '' }) => isPlain(Name, 256) && isPlain(Version, 256));
  const text = fields
    .map(
      ({ Name, Version, Architecture = '' }) =>
        `Package: ${Name}\nStatus: install ok installed\nArchitecture: ${isPlain(Architecture, 32) ? dpkgArchitecture(Architecture) : 'all'}\nVersion: ${Version}\n\n`,
    )
    .join('');
  const { packages, diagnostics } = parseDpkgStatus(text, 'var/lib/dpkg/status', distro);
  const skipped = entries.length - fields.length;
  return {
    packages: packages.map((pkg) => ({ ...pkg, path: PLACE })),
    diagnostics: [...diagnostics.map((one) => ({ ...one, path: PLACE })), ...unreadable(skipped)],
  };
}

/** The agent writes the names that rpm uses, for both (`FormatArchitecture`). */
function dpkgArchitecture(name: string): string {
  const names: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', noarch: 'all' };
  return (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
}

function ofRpm(entries: SsmSoftware['entries'], distro: Distro): Read {
  let skipped = 0;
  const packages: Package[] = [];
  for (const { Name = '', Version = '', Release = '', Epoch = '', Architecture = '', PackageId = '' } of entries) {
    const pkg = rpmPackage(
      {
        name: Name,
        epoch: /^[0-9]{1,10}$/.test(Epoch) ? Number(Epoch) : 0,
        versionRelease: Release === '' || Version.endsWith(`-${Release}`) ? Version : `${Version}-${Release}`,
        architecture: Architecture === '' ? null : Architecture,
        sourceRpm: PackageId === '' ? null : PackageId,
        modularityLabel: null,
      },
      PLACE,
      distro,
    );
    if (pkg === null) skipped += 1;
    else packages.push(pkg);
  }
  const withoutRelease = entries.filter(({ Release = '', Version = '' }) => Release === '' && !Version.includes('-'));
  return {
    packages,
    diagnostics: [
      ...unreadable(skipped),
      ...(withoutRelease.length === 0
        ? []
        : [
            {
              level: 'warning',
              path: PLACE,
              message: `${withoutRelease.length} packages have no release in the inventory, so fixes cannot be told from flaws: update the SSM agent.`,
            } as const,
          ]),
    ],
  };
}

function unreadable(count: number): readonly Diagnostic[] {
  return count === 0
    ? []
    : [{ level: 'warning', path: PLACE, message: `${count} entries have no readable name or version.` }];
}
