import { ecosystems } from '../ecosystems/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import type { DistroFacts } from '../parsers/os-release.ts';

/**
 * Says what is missing before the packages of the operating system count as known. A warning makes the inventory
 * partial: a machine without a readable package database must never look like a machine without packages.
 */
export function judgeSystemPackages(
  facts: DistroFacts | null,
  packages: readonly Package[],
  expectsSystem: boolean,
): readonly Diagnostic[] {
  const hasDatabase = packages.some((pkg) => ecosystems[pkg.ecosystem].family === 'os');
  if (facts === null) {
    return expectsSystem || hasDatabase
      ? [warning('No os-release file tells the distribution, so its advisories cannot be chosen.')]
      : [];
  }
  if (hasDatabase) {
    return [];
  }
  const { distro, families } = facts;
  const isDpkg =
    distro.id === 'debian' || distro.id === 'ubuntu' || families.includes('debian') || families.includes('ubuntu');
  return [
    isDpkg
      ? { ...warning(`${distro.prettyName}: package database missing.`), path: 'var/lib/dpkg/status' }
      : warning(`${distro.prettyName}: packages of this distribution cannot be read.`),
  ];
}

function warning(message: string): Diagnostic {
  return { level: 'warning', path: null, message };
}
