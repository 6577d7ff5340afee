import type { EpssScore, KevEntry } from '../model/advisory.ts';
import type { ScoreBreakdown, ScoreTerm } from '../model/finding.ts';
import { RISK_POLICY } from './policy.ts';
import type { Rating } from './severity.ts';

export interface ScoreInput {
  readonly rating: Pick<Rating, 'cvss' | 'word'>;
  readonly epss: EpssScore | null;
  readonly kev: KevEntry | null;
  /** Value of the environment tag, lower case; null where there is none. */
  readonly environment: string | null;
}

const SCORE_MAX = 10;

/**
 * The risk score, 0.0 to 10.0: a base and signed steps that add up to it, each with its reason. More danger never lowers
 * it. Without a base and without known exploitation there is nothing to start from, and the score is null.
 */
export function scoreOf({ rating, epss, kev, environment }: ScoreInput): ScoreBreakdown {
  const formula = RISK_POLICY.version;
  const base = baseTerm(rating, kev);
  if (base === null) {
    return { score: null, terms: [], cappedFrom: null, formula };
  }
  const terms: readonly ScoreTerm[] = [
    base,
    { factor: 'reachability', detail: 'Not assessed yet', value: 0 },
    exploitationTerm(epss, kev),
    environmentTerm(environment),
    { factor: 'controls', detail: 'No compensating control recorded', value: 0 },
  ];
  // Tenths as integers, so that the terms on screen add up to the score to the digit.
  const tenths = terms.reduce((sum, term) => sum + Math.round(term.value * 10), 0);
  const capped = Math.min(Math.max(tenths, 0), SCORE_MAX * 10);
  return { score: capped / 10, terms, cappedFrom: capped === tenths ? null : tenths / 10, formula };
}

function baseTerm({ cvss, word }: ScoreInput['rating'], kev: KevEntry | null): ScoreTerm | null {
  const [first] = cvss;
  if (first !== undefined) {
    return { factor: 'cvss', detail: `CVSS ${first.version} base score of ${first.source}`, value: first.score };
  }
  if (word !== null) {
    const detail = `Derived from the word "${word.word}" of ${word.source}`;
    return { factor: 'cvss', detail, value: RISK_POLICY.derivedBase[word.band] };
  }
  return kev === null
    ? null
    : {
        factor: 'cvss',
        detail: 'Not rated; known exploitation counts as critical',
        value: RISK_POLICY.derivedBase.CRITICAL,
      };
}

/** Evidence outranks prediction, so the greater of the two counts and not their sum. */
function exploitationTerm(epss: EpssScore | null, kev: KevEntry | null): ScoreTerm {
  const factor = 'exploitation';
  if (kev?.ransomware) {
    return {
      factor,
      detail: `In CISA KEV since ${kev.dateAdded}, used by ransomware`,
      value: RISK_POLICY.knownRansomware,
    };
  }
  if (kev !== null) {
    return { factor, detail: `In CISA KEV since ${kev.dateAdded}`, value: RISK_POLICY.knownExploited };
  }
  const probability = epss?.probability ?? RISK_POLICY.epssPrior;
  const detail =
    epss === null
      ? `EPSS has no score yet; ${percent(RISK_POLICY.epssPrior)} is assumed`
      : `EPSS ${percent(epss.probability)} on ${epss.date}`;
  return { factor, detail, value: epssStep(probability) };
}

/** Monotone by construction: the steps rise with the probability. */
export function epssStep(probability: number): number {
  const { epssFloor } = RISK_POLICY;
  let value: number = epssFloor.value;
  if (probability <= epssFloor.upTo) {
    return value;
  }
  for (const step of RISK_POLICY.epssSteps) {
    if (probability >= step.from) {
      value = step.value;
    }
  }
  return value;
}

function environmentTerm(environment: string | null): ScoreTerm {
  const factor = 'environment';
  const steps: Readonly<Record<string, number>> = RISK_POLICY.environments;
  const name = environment?.toLowerCase() ?? null;
  if (name === null || name === '') {
    return { factor, detail: 'No environment tag', value: 0 };
  }
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  return step === undefined
    ? { factor, detail: `Environment ${name}: no rule`, value: 0 }
    : { factor, detail: `Environment ${name}`, value: step };
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
