import type { Ecosystem } from '../ecosystems/ecosystem.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { VulnerablePackage } from '../model/finding.ts';
import type { OpenFix, VersionJump } from '../model/guidance.ts';
import { latestVersion } from '../versions/latest-version.ts';

/** A package of a finding and the version that ends whatever is open of it and can be ended. */
export interface Target {
  readonly pkg: VulnerablePackage;
  /** Null for an ecosystem that is not known. */
  readonly ecosystem: Ecosystem | null;
  readonly version: string;
  readonly jump: VersionJump;
  /** Open findings of the package on the resource that the version ends, this one among them. */
  readonly ends: number;
  /** Open findings of it that no version ends yet. */
  readonly stays: number;
}

/** Null where the finding has no fix in this package. */
export function targetOf(pkg: VulnerablePackage, openFixes: readonly OpenFix[]): Target | null {
  if (pkg.fixedVersion === null) return null;
  const ecosystem = ecosystemOf(pkg.ecosystem);
  const own = openFixes.filter(({ purl }) => purl === pkg.purl);
  const fixes = [...new Set([pkg.fixedVersion, ...own.flatMap(({ fixedVersion }) => fixedVersion ?? [])])];
  const latest = ecosystem === null ? null : latestVersion(ecosystem.versions, fixes);
  const version = latest ?? pkg.fixedVersion;
  const ended = own.filter(({ fixedVersion }) =>
    latest === null ? fixedVersion === pkg.fixedVersion : fixedVersion !== null,
  );
  const unfixed = own.filter(({ fixedVersion }) => fixedVersion === null);
  return {
    pkg,
    ecosystem,
    version,
    jump: jumpOf(ecosystem?.family ?? 'language', pkg.evidence.installed || pkg.version, version),
    ends: Math.max(1, sum(ended)),
    stays: sum(unfixed),
  };
}

/** The descriptor by the id in a stored finding. */
export function ecosystemOf(id: string): Ecosystem | null {
  return Object.hasOwn(ecosystems, id) ? ecosystems[id as keyof typeof ecosystems] : null;
}

/** How far it is from one version to the other, by the first number that differs. */
export function jumpOf(family: Ecosystem['family'], from: string, to: string): VersionJump {
  const [before, after] = [from, to].map((text) => (family === 'os' ? upstreamOf(text) : plainOf(text)));
  if (family === 'os' && before === after) return 'revision';
  const [a, b] = [before, after].map((text) => text?.match(/[0-9]+/g)?.map(Number) ?? []);
  const place = [0, 1].find((at) => (a?.[at] ?? 0) !== (b?.[at] ?? 0));
  if (place === undefined) return 'patch';
  return place === 0 ? 'major' : 'minor';
}

/** A version without the epoch in front and the build of the distribution behind. */
function upstreamOf(version: string): string {
  const rest = version.replace(/^[0-9]+:/, '');
  const hyphen = rest.lastIndexOf('-');
  return hyphen === -1 ? rest : rest.slice(0, hyphen);
}

function plainOf(version: string): string {
  return version.replace(/^(?:v|[0-9]+!)/, '');
}

function sum(fixes: readonly OpenFix[]): number {
  return fixes.reduce((total, { findings }) => total + findings, 0);
}
