import { asArray, asObject } from '../model/raw.ts';
import {
  CONTROL_KINDS,
  type ControlKind,
  CRITICALITIES,
  type Criticality,
  REACHES,
  type Reach,
} from '../model/resource-facts.ts';
import { RISK_POLICY } from './policy.ts';

type Band = keyof typeof RISK_POLICY.derivedBase;
const BANDS = Object.keys(RISK_POLICY.derivedBase) as readonly Band[];

/** Evidence of exploitation, weakest first. */
export const EVIDENCE = ['publicExploit', 'weaponisedExploit', 'knownExploited', 'knownRansomware'] as const;
/** What a take-over brings besides the resource. */
export const BLAST_TERMS = ['administrator', 'readsData', 'openMetadata'] as const;

/** The points of every term of the risk score, in tenths of a point. What is edited is stored, shown and has a version. */
export interface ScoringTerms {
  /** `v2` with the points of this release, `v2.3` after the third change of them. */
  readonly version: string;
  /** Base score that a band stands for where nobody published a vector. */
  readonly derivedBase: Readonly<Record<Band, number>>;
  /** Points of an EPSS probability: at most `EPSS_FROM[0]`, then from each of them on. */
  readonly epss: readonly number[];
  readonly evidence: Readonly<Record<(typeof EVIDENCE)[number], number>>;
  readonly reach: Readonly<Record<Reach, number>>;
  /** By the value of the environment tag, lower case; any other value counts 0. */
  readonly environments: Readonly<Record<string, number>>;
  readonly criticality: Readonly<Record<Criticality, number>>;
  readonly blast: Readonly<Record<(typeof BLAST_TERMS)[number], number>>;
  readonly controls: Readonly<Record<ControlKind, number>>;
  /** The least that all controls together count. */
  readonly controlsMax: number;
}

/** Probabilities at which the points of EPSS change. The lowest counts for what is at most as much, too. */
export const EPSS_FROM: readonly number[] = RISK_POLICY.epssSteps.map(({ from }) => from);

/** The points of this release. */
export const DEFAULT_SCORING_TERMS: ScoringTerms = {
  version: RISK_POLICY.version,
  derivedBase: RISK_POLICY.derivedBase,
  epss: [RISK_POLICY.epssFloor.value, ...RISK_POLICY.epssSteps.map(({ value }) => value)],
  evidence: pick(RISK_POLICY, EVIDENCE),
  reach: RISK_POLICY.reach,
  environments: RISK_POLICY.environments,
  criticality: RISK_POLICY.criticality,
  blast: pick(RISK_POLICY, BLAST_TERMS),
  controls: RISK_POLICY.controls,
  controlsMax: RISK_POLICY.controlsMax,
};

function pick<K extends string>(from: Readonly<Record<K, number>>, keys: readonly K[]): Readonly<Record<K, number>> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Record<K, number>;
}

/** What came of reading terms: the terms, or one sentence for each fault, by the name of the field. */
export type ReadTerms = ScoringTerms | { readonly faults: Readonly<Record<string, string>> };

const POINTS_MAX = 5;
const ENVIRONMENTS_MAX = 40;
const ENVIRONMENT = /^[^\p{C}]{1,40}$/u;

/**
 * Reads terms that were stored or typed. A term left out has its points of this release, so that terms of an older one stay
 * readable. More danger may never count less: terms that would make it so have a fault.
 */
export function toScoringTerms(raw: unknown, version: string): ReadTerms {
  const given = asObject(raw);
  if (given === null) {
    return { faults: { terms: 'The terms are no object.' } };
  }
  const faults: Record<string, string> = {};
  const group = <K extends string>(
    name: string,
    keys: readonly K[],
    usual: Readonly<Record<K, number>>,
    most: Bounds,
  ) => readGroup(name, keys, { given: asObject(given[name]) ?? {}, usual, most, faults });
  const terms: ScoringTerms = {
    version,
    derivedBase: group('derivedBase', BANDS, DEFAULT_SCORING_TERMS.derivedBase, { from: 0, to: 10 }),
    epss: DEFAULT_SCORING_TERMS.epss.map((usual, at) =>
      points(`epss.${at}`, Array.isArray(given.epss) ? given.epss[at] : undefined, { usual, most: ANY, faults }),
    ),
    evidence: group('evidence', EVIDENCE, DEFAULT_SCORING_TERMS.evidence, ANY),
    reach: group('reach', REACHES, DEFAULT_SCORING_TERMS.reach, ANY),
    environments: readEnvironments(given.environments, faults),
    criticality: group('criticality', CRITICALITIES, DEFAULT_SCORING_TERMS.criticality, ANY),
    blast: group('blast', BLAST_TERMS, DEFAULT_SCORING_TERMS.blast, { from: 0, to: POINTS_MAX }),
    controls: group('controls', CONTROL_KINDS, DEFAULT_SCORING_TERMS.controls, { from: -POINTS_MAX, to: 0 }),
    controlsMax: points('controlsMax', given.controlsMax, {
      usual: DEFAULT_SCORING_TERMS.controlsMax,
      most: { from: -POINTS_MAX, to: 0 },
      faults,
    }),
  };
  checkOrder(terms, faults);
  return Object.keys(faults).length === 0 ? terms : { faults };
}

/** Whether two sets of terms give the same scores, whatever their versions. */
export function areSameTerms(one: ScoringTerms, other: ScoringTerms): boolean {
  const sorted = (record: Readonly<Record<string, number>>) =>
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const points = (terms: ScoringTerms): string =>
    JSON.stringify([
      terms.epss,
      terms.controlsMax,
      ...[terms.derivedBase, terms.evidence, terms.reach, terms.environments].map(sorted),
      ...[terms.criticality, terms.blast, terms.controls].map(sorted),
    ]);
  return points(one) === points(other);
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}
const ANY: Bounds = { from: -POINTS_MAX, to: POINTS_MAX };

interface ReadPoints {
  readonly usual: number;
  readonly most: Bounds;
  readonly faults: Record<string, string>;
}

function points(field: string, value: unknown, { usual, most, faults }: ReadPoints): number {
  if (value === undefined) {
    return usual;
  }
  if (typeof value !== 'number' || !(value >= most.from && value <= most.to)) {
    faults[field] = `Has to be a number from ${most.from} to ${most.to}.`;
    return usual;
  }
  if (Math.abs(value * 10 - Math.round(value * 10)) > 1e-6) {
    faults[field] = 'Has to be in tenths of a point.';
    return usual;
  }
  // Also makes one zero of the two.
  return Math.round(value * 10) / 10 + 0;
}

function readGroup<K extends string>(
  name: string,
  keys: readonly K[],
  {
    given,
    usual,
    most,
    faults,
  }: Omit<ReadPoints, 'usual'> & {
    readonly given: Readonly<Record<string, unknown>>;
    readonly usual: Readonly<Record<K, number>>;
  },
): Readonly<Record<K, number>> {
  for (const key of Object.keys(given).slice(0, ENVIRONMENTS_MAX)) {
    if (!keys.includes(key as K)) faults[`${name}.${key.slice(0, 40)}`] = 'There is no such term.';
  }
  const read = keys.map((key) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return [key, points(`${name}.${key}`, value, { usual: usual[key], most, faults })];
  });
  return Object.fromEntries(read) as Record<K, number>;
}

function readEnvironments(raw: unknown, faults: Record<string, string>): Readonly<Record<string, number>> {
  if (raw === undefined) {
    return DEFAULT_SCORING_TERMS.environments;
  }
  // Pairs, as a form has them, may name one twice.
  const entries = Array.isArray(raw)
    ? raw.map((pair) => [String(asArray(pair)[0]), asArray(pair)[1]] as const)
    : Object.entries(asObject(raw) ?? {});
  if (entries.length > ENVIRONMENTS_MAX) {
    faults.environments = `At most ${ENVIRONMENTS_MAX} environments can have points.`;
  }
  const read = entries.slice(0, ENVIRONMENTS_MAX).map(([name, value]) => {
    const word = name.trim().toLowerCase();
    const field = `environments.${name.slice(0, 40)}`;
    if (!ENVIRONMENT.test(word)) faults[field] = 'The name of an environment has 1 to 40 characters.';
    return [word, points(field, value ?? null, { usual: 0, most: ANY, faults })] as const;
  });
  if (new Set(read.map(([word]) => word)).size < read.length) {
    faults.environments = 'An environment has points twice.';
  }
  return Object.fromEntries(read);
}

/** What has more danger in it counts as much at least; where nothing is known counts between the best and the worst. */
function checkOrder(terms: ScoringTerms, faults: Record<string, string>): void {
  const rising = (fields: readonly (readonly [field: string, value: number, name: string])[]): void => {
    fields.forEach(([field, value, name], at) => {
      const weaker = fields[at - 1];
      if (weaker !== undefined && value < weaker[1]) {
        faults[field] ??= `${name} would count less than ${weaker[2]}.`;
      }
    });
  };
  const named = <K extends string>(group: string, keys: readonly K[], of: Readonly<Record<K, number>>) =>
    keys.map((key) => [`${group}.${key}`, of[key], wordsOf(key)] as const);
  rising(named('derivedBase', BANDS, terms.derivedBase).toReversed());
  rising(
    terms.epss.map(
      (value, at) => [`epss.${at}`, value, at === 0 ? 'the lowest' : `from ${EPSS_FROM[at - 1]}`] as const,
    ),
  );
  rising(named('evidence', EVIDENCE, terms.evidence));
  const likeliest = terms.epss.at(-1) ?? 0;
  if (terms.evidence.knownExploited < likeliest) {
    faults['evidence.knownExploited'] ??= 'Known exploited would count less than the highest EPSS.';
  }
  rising(named('reach', REACHES, terms.reach).toReversed());
  if (terms.reach.internet < 0) faults['reach.internet'] ??= 'Internet would count less than what nobody knows, 0.';
  if (terms.reach.isolated > 0) faults['reach.isolated'] ??= 'Isolated would count more than what nobody knows, 0.';
  rising(named('criticality', CRITICALITIES, terms.criticality).toReversed());
  rising(named('blast', ['readsData', 'administrator'], terms.blast));
}

/** `internet-restricted` as "Internet restricted", `knownExploited` as "Known exploited". */
function wordsOf(key: string): string {
  const words = key
    .replaceAll('-', ' ')
    .replace(/[a-z](?=[A-Z])/g, '$& ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
