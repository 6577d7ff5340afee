import type { VulnerablePackage } from '../model/finding.ts';
import { compareVersions } from '../versions/compare-versions.ts';
import { ecosystemOf } from './guidance-target.ts';

/** A package of a finding as far as what ends it goes. */
export type HeldPackage = Pick<VulnerablePackage, 'ecosystem' | 'name' | 'version' | 'path' | 'fixedVersion'>;

/** What a change makes of one package of an inventory. */
export interface PackageChange extends Omit<HeldPackage, 'fixedVersion'> {
  /** The version afterwards as advisories count it: of the source package, where there is one. Null for a package that goes. */
  readonly after: string | null;
}

/**
 * The findings of a resource, by their place, that a change of its inventory closes: those of which every package goes or
 * reaches its fixed version, by the scheme of its ecosystem. What cannot be put in order closes nothing.
 * A flaw that came back in a version after the fixed one is seen by the scan that follows, not here.
 */
export function closedByInventory(
  findings: readonly { readonly packages: readonly HeldPackage[] }[],
  changes: readonly PackageChange[],
): readonly number[] {
  const afterOf = new Map(changes.map((change) => [keyOf(change), change.after]));
  return findings.flatMap(({ packages }, place) =>
    packages.length > 0 && packages.every((held) => isEnded(held, afterOf.get(keyOf(held)))) ? [place] : [],
  );
}

/** `after` is undefined for a package that the change leaves alone. */
function isEnded({ ecosystem, fixedVersion }: HeldPackage, after: string | null | undefined): boolean {
  if (after === undefined || after === null) return after === null;
  const scheme = ecosystemOf(ecosystem)?.versions;
  if (scheme === undefined || scheme.hasOrder === false || fixedVersion === null) return false;
  const order = compareVersions(scheme, after, fixedVersion);
  return order !== null && order >= 0;
}

function keyOf({ ecosystem, name, version, path }: Omit<HeldPackage, 'fixedVersion'>): string {
  return JSON.stringify([ecosystem, name, version, path]);
}
