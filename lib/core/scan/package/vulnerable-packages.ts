import { evaluateAffected } from '../../advisories/range.ts';
import { ecosystems } from '../../ecosystems/registry.ts';
import type { VulnerablePackage } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import type { Affected, Match, Subject } from './match.ts';

/** The affected packages of one vulnerability, each place once, sorted by purl and path. */
export function vulnerablePackages(matches: readonly Match[]): readonly VulnerablePackage[] {
  const bySubject = new Map<Subject, Match[]>();
  for (const match of matches) {
    bySubject.set(match.subject, [...(bySubject.get(match.subject) ?? []), match]);
  }
  const packages = [...bySubject].flatMap(([subject, group]) => {
    const best = bestOf(group);
    return subject.packages.map((pkg) => toVulnerable(pkg, best));
  });
  return packages.sort((a, b) => compareText(a.purl, b.purl) || compareText(a.path, b.path));
}

/**
 * Several records may describe one flaw in one package, with different fixes. The fix that counts is the lowest one at
 * which none of them applies any more; where there is none, the lowest that any of them names.
 */
function bestOf(matches: readonly Match[]): Affected {
  const sorted = [...matches].sort((a, b) => compareText(a.record.id, b.record.id));
  const scheme = schemeOf(sorted[0]);
  const fixing = sorted.filter((match) => match.outcome.fixedVersion !== null);
  if (scheme !== null) {
    fixing.sort((a, b) => compareFixes(scheme, a.outcome.fixedVersion, b.outcome.fixedVersion));
  }
  const clearing = fixing.find(({ outcome }) => sorted.every((other) => isCleared(other, outcome.fixedVersion ?? '')));
  const [first] = sorted;
  const best = clearing ?? fixing[0] ?? first;
  if (best === undefined) {
    throw new Error('an observation without a match');
  }
  return best.outcome;
}

function isCleared({ affected, subject }: Match, version: string): boolean {
  const scheme = schemeOf({ subject });
  return affected.every((entry) => scheme !== null && evaluateAffected(entry, version, scheme).kind === 'unaffected');
}

function schemeOf(match: { readonly subject: Subject } | undefined): VersionScheme | null {
  const [pkg] = match?.subject.packages ?? [];
  return pkg === undefined ? null : ecosystems[pkg.ecosystem].versions;
}

function compareFixes(scheme: VersionScheme, a: string | null, b: string | null): number {
  const left = scheme.parse(a ?? '');
  const right = scheme.parse(b ?? '');
  return left === null || right === null ? 0 : scheme.compare(left, right);
}

function toVulnerable(pkg: Package, { fixedVersion, evidence }: Affected): VulnerablePackage {
  const { name, version, ecosystem, purl, path, layer, sourceName, sourceVersion } = pkg;
  return {
    name,
    version,
    ecosystem,
    purl,
    path,
    layer,
    sourceName,
    sourceVersion,
    fixedVersion,
    evidence,
  };
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
