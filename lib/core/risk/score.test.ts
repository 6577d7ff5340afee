import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExploitReference, KevEntry } from '../model/advisory.ts';
import {
  CONTROL_KINDS,
  type CRITICALITIES,
  type REACHES,
  type Reach,
  type RecordedControl,
} from '../model/resource-facts.ts';
import { epssStep } from './exploitation-term.ts';
import { RISK_POLICY } from './policy.ts';
import { type ScoreInput, scoreOf } from './score.ts';
import { DEFAULT_SCORING_TERMS } from './scoring-terms.ts';

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
      {
        factor: 'reachability',
        detail: 'Not known yet: counts below the internet and above an isolated network',
        value: 0,
      },
      { factor: 'exploitation', detail: 'EPSS 20 % on 2026-08-15', value: 0 },
      { factor: 'environment', detail: 'Environment prod', value: 0.3 },
      { factor: 'controls', detail: 'No compensating control recorded', value: 0 },
    ]);
    expect(cappedFrom).toBeNull();
    expect(formula).toBe('v2');
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
    expect(terms[2]?.detail).toBe('EPSS has no score yet; 1.8 % is assumed');
  });

  it.each([
    [9.8, 'N', '3 %', -0.3],
    [5, 'N', '1.1 %', -0.3],
    [3, 'N', '1 %', -0.3],
    [3, 'L', '0.67 %', -0.5],
    [3, 'P', '0.67 %', -0.5],
  ])('the prior of base %d and AV:%s is %s', (base, vector, share, value) => {
    const rating = {
      cvss: [{ version: '3.1' as const, vector: `CVSS:3.1/AV:${vector}/AC:L`, score: base, source: 'x' }],
      word: null,
    };

    expect(scoreOf(input(null, { rating })).terms[2]).toEqual({
      factor: 'exploitation',
      detail: `EPSS has no score yet; ${share} is assumed`,
      value,
    });
  });

  it.each([
    ['internet', 7.4],
    ['load-balancer', 7.3],
    ['internet-restricted', 7.1],
    [null, 7],
    ['peer', 6.7],
    ['vpc', 6],
    ['isolated', 5],
  ] as const)('reached by %s, 7.0 is %d: unknown is neither the best nor hidden', (reach, score) => {
    const breakdown = scoreOf(input(7, { epss: epss(0.2), reach }));

    expect(breakdown.score).toBe(score);
    expect(breakdown.terms[1]?.detail).not.toBe('');
  });

  it('the internet makes a local flaw no worse, and walls still help', () => {
    const rating = {
      cvss: [{ version: '3.1' as const, vector: 'CVSS:3.1/AV:L/AC:L', score: 7, source: 'x' }],
      word: null,
    };
    const reached = (reach: Reach | null) => scoreOf(input(null, { rating, epss: epss(0.2), reach })).score;

    expect([reached('internet'), reached(null), reached('isolated')]).toEqual([7, 7, 5]);
  });

  it.each([
    [null, null, 0],
    [{ maturity: 'public', url: 'u', source: 'exploit-db' }, null, 0.1],
    [{ maturity: 'weaponised', url: 'u', source: 'metasploit' }, null, 0.4],
    [{ maturity: 'weaponised', url: 'u', source: 'metasploit' }, kev, 0.6],
    [null, { ...kev, ransomware: true }, 0.8],
  ] as const)('evidence is a ladder: %o, %o', (exploit, entry, value) => {
    expect(scoreOf(input(7, { epss: epss(0.1), exploit, kev: entry })).terms[2]?.value).toBe(value);
  });

  it('names the exploit, and the prediction where that is above it', () => {
    const exploit = { maturity: 'public', url: 'u', source: 'exploit-db' } as const;

    expect(scoreOf(input(7, { exploit })).terms[2]?.detail).toBe('Public exploit (exploit-db)');
    expect(scoreOf(input(7, { exploit, epss: epss(0.95) })).terms[2]).toMatchObject({
      detail: 'EPSS 95 % on 2026-08-15, above public exploit (exploit-db)',
      value: 0.5,
    });
  });

  it('a stated criticality counts in place of the environment', () => {
    const terms = scoreOf(input(7, { environment: 'prod', criticality: 'low' })).terms;

    expect(terms[3]).toEqual({ factor: 'environment', detail: 'Criticality low', value: -0.5 });
  });

  it('what a take-over brings is a step of its own', () => {
    const blast = { administrator: true, readsData: true, openMetadata: true };
    const values = (cwes: readonly string[]) =>
      scoreOf(input(7, { blast, cwes }))
        .terms.slice(4, -1)
        .map(({ value }) => value);

    expect(values(['CWE-918'])).toEqual([0.4, 0.1]);
    expect(values(['CWE-79'])).toEqual([0.4]);
  });

  it('controls add up to a bound, and say where it cut', () => {
    const waf: RecordedControl = { kind: 'virtual-patch', name: 'WAF rule', vulnerability: null, until: null };
    const agent: RecordedControl = { ...waf, kind: 'runtime-protection', name: 'Agent' };

    expect(scoreOf(input(7, { controls: [waf] })).terms.at(-1)).toEqual({
      factor: 'controls',
      detail: 'WAF rule',
      value: -0.5,
    });
    expect(scoreOf(input(7, { controls: [waf, agent] })).terms.at(-1)?.value).toBe(-0.8);
    expect(scoreOf(input(7, { controls: [waf, agent, agent] })).terms.at(-1)).toEqual({
      factor: 'controls',
      detail: 'WAF rule, Agent, Agent; controls count to -0.8 at most',
      value: -0.8,
    });
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
    expect(epssStep(probability, DEFAULT_SCORING_TERMS.epss)).toBe(step);
  });

  it.each(['constructor', '__proto__', 'Unheard of'])(
    'an environment without a rule counts nothing: %s',
    (environment) => {
      expect(scoreOf(input(5, { environment })).terms[3]?.value).toBe(0);
    },
  );
});

interface Danger {
  readonly base: number;
  readonly isLocal: boolean;
  readonly epss: number | null;
  readonly kev: 'no' | 'yes' | 'ransomware';
  readonly exploit: ExploitReference['maturity'] | null;
  readonly reach: (typeof REACHES)[number] | null;
  readonly environment: 'dev' | 'staging' | 'prod';
  readonly criticality: (typeof CRITICALITIES)[number] | null;
  readonly administrator: boolean;
  readonly readsData: boolean;
  readonly openMetadata: boolean;
  readonly controls: readonly (typeof CONTROL_KINDS)[number][];
}

/** For each factor its values, the least dangerous first. What is unknown has its place where an order is defined. */
const LADDERS = {
  isLocal: [true, false],
  kev: ['no', 'yes', 'ransomware'],
  exploit: [null, 'public', 'weaponised'],
  reach: ['isolated', 'vpc', 'peer', null, 'internet-restricted', 'load-balancer', 'internet'],
  environment: ['dev', 'staging', 'prod'],
  criticality: ['low', 'normal', 'high', 'critical'],
  administrator: [false, true],
  readsData: [false, true],
  openMetadata: [false, true],
} as const satisfies { readonly [Factor in keyof Danger]?: readonly Danger[Factor][] };

function scoredAs(danger: Danger) {
  const { base, isLocal, administrator, readsData, openMetadata } = danger;
  const vector = `CVSS:3.1/AV:${isLocal ? 'L' : 'N'}/AC:L`;
  const control = { name: 'c', vulnerability: null, until: null };
  return scoreOf({
    rating: { cvss: [{ version: '3.1', vector, score: base, source: 'nvd' }], word: null },
    epss: danger.epss === null ? null : epss(danger.epss),
    kev: danger.kev === 'no' ? null : { ...kev, ransomware: danger.kev === 'ransomware' },
    exploit: danger.exploit === null ? null : { maturity: danger.exploit, url: 'u', source: 's' },
    reach: danger.reach,
    environment: danger.environment,
    criticality: danger.criticality,
    blast: { administrator, readsData, openMetadata },
    cwes: ['CWE-918'],
    controls: danger.controls.map((kind) => ({ ...control, kind })),
  });
}

describe('more danger never lowers the score', () => {
  const base = fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10);
  const probability = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.02, noNaN: true }),
  );
  const danger: fc.Arbitrary<Danger> = fc.record({
    base,
    isLocal: fc.boolean(),
    epss: fc.option(probability),
    kev: fc.constantFrom(...LADDERS.kev),
    exploit: fc.constantFrom(...LADDERS.exploit),
    reach: fc.constantFrom(...LADDERS.reach),
    environment: fc.constantFrom(...LADDERS.environment),
    criticality: fc.option(fc.constantFrom(...LADDERS.criticality)),
    administrator: fc.boolean(),
    readsData: fc.boolean(),
    openMetadata: fc.boolean(),
    controls: fc.array(fc.constantFrom(...CONTROL_KINDS), { maxLength: 4 }),
  });
  const scoreAs = (one: Danger): number => scoredAs(one).score ?? -1;

  it('neither a higher base nor a higher EPSS', () => {
    fc.assert(
      fc.property(danger, base, probability, (one, otherBase, otherEpss) => {
        expect(scoreAs({ ...one, base: Math.max(one.base, otherBase) })).toBeGreaterThanOrEqual(scoreAs(one));
        const scored = { ...one, epss: one.epss ?? 0 };
        expect(scoreAs({ ...scored, epss: Math.max(scored.epss, otherEpss) })).toBeGreaterThanOrEqual(scoreAs(scored));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(Object.keys(LADDERS) as (keyof typeof LADDERS)[])('nor a step up in %s', (factor) => {
    fc.assert(
      fc.property(danger, fc.nat(), fc.nat(), (one, a, b) => {
        const ladder = LADDERS[factor];
        const [low, high] = [a % ladder.length, b % ladder.length].sort((x, y) => x - y);
        const lesser = { ...one, [factor]: ladder[low ?? 0] };
        const greater = { ...one, [factor]: ladder[high ?? 0] };
        expect(scoreAs(greater)).toBeGreaterThanOrEqual(scoreAs(lesser));
      }),
      { numRuns: 10_000 },
    );
  });

  it('nor everything at once, nor a control fewer', () => {
    const rungs = fc.record(
      Object.fromEntries(Object.keys(LADDERS).map((factor) => [factor, fc.tuple(fc.nat(), fc.nat())])),
    );
    fc.assert(
      fc.property(danger, rungs, base, (one, places, otherBase) => {
        const at = (choose: (...places: number[]) => number) =>
          Object.fromEntries(
            (Object.keys(LADDERS) as (keyof typeof LADDERS)[]).map((factor) => {
              const ladder = LADDERS[factor];
              const [a = 0, b = 0] = places[factor] ?? [];
              return [factor, ladder[choose(a % ladder.length, b % ladder.length)]];
            }),
          );
        const lesser: Danger = { ...one, ...at(Math.min), base: Math.min(one.base, otherBase) };
        const greater: Danger = { ...one, ...at(Math.max), base: Math.max(one.base, otherBase) };
        expect(scoreAs({ ...greater, controls: one.controls.slice(1) })).toBeGreaterThanOrEqual(scoreAs(lesser));
      }),
      { numRuns: 10_000 },
    );
  });

  it('an unrated flaw that becomes known as exploited comes before all that is unrated', () => {
    expect(scoreOf(input(null)).score).toBeNull();
    expect(scoreOf(input(null, { kev, reach: 'isolated', environment: 'dev' })).score).toBe(7.6);
  });

  it('the terms add up to the score or to what was capped, to the digit, and the score stays within 0 and 10', () => {
    fc.assert(
      fc.property(danger, (one) => {
        const { score, terms, cappedFrom } = scoredAs(one);
        const sum = terms.reduce((total, term) => total + Number(term.value.toFixed(1)) * 10, 0);
        expect((cappedFrom ?? score ?? Number.NaN).toFixed(1)).toBe((sum / 10).toFixed(1));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10);
        for (const { value } of terms) expect(value).toBe(Number(value.toFixed(1)));
      }),
      { numRuns: 10_000 },
    );
  });

  it('equal facts give an equal breakdown', () => {
    fc.assert(
      fc.property(danger, (one) => {
        expect(scoredAs({ ...one })).toEqual(scoredAs(one));
      }),
    );
  });
});

it('the policy is versioned, dated and rises with EPSS', () => {
  const values = [RISK_POLICY.epssFloor.value, ...RISK_POLICY.epssSteps.map((step) => step.value)];

  expect(values).toEqual([...values].sort((a, b) => a - b));
  expect(RISK_POLICY.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});
