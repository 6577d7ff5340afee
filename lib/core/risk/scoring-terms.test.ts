import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REACHES } from '../model/resource-facts.ts';
import { scoreOf } from './score.ts';
import { areSameTerms, DEFAULT_SCORING_TERMS, EVIDENCE, type ScoringTerms, toScoringTerms } from './scoring-terms.ts';

function accepted(raw: unknown): ScoringTerms {
  const terms = toScoringTerms(raw, 'v2.1');
  if ('faults' in terms) throw new Error(JSON.stringify(terms.faults));
  return terms;
}

const RATING = { cvss: [], word: { word: 'high', source: 'NVD', band: 'HIGH' } } as const;

function scored(terms: ScoringTerms, more: Partial<Parameters<typeof scoreOf>[0]> = {}): number | null {
  return scoreOf({ rating: RATING, epss: null, kev: null, environment: null, ...more }, terms).score;
}

describe('terms', () => {
  it('those of this release have no fault, and give the scores of this release', () => {
    const terms = accepted(JSON.parse(JSON.stringify(DEFAULT_SCORING_TERMS)));

    expect(areSameTerms(terms, DEFAULT_SCORING_TERMS)).toBe(true);
    expect(scored(terms, { environment: 'prod' })).toBe(scored(DEFAULT_SCORING_TERMS, { environment: 'prod' }));
  });

  it('a term left out has the points of this release', () => {
    expect(areSameTerms(accepted({}), DEFAULT_SCORING_TERMS)).toBe(true);
    expect(accepted({ reach: { isolated: -4 } }).reach).toEqual({ ...DEFAULT_SCORING_TERMS.reach, isolated: -4 });
  });

  it('points that were changed make the score, and the breakdown names their formula', () => {
    const terms = accepted({ environments: { qa: 0.7 }, derivedBase: { HIGH: 8 } });
    const input = { rating: RATING, epss: null, kev: null, environment: 'QA', reach: 'internet' as const };
    const { score, terms: steps, formula } = scoreOf(input, terms);

    expect(formula).toBe('v2.1');
    expect(steps.map(({ value }) => value)).toEqual([8, 0.4, -0.3, 0.7, 0]);
    expect(score).toBe(8.8);
  });

  it.each([
    [null, 'terms', 'The terms are no object.'],
    [{ reach: { internet: 'much' } }, 'reach.internet', 'Has to be a number from -5 to 5.'],
    [{ reach: { internet: Number.NaN } }, 'reach.internet', 'Has to be a number from -5 to 5.'],
    [{ reach: { internet: 5.1 } }, 'reach.internet', 'Has to be a number from -5 to 5.'],
    [{ reach: { internet: 0.25 } }, 'reach.internet', 'Has to be in tenths of a point.'],
    [{ reach: { moon: 1 } }, 'reach.moon', 'There is no such term.'],
    [{ reach: { peer: 0.9 } }, 'reach.internet-restricted', 'Internet restricted would count less than Peer.'],
    [{ reach: { isolated: 0.1, vpc: 0.1, peer: 0.1 } }, 'reach.isolated', 'Isolated would count more than what nobody'],
    [{ derivedBase: { LOW: 9 } }, 'derivedBase.MEDIUM', 'Medium would count less than Low.'],
    [{ evidence: { publicExploit: 0.5 } }, 'evidence.weaponisedExploit', 'would count less than Public exploit.'],
    [{ evidence: { knownExploited: 0.4 } }, 'evidence.knownExploited', 'less than the highest EPSS.'],
    [{ controls: { 'virtual-patch': 0.1 } }, 'controls.virtual-patch', 'Has to be a number from -5 to 0.'],
    [{ environments: { '': 1 } }, 'environments.', 'has 1 to 40 characters.'],
    [{ environments: { prod: null } }, 'environments.prod', 'Has to be a number'],
    [{ epss: [0.1] }, 'epss.1', 'would count less than the lowest.'],
  ])('%j is refused at the field, with a sentence', (raw, field, sentence) => {
    expect(toScoringTerms(raw, 'v2.1')).toMatchObject({ faults: { [field]: expect.stringContaining(sentence) } });
  });

  it('hostile names end as names', () => {
    const raw = JSON.parse('{"environments": {"__proto__": 0.2, "constructor": 0.1}}') as unknown;
    const terms = accepted(raw);

    expect(scored(terms, { environment: 'constructor' })).toBe(7.3);
    expect(scored(terms, { environment: 'toString' })).toBe(7.2);
  });
});

const tenths = fc.integer({ min: -50, max: 50 }).map((n) => n / 10);
/** Half of them rise as they have to, the others seldom do. */
const points = (count: number) =>
  fc
    .tuple(fc.array(tenths, { minLength: count, maxLength: count }), fc.boolean())
    .map(([values, isSorted]) => (isSorted ? values.toSorted((one, other) => one - other) : values));
const named = (keys: readonly string[], values: readonly number[]) =>
  Object.fromEntries(keys.map((key, at) => [key, values[at]]));
const anyTerms = fc.record(
  {
    reach: points(REACHES.length).map((values) => named(REACHES.toReversed(), values)),
    evidence: points(EVIDENCE.length).map((values) => named(EVIDENCE, values)),
    epss: points(9),
  },
  { requiredKeys: [] },
);

it('whatever terms are accepted, more danger never lowers a score', () => {
  let held = 0;
  fc.assert(
    fc.property(anyTerms, fc.double({ min: 0, max: 1, noNaN: true }), (raw, probability) => {
      const terms = toScoringTerms(raw, 'v2.1');
      if ('faults' in terms) return;
      held += 1;
      const epss = { probability, percentile: 0.5, date: '2026-11-01' };
      const kev = { dateAdded: '2026-11-01', dueDate: '2026-11-20', ransomware: false, name: '', action: '' };
      const exploit = { maturity: 'public', source: 'x', url: '' } as never;
      const score = (more: object) => scored(terms, { epss, ...more }) ?? -1;
      const [none, poc, known] = [score({}), score({ exploit }), score({ exploit, kev: kev as never })];
      const byReach = [...REACHES].reverse().map((reach) => score({ reach }));
      expect([none, poc, known]).toEqual([none, poc, known].toSorted((a, b) => a - b));
      expect(byReach).toEqual(byReach.toSorted((a, b) => a - b));
    }),
    { numRuns: 3_000 },
  );
  expect(held).toBeGreaterThan(20);
});
