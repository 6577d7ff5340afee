import type { EpssScore, ExploitReference, KevEntry } from '../model/advisory.ts';
import type { ScoreBreakdown, ScoreTerm } from '../model/finding.ts';
import type { BlastFacts, Criticality, Reach, RecordedControl } from '../model/resource-facts.ts';
import type { ComponentReach } from './component-reach.ts';
import { exploitationTerm } from './exploitation-term.ts';
import { RISK_POLICY } from './policy.ts';
import { DEFAULT_SCORING_TERMS, type ScoringTerms } from './scoring-terms.ts';
import type { Rating } from './severity.ts';

/** What a score is made of. What is absent is not known, and counts as neither the best nor the worst case. */
export interface ScoreInput {
  readonly rating: Pick<Rating, 'cvss' | 'word'>;
  readonly epss: EpssScore | null;
  readonly kev: KevEntry | null;
  /** Value of the environment tag, lower case; null where there is none. */
  readonly environment: string | null;
  /** An open port: it is a way in, and nothing that is exploited by itself. */
  readonly isOpenPort?: boolean;
  /** The most mature published exploit. */
  readonly exploit?: ExploitReference | null;
  readonly reach?: Reach | null;
  /** The way in words, `Internet, 8080/tcp`. */
  readonly path?: string | null;
  /** The same of the packages that have the flaw; as of the resource where it is not told apart. */
  readonly component?: ComponentReach;
  readonly criticality?: Criticality | null;
  readonly blast?: BlastFacts;
  /** Weaknesses of the flaw, `CWE-918`. */
  readonly cwes?: readonly string[];
  /** Controls that count for this vulnerability today. */
  readonly controls?: readonly RecordedControl[];
}

const SCORE_MAX = 10;

/**
 * The risk score, 0.0 to 10.0: a base and signed steps that add up to it, each with its reason. More danger never lowers
 * it. Without a base and without known exploitation there is nothing to start from, and the score is null.
 */
export function scoreOf(input: ScoreInput, points: ScoringTerms = DEFAULT_SCORING_TERMS): ScoreBreakdown {
  const formula = points.version;
  const base = baseTerm(input.rating, input.kev, points);
  if (base === null) {
    return { score: null, terms: [], cappedFrom: null, formula };
  }
  const isLocal = isLocalVector(input.rating.cvss[0]?.vector);
  // Whoever got in by any port may use what is not attacked over a network.
  const { reach = null, path = null } = isLocal ? input : (input.component ?? input);
  const terms: readonly ScoreTerm[] = [
    base,
    reachTerm(reach, { path, isLocal, points }),
    input.isOpenPort === true ? OPEN_PORT : exploitationTerm(input, base.value, !isLocal, points),
    environmentTerm(input.environment, input.criticality ?? null, points),
    ...blastTerms(input.blast ?? {}, input.cwes ?? [], points),
    controlsTerm(input.controls ?? [], points),
  ];
  // Tenths as integers, so that the terms on screen add up to the score to the digit.
  const tenths = terms.reduce((sum, term) => sum + Math.round(term.value * 10), 0);
  const capped = Math.min(Math.max(tenths, 0), SCORE_MAX * 10);
  return { score: capped / 10, terms, cappedFrom: capped === tenths ? null : tenths / 10, formula };
}

const OPEN_PORT: ScoreTerm = { factor: 'exploitation', detail: 'An open port is a way in, not a flaw', value: 0 };

function baseTerm(
  { cvss, word }: ScoreInput['rating'],
  kev: KevEntry | null,
  { derivedBase }: ScoringTerms,
): ScoreTerm | null {
  const [first] = cvss;
  if (first !== undefined) {
    return { factor: 'cvss', detail: `CVSS ${first.version} base score of ${first.source}`, value: first.score };
  }
  if (word !== null) {
    const detail = `Derived from the word "${word.word}" of ${word.source}`;
    return { factor: 'cvss', detail, value: derivedBase[word.band] };
  }
  return kev === null
    ? null
    : {
        factor: 'cvss',
        detail: 'Not rated; known exploitation counts as critical',
        value: derivedBase.CRITICAL,
      };
}

/** Where no vector says so, a flaw is taken for one that can be attacked over a network. */
function isLocalVector(vector: string | undefined): boolean {
  return vector !== undefined && /(?:^|\/)AV:[LP](?:\/|$)/.test(vector);
}

const REACH_WORDS: Readonly<Record<Reach, string>> = {
  internet: 'Reached from the internet',
  'load-balancer': 'Reached through a load balancer',
  'internet-restricted': 'Reached from some addresses of the internet',
  peer: 'Reached from peered networks or a VPN',
  vpc: 'Reached inside its own network only',
  isolated: 'Not reached over the network',
};

/** What an attack over the network cannot use is no more dangerous on the internet, and still less so behind walls. */
function reachTerm(
  reach: Reach | null,
  { path, isLocal, points }: { readonly path: string | null; readonly isLocal: boolean; readonly points: ScoringTerms },
): ScoreTerm {
  const factor = 'reachability';
  if (reach === null) {
    return { factor, detail: 'Not known yet: counts below the internet and above an isolated network', value: 0 };
  }
  const step = points.reach[reach];
  if (isLocal && step > 0) {
    return { factor, detail: `${path ?? REACH_WORDS[reach]}; the flaw is not attacked over a network`, value: 0 };
  }
  return { factor, detail: path ?? REACH_WORDS[reach], value: step };
}

/** How much the asset matters, where somebody said so, else its environment. */
function environmentTerm(environment: string | null, criticality: Criticality | null, points: ScoringTerms): ScoreTerm {
  const factor = 'environment';
  if (criticality !== null) {
    return { factor, detail: `Criticality ${criticality}`, value: points.criticality[criticality] };
  }
  const steps = points.environments;
  const name = environment?.toLowerCase() ?? null;
  if (name === null || name === '') {
    return { factor, detail: 'No environment tag', value: 0 };
  }
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  return step === undefined
    ? { factor, detail: `Environment ${name}: no rule`, value: 0 }
    : { factor, detail: `Environment ${name}`, value: step };
}

const METADATA_CWES: ReadonlySet<string> = new Set(RISK_POLICY.openMetadataCwes);

/** An administrator reads everything, so of the two the greater counts. */
function blastTerms(blast: BlastFacts, cwes: readonly string[], points: ScoringTerms): readonly ScoreTerm[] {
  const factor = 'environment';
  const terms: ScoreTerm[] = [];
  if (blast.administrator === true) {
    terms.push({ factor, detail: 'Its role is an administrator', value: points.blast.administrator });
  } else if (blast.readsData === true) {
    terms.push({ factor, detail: 'Its role reads many data stores', value: points.blast.readsData });
  }
  if (blast.openMetadata === true && cwes.some((cwe) => METADATA_CWES.has(cwe))) {
    const detail = 'Its metadata service hands out keys without a session';
    terms.push({ factor, detail, value: points.blast.openMetadata });
  }
  return terms;
}

function controlsTerm(controls: readonly RecordedControl[], points: ScoringTerms): ScoreTerm {
  const factor = 'controls';
  if (controls.length === 0) {
    return { factor, detail: 'No compensating control recorded', value: 0 };
  }
  const tenths = controls.reduce((sum, { kind }) => sum + Math.round(points.controls[kind] * 10), 0);
  const value = Math.max(tenths / 10, points.controlsMax);
  const names = controls.map(({ name }) => name).join(', ');
  return { factor, detail: value * 10 > tenths ? `${names}; controls count to ${value} at most` : names, value };
}
