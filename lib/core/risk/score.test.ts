import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KevEntry } from '../model/advisory.ts';
import { RISK_POLICY } from './policy.ts';
import { epssStep, type ScoreInput, scoreOf } from './score.ts';

const kev: KevEntry = { dateAdded: '2026-01-02', dueDate: '2026-01-23', ransomware: false, name: '', action: '' };

function input(base: number | null, fields: Partial<ScoreInput> = {}): ScoreInput {
  const cvss = base === null ? [] : [{ version: '3.1' as const, vector: 'x', score: base, source: 'nvd' }];
  return { rating: { cvss, word: null }, epss: null, kev: null, environment: null, ...fields };
}

function epss(probability: number) {
  return { probability, percentile: 0.5, date: '2026-08-15' };
}

describe('the risk score', () => {
  it('shows every step, and the steps add up', () => {
    const { score, terms, cappedFrom, formula } = scoreOf(input(7.5, { epss: epss(0.2), environment: 'prod' }));

    expect(score).toBe(7.8);
    expect(terms).toEqual([
      { factor: 'cvss', detail: 'CVSS 3.1 base score of nvd', value: 7.5 },
      { factor: 'reachability', detail: 'Not assessed yet', value: 0 },
      { factor: 'exploitation', detail: 'EPSS 20 % on 2026-08-15', value: 0 },
      { factor: 'environment', detail: 'Environment prod', value: 0.3 },
      { factor: 'controls', detail: 'No compensating control recorded', value: 0 },
    ]);
    expect(cappedFrom).toBeNull();
    expect(formula).toBe('v1');
  });

  it('is capped, and says from what', () => {
    expect(scoreOf(input(9.8, { kev, environment: 'prod' }))).toMatchObject({ score: 10, cappedFrom: 10.7 });
    expect(scoreOf(input(0, { epss: epss(0) }))).toMatchObject({ score: 0, cappedFrom: -1 });
  });

  it('evidence outranks prediction', () => {
    expect(scoreOf(input(7, { kev, epss: epss(0.99) })).score).toBe(7.6);
    expect(scoreOf(input(7, { kev: { ...kev, ransomware: true } })).score).toBe(7.8);
    expect(scoreOf(input(7, { epss: epss(0.99) })).score).toBe(7.5);
  });

  it('a CVE without EPSS takes the prior and says so', () => {
    const { score, terms } = scoreOf(input(7));

    expect(score).toBe(6.7);
    expect(terms[2]?.detail).toBe('EPSS has no score yet; 1.2 % is assumed');
  });

  it.each([
    ['CRITICAL', 9.3],
    ['HIGH', 7.5],
    ['MEDIUM', 5.5],
    ['LOW', 3],
    ['INFORMATIONAL', 1],
  ] as const)('a word alone gives a derived base: %s', (band, base) => {
    const rating = { cvss: [], word: { band, word: 'w', source: 'ubuntu' } };

    expect(scoreOf(input(null, { rating })).terms[0]).toEqual({
      factor: 'cvss',
      detail: 'Derived from the word "w" of ubuntu',
      value: base,
    });
  });

  it('is null without a base and without known exploitation', () => {
    expect(scoreOf(input(null, { epss: epss(0.9) })).score).toBeNull();
    expect(scoreOf(input(null, { kev })).score).toBe(9.9);
  });

  it.each([
    [0, -1],
    [0.001, -1],
    [0.0011, -0.7],
    [0.9, 0.5],
    [1, 0.5],
  ])('the step of EPSS %d is %d', (probability, step) => {
    expect(epssStep(probability)).toBe(step);
  });

  it.each(['constructor', '__proto__', 'Unheard of'])(
    'an environment without a rule counts nothing: %s',
    (environment) => {
      expect(scoreOf(input(5, { environment })).terms[3]?.value).toBe(0);
    },
  );
});

describe('more danger never lowers the score', () => {
  const base = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const environment = fc.constantFrom(null, 'dev', 'staging', 'prod', 'other');
  const anyKev = fc.constantFrom(null, kev, { ...kev, ransomware: true });
  const scored = fc.record({ base, probability, environment, kev: anyKev });
  const score = (one: {
    base: number;
    probability: number;
    environment: string | null;
    kev: KevEntry | null;
  }): number =>
    scoreOf(input(one.base, { epss: epss(one.probability), environment: one.environment, kev: one.kev })).score ?? -1;

  it('neither a higher base nor a higher EPSS', () => {
    fc.assert(
      fc.property(scored, base, probability, (one, otherBase, otherProbability) => {
        const more = {
          ...one,
          base: Math.max(one.base, otherBase),
          probability: Math.max(one.probability, otherProbability),
        };
        expect(score(more)).toBeGreaterThanOrEqual(score(one));
      }),
      { numRuns: 2000 },
    );
  });

  it('neither known exploitation, nor ransomware, nor production', () => {
    fc.assert(
      fc.property(scored, (one) => {
        const exploited = score({ ...one, kev });
        expect(exploited).toBeGreaterThanOrEqual(score({ ...one, kev: null }));
        expect(score({ ...one, kev: { ...kev, ransomware: true } })).toBeGreaterThanOrEqual(exploited);
        expect(score({ ...one, environment: 'prod' })).toBeGreaterThanOrEqual(score(one));
      }),
      { numRuns: 2000 },
    );
  });

  it('the terms add up to the score or to what was capped', () => {
    fc.assert(
      fc.property(scored, (one) => {
        const breakdown = scoreOf(input(one.base, { ...one, epss: epss(one.probability) }));
        const sum = breakdown.terms.reduce((total, term) => total + term.value, 0);
        expect(breakdown.cappedFrom ?? breakdown.score ?? Number.NaN).toBeCloseTo(sum, 6);
      }),
    );
  });
});

it('the policy is versioned, dated and rises with EPSS', () => {
  const values = [RISK_POLICY.epssFloor.value, ...RISK_POLICY.epssSteps.map((step) => step.value)];

  expect(values).toEqual([...values].sort((a, b) => a - b));
  expect(RISK_POLICY.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
