import { ecosystemOfKey, type PackageKey } from '../model/ids.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { packageNamesIn } from './os/redhat-keys.ts';
import { ecosystemOfOsv, ecosystems } from './registry.ts';

/** Whether advisories under one of the keys speak of the package. */
export function isNamedBy(pkg: Package, distro: Distro | null, keys: ReadonlySet<PackageKey>): boolean {
  return ecosystems[pkg.ecosystem].advisoryKeys(pkg, distro).some((key) => keys.has(key));
}

/**
 * A name without what some ecosystem does not tell apart: case and separators. A store may narrow by it before it asks
 * `isNamedBy`: a package that a key names has a name, or a source, that folds like the name in the key, unless
 * `isFoldedOtherwise`.
 */
export function foldedName(name: string): string {
  return name.replaceAll(/[-_.]/g, '').toLowerCase();
}

/** Names that stand in a key as something else: addresses of Swift, signed kernels of Debian; and letters beyond ASCII. */
export function isFoldedOtherwise({ name, sourceName }: Pick<Package, 'name' | 'sourceName'>): boolean {
  const isPlain = /^[\0-\x7f]*$/.test(name + (sourceName ?? ''));
  const isAddress = name.startsWith('http') || name.endsWith('.git');
  return !isPlain || isAddress || (sourceName ?? name).startsWith('linux-signed');
}

/** The folded names in the keys; those of Red Hat's statements about sources and streams also without these. */
export function foldedNamesIn(keys: ReadonlySet<PackageKey>): readonly string[] {
  const names = [...keys].map((key) => key.slice(ecosystemOfKey(key).length + 1));
  return [...new Set(names.flatMap((name) => [name, ...packageNamesIn(name)]).map(foldedName))];
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
    .filter(({ id, family, advisedBy }) => (family === 'os' ? hasDistribution : named.has(advisedBy ?? id)))
    .map(({ id }) => id);
}
