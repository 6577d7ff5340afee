import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Package } from '../model/package.ts';
import { toPurl } from '../parsers/purl.ts';
import { bounded, sortedWithoutDoubles } from './collector.ts';

/** What SSM keeps of a Windows machine: entries of `AWS:Application` and `AWS:WindowsUpdate`. */
export interface WindowsSoftware {
  /** `Microsoft Windows Server 2022 Datacenter`. */
  readonly platformName: string;
  /** `10.0.20348`. */
  readonly platformVersion: string;
  readonly applications: readonly Readonly<Record<string, string>>[];
  readonly updates: readonly Readonly<Record<string, string>>[];
}

const ENTRIES_MAX = 20_000;
const NAME_LENGTH_MAX = 200;
const KB = /^KB[0-9]{4,9}$/i;

const NOT_MATCHED: Diagnostic = {
  level: 'warning',
  path: null,
  message:
    'No feed that is read here has advisories for Windows: its applications and updates are known, and no flaw of theirs is.',
};

/** Applications and updates (KBs) of a Windows machine, to be searched and compared. Nothing is matched, and the result says so. */
export function collectWindowsSoftware(software: WindowsSoftware): Inventory {
  const { platformName, platformVersion } = software;
  const applications = software.applications.slice(0, ENTRIES_MAX).flatMap(toApplication);
  const updates = software.updates.slice(0, ENTRIES_MAX).flatMap(toUpdate);
  return {
    distro: {
      id: 'windows',
      versionId: platformVersion,
      codename: null,
      prettyName: platformName.slice(0, NAME_LENGTH_MAX),
    },
    packages: sortedWithoutDoubles([...applications, ...updates]),
    outcome: 'partial',
    diagnostics: bounded([NOT_MATCHED]),
    reason: 'UNSUPPORTED_OS',
  };
}

function toApplication({ Name = '', Version = '' }: Readonly<Record<string, string>>): readonly Package[] {
  const name = plain(Name);
  return name === '' ? [] : [windowsPackage(name, plain(Version) || 'unknown', 'AWS:Application')];
}

/** An update has no version; the day on which it was installed tells one installation from the next. */
function toUpdate({ HotFixId = '', InstalledTime = '' }: Readonly<Record<string, string>>): readonly Package[] {
  const name = HotFixId.trim().toUpperCase();
  const day = /^\d{4}-\d{2}-\d{2}/.exec(InstalledTime)?.[0] ?? 'unknown';
  return KB.test(name) ? [windowsPackage(name, day, 'AWS:WindowsUpdate')] : [];
}

function windowsPackage(name: string, version: string, path: string): Package {
  return {
    ecosystem: 'generic',
    name,
    version,
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl: toPurl({ type: 'generic', namespace: 'windows', name, version, qualifiers: {} }),
    packageManager: 'OTHER',
    path,
    layer: null,
  };
}

function plain(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH_MAX);
}
