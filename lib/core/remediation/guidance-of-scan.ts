import type { ScoredObservation, VulnerablePackage } from '../model/finding.ts';
import type { Guidance, OpenFix } from '../model/guidance.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ResourceKind } from '../model/resource.ts';
import { guidanceOf } from './guidance.ts';

/** Guidance for findings of one scan that is not stored: what else it found of a package counts for the version. */
export function guidanceOfScan(
  inventory: Inventory,
  observations: readonly ScoredObservation[],
): (observation: ScoredObservation, packages?: readonly VulnerablePackage[]) => Guidance {
  const fixes = fixesByPurl(observations);
  const kind = kindOf(inventory);
  return ({ packages: all, vulnerability, network = null }, packages = all) =>
    guidanceOf({
      kind,
      resourceName: '',
      region: '',
      packages,
      openFixes: [...new Set(packages.map(({ purl }) => purl))].flatMap((purl) => fixes.get(purl) ?? []),
      references: vulnerability.references,
      network,
    });
}

function fixesByPurl(observations: readonly ScoredObservation[]): ReadonlyMap<string, readonly OpenFix[]> {
  const fixes = new Map<string, Map<string | null, OpenFix>>();
  for (const { packages } of observations) {
    const seen = new Set<string>();
    for (const { purl, fixedVersion } of packages) {
      const place = JSON.stringify([purl, fixedVersion]);
      if (seen.has(place)) continue;
      seen.add(place);
      const ofPurl = fixes.get(purl) ?? new Map<string | null, OpenFix>();
      const { findings } = ofPurl.get(fixedVersion) ?? { findings: 0 };
      fixes.set(purl, ofPurl.set(fixedVersion, { purl, fixedVersion, findings: findings + 1 }));
    }
  }
  return new Map([...fixes].map(([purl, ofPurl]) => [purl, [...ofPurl.values()]]));
}

/** What was scanned, as far as its inventory tells. */
function kindOf({ image, document, distro, packages }: Inventory): ResourceKind {
  if (image) return 'image';
  if (document) return 'sbom';
  if (distro !== null) return 'host';
  return packages.length > 0 && packages.every(({ path }) => /^(?:var\/task|opt)\//.test(path)) ? 'function' : 'source';
}
