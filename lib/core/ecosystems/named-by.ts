import { ecosystemOfKey, type PackageKey } from '../model/ids.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { ecosystemOfOsv, ecosystems } from './registry.ts';

/** Whether advisories under one of the keys speak of the package. */
export function isNamedBy(pkg: Package, distro: Distro | null, keys: ReadonlySet<PackageKey>): boolean {
  return ecosystems[pkg.ecosystem].advisoryKeys(pkg, distro).some((key) => keys.has(key));
}

/**
 * Ecosystems of which a package may be named by one of the keys. A language has its own advisories; a distribution may go
 * by those of another, as CentOS does.
 */
export function ecosystemsNamedBy(keys: ReadonlySet<PackageKey>): readonly EcosystemId[] {
  const names = new Set<string>();
  for (const key of keys) {
    names.add(ecosystemOfKey(key));
  }
  const named = new Set([...names].map((name) => ecosystemOfOsv(name)?.id ?? null));
  const hasDistribution = [...named].some((id) => id === null || ecosystems[id].family === 'os');
  return Object.values<Ecosystem>(ecosystems)
    .filter(({ id, family }) => (family === 'os' ? hasDistribution : named.has(id)))
    .map(({ id }) => id);
}
