import { evaluateAffected } from '../../../advisories/range.ts';
import { ecosystems } from '../../../ecosystems/registry.ts';
import type { Advisory } from '../../../model/advisory.ts';
import { type PackageKey, packageKey } from '../../../model/ids.ts';
import type { Package } from '../../../model/package.ts';
import type { MatchOutcome } from '../matcher.ts';

/** Holds the version against every entry of the record that stands under the key; the worst answer counts. */
export function evaluateRecord(matcher: string, pkg: Package, key: PackageKey, advisory: Advisory): MatchOutcome {
  const ecosystem = ecosystems[pkg.ecosystem];
  const installed = ecosystem.advisoryVersion(pkg);
  let undecidable: MatchOutcome | null = null;
  for (const entry of advisory.affected) {
    if (packageKey(entry.ecosystem, entry.name) !== key) {
      continue;
    }
    const verdict = evaluateAffected(entry, installed, ecosystem.versions);
    if (verdict.kind === 'affected') {
      const evidence = { matcher, advisory: advisory.id, searched: key, range: verdict.range, installed };
      return { kind: 'affected', fixedVersion: verdict.fixedVersion, evidence };
    }
    if (verdict.kind === 'undecidable') {
      undecidable = verdict;
    }
  }
  return undecidable ?? { kind: 'unaffected' };
}
