import type { CvssScore, InspectorScore } from '../model/finding.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { Reach } from '../model/resource-facts.ts';
import { scoreVector } from './cvss.ts';
import { CVSS_GRAMMARS } from './cvss-grammar.ts';

export interface InspectorScoreInput {
  /** All statements about the flaw, in the order in which they are trusted. */
  readonly cvss: readonly CvssScore[];
  readonly kind: ResourceKind;
  /** Ecosystems of the affected packages: vendors rate their own builds. */
  readonly ecosystems: readonly string[];
  /** Null while nobody looked. */
  readonly reach: Reach | null;
}

/** Vendors whose vector outranks NVD's for packages of their distribution, by the ecosystem of the package. */
const VENDOR_SOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['amazon', ['amazon', 'alas', 'alas2', 'alas2023']],
  ['debian', ['debian', 'dsa', 'dla']],
  ['redhat', ['redhat', 'rhsa', 'rhvex']],
]);
const UBUNTU_SOURCES = ['ubuntu', 'usn'];

/**
 * Amazon Inspector's score by its published rule: the base vector of the vendor for Amazon Linux, Debian and Red Hat, else
 * of NVD; on an instance that the internet does not reach, the attack vector "network" becomes "adjacent" where neighbours
 * reach it and "local" where nobody does. Not adjusted while the reach is not known, for Ubuntu, and for what is no instance.
 * Null without a vector of version 3 or 4.
 */
export function inspectorScoreOf(input: InspectorScoreInput, version: '3' | '4' = '3'): InspectorScore | null {
  const base = baseOf(input, version);
  if (base === null) {
    return null;
  }
  const unadjusted = {
    score: base.score,
    scoringVector: baseVector(base),
    version: base.version,
    cvssSource: base.source,
    adjustments: [],
  };
  const note = whyNot(input);
  if (note !== null) {
    return { ...unadjusted, note };
  }
  const adjustment = adjustmentFor(input.reach);
  const vector = adjustment === null ? null : lowered(unadjusted.scoringVector, adjustment.value);
  const scores = vector === null ? null : scoreVector(vector);
  if (adjustment === null || vector === null || scores === null || 'rejected' in scores || scores.base > base.score) {
    return { ...unadjusted, note: null };
  }
  const adjustments = [{ metric: 'Attack Vector', reason: adjustment.reason }];
  return { ...unadjusted, score: scores.base, scoringVector: vector, adjustments, note: null };
}

function baseOf({ cvss, ecosystems }: InspectorScoreInput, version: '3' | '4'): CvssScore | null {
  const candidates = version === '4' ? ofVersion(cvss, '4.0') : [...ofVersion(cvss, '3.1'), ...ofVersion(cvss, '3.0')];
  const sources = ecosystems.includes('ubuntu')
    ? UBUNTU_SOURCES
    : ecosystems.flatMap((ecosystem) => VENDOR_SOURCES.get(ecosystem) ?? []);
  return (
    candidates.find(({ source }) => sources.includes(source)) ??
    candidates.find(({ source }) => source === 'nvd') ??
    candidates[0] ??
    null
  );
}

function ofVersion(cvss: readonly CvssScore[], version: CvssScore['version']): readonly CvssScore[] {
  return cvss.filter((one) => one.version === version);
}

function whyNot({ kind, ecosystems, reach }: InspectorScoreInput): string | null {
  if (kind !== 'ec2') {
    return 'Only the score of instances is adjusted.';
  }
  if (ecosystems.includes('ubuntu')) {
    return 'Ubuntu rates by a system of its own, which is not adjusted.';
  }
  return reach === null ? 'It is not known whether the instance can be reached.' : null;
}

function adjustmentFor(reach: Reach | null): { readonly value: 'A' | 'L'; readonly reason: string } | null {
  switch (reach) {
    case 'peer':
      return { value: 'A', reason: 'No path from the internet; peered networks or a VPN reach the instance' };
    case 'vpc':
      return { value: 'A', reason: 'No path from the internet; only its own network reaches the instance' };
    case 'isolated':
      return { value: 'L', reason: 'No path over the network to the instance' };
    default:
      return null;
  }
}

/** The vector without what it says of threat and environment: those are somebody else's. */
function baseVector({ vector, version }: CvssScore): string {
  const { prefix, base } = CVSS_GRAMMARS[version];
  const parts = vector.slice(prefix.length).split('/');
  return prefix + parts.filter((part) => Object.hasOwn(base, part.slice(0, part.indexOf(':')))).join('/');
}

/** The vector with another attack vector; null where it is not attacked over the network in the first place. */
function lowered(vector: string, value: 'A' | 'L'): string | null {
  return /\/AV:N(?:\/|$)/.test(vector) ? vector.replace('/AV:N', `/AV:${value}`) : null;
}
