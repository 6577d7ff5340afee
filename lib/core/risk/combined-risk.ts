import { RISK_POLICY } from './policy.ts';

/** An open finding as far as the risk of what it stands on goes. */
export interface ComponentRisk {
  /** Which component of the resource has it; findings of one component count once, with the highest. */
  readonly component: string;
  /** Null for what has no score: it adds nothing that anybody could name. */
  readonly score: number | null;
}

/** A risk and what it consists of, the greatest part first. */
export interface CombinedRisk {
  /** 0.0 to 10.0, on the scale of the findings: one finding alone gives its own score. */
  readonly score: number;
  /** The same before it was rounded, 0 to 1: for sorting, and for adding up further. */
  readonly likelihood: number;
  readonly top: readonly { readonly name: string; readonly score: number }[];
}

const TOP_MAX = 5;

/** The component that a finding stands on: its source package, where a distribution splits one into many. */
export function componentOf(
  packages: readonly { readonly ecosystem: string; readonly name: string; readonly sourceName: string | null }[],
): string {
  const names = packages.map(({ ecosystem, name, sourceName }) => `${ecosystem}/${sourceName ?? name}`);
  return names.sort()[0] ?? '';
}

/**
 * The risk of a resource: the likelihood that one of its components is the way in. Of each component only the highest
 * finding counts, so that one package with forty flaws does not outweigh forty packages. A finding more never lowers it,
 * and their order does not matter.
 */
export function resourceRisk(findings: readonly ComponentRisk[]): CombinedRisk {
  const highest = new Map<string, number>();
  for (const { component, score } of findings) {
    if (score !== null && score > (highest.get(component) ?? -1)) {
      highest.set(component, score);
    }
  }
  return combined([...highest].map(([name, score]) => ({ name, score, likelihood: likelihoodOf(score) })));
}

/** The risk of an account, or of any other group: of its resources as a resource's is of its components. */
export function groupRisk(resources: readonly { readonly name: string; readonly risk: CombinedRisk }[]): CombinedRisk {
  return combined(resources.map(({ name, risk: { score, likelihood } }) => ({ name, score, likelihood })));
}

interface Part {
  readonly name: string;
  readonly score: number;
  readonly likelihood: number;
}

function combined(parts: readonly Part[]): CombinedRisk {
  const sorted = parts
    .filter(({ likelihood }) => likelihood > 0)
    .sort((a, b) => b.likelihood - a.likelihood || (a.name < b.name ? -1 : 1));
  // From the largest on, so that rounding is the same in any order, and a factor fewer never makes the rest smaller.
  const none = sorted.reduce((product, part) => product * (1 - part.likelihood), 1);
  const likelihood = 1 - none;
  return { score: scoreOfLikelihood(likelihood), likelihood, top: sorted.slice(0, TOP_MAX).map(toTop) };
}

function toTop({ name, score }: Part): CombinedRisk['top'][number] {
  return { name, score };
}

/** What a score means as a likelihood: it falls tenfold with every two points. */
export function likelihoodOf(score: number): number {
  const { top, pointsForTenfold } = RISK_POLICY.combined;
  return score <= 0 ? 0 : top * 10 ** ((Math.min(score, 10) - 10) / pointsForTenfold);
}

function scoreOfLikelihood(likelihood: number): number {
  const { top, pointsForTenfold } = RISK_POLICY.combined;
  if (likelihood <= 0) {
    return 0;
  }
  const score = 10 + pointsForTenfold * Math.log10(likelihood / top);
  return Math.round(Math.min(Math.max(score, 0), 10) * 10) / 10;
}
