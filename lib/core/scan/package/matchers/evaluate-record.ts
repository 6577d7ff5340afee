import { evaluateAffected } from '../../../advisories/range.ts';
import { ecosystems } from '../../../ecosystems/registry.ts';
import type { PackageKey } from '../../../model/ids.ts';
import type { Package } from '../../../model/package.ts';
import type { AdvisoryEntry } from '../../../ports/advisory-index.ts';
import type { MatchOutcome } from '../matcher.ts';

/** Holds the version against everything that the record says under the key; the worst answer counts. */
export function evaluateRecord(matcher: string, pkg: Package, key: PackageKey, entry: AdvisoryEntry): MatchOutcome {
  const ecosystem = ecosystems[pkg.ecosystem];
  const installed = ecosystem.advisoryVersion(pkg);
  let undecidable: MatchOutcome | null = null;
  for (const affected of entry.affected) {
    const verdict = evaluateAffected(affected, installed, ecosystem.versions);
    if (verdict.kind === 'affected') {
      const evidence = { matcher, advisory: entry.record.id, searched: key, range: verdict.range, installed };
      return { kind: 'affected', fixedVersion: verdict.fixedVersion, evidence };
    }
    if (verdict.kind === 'undecidable') {
      undecidable = verdict;
    }
  }
  return undecidable ?? { kind: 'unaffected' };
}
