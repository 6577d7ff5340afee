import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComponentRisk, componentOf, groupRisk, likelihoodOf, resourceRisk } from './combined-risk.ts';

const tenths = fc.integer({ min: 0, max: 100 }).map((score) => score / 10);
const finding: fc.Arbitrary<ComponentRisk> = fc.record({
  component: fc.integer({ min: 0, max: 30 }).map(String),
  score: fc.option(tenths),
});
const findings = fc.array(finding, { maxLength: 60 });

describe('the risk of a resource', () => {
  it('is that of its finding where it has one', () => {
    fc.assert(
      fc.property(tenths, (score) => {
        expect(resourceRisk([{ component: 'a', score }]).score).toBe(score);
      }),
    );
  });

  it('one package with forty flaws does not outweigh forty packages', () => {
    const flaws = Array.from({ length: 40 }, () => ({ component: 'openssl', score: 7 }));
    const packages = Array.from({ length: 40 }, (_, at) => ({ component: String(at), score: 7 }));

    expect(resourceRisk(flaws).score).toBe(7);
    expect(resourceRisk(packages).score).toBe(9.8);
  });

  it('ten sevens are as much as one nine', () => {
    const sevens = Array.from({ length: 10 }, (_, at) => ({ component: String(at), score: 7 }));

    expect(resourceRisk(sevens).score).toBe(8.9);
    expect(resourceRisk([{ component: 'a', score: 9 }, ...sevens]).score).toBe(9.4);
  });

  it('is the same in any order', () => {
    fc.assert(
      fc.property(
        findings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(resourceRisk(shuffled)).toEqual(resourceRisk(all));
        },
      ),
    );
  });

  it('a finding fewer never raises it, to the last bit', () => {
    fc.assert(
      fc.property(
        findings.chain((all) => fc.tuple(fc.constant(all), fc.subarray([...all]))),
        ([all, some]) => {
          const whole = resourceRisk(all);
          const rest = resourceRisk(some);
          expect(rest.likelihood).toBeLessThanOrEqual(whole.likelihood);
          expect(rest.score).toBeLessThanOrEqual(whole.score);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('is never below its highest finding and never above 10', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const { score } = resourceRisk(all);
        expect(score).toBeGreaterThanOrEqual(Math.max(0, ...all.map((one) => one.score ?? 0)));
        expect(score).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('names the components that it comes from, the worst first', () => {
    const { top } = resourceRisk([
      { component: 'b', score: 5 },
      { component: 'a', score: 5 },
      { component: 'c', score: 8 },
      { component: 'd', score: null },
      { component: 'c', score: 2 },
    ]);

    expect(top).toEqual([
      { name: 'c', score: 8 },
      { name: 'a', score: 5 },
      { name: 'b', score: 5 },
    ]);
  });

  it('without findings is 0', () => {
    expect(resourceRisk([])).toEqual({ score: 0, likelihood: 0, top: [] });
    expect(resourceRisk([{ component: 'a', score: null }]).score).toBe(0);
  });
});

describe('the risk of an account', () => {
  it('is that of all its components at once, however they are spread over resources', () => {
    fc.assert(
      fc.property(findings, findings, (a, b) => {
        const apart = groupRisk([
          { name: 'a', risk: resourceRisk(a) },
          { name: 'b', risk: resourceRisk(b) },
        ]);
        const together = resourceRisk([
          ...a.map((one) => ({ ...one, component: `a ${one.component}` })),
          ...b.map((one) => ({ ...one, component: `b ${one.component}` })),
        ]);
        expect(apart.likelihood).toBeCloseTo(together.likelihood, 12);
      }),
    );
  });

  it('a resource fewer never raises it', () => {
    fc.assert(
      fc.property(
        fc.array(findings, { maxLength: 12 }).chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
        ([all, some]) => {
          const risk = (resources: typeof all) =>
            groupRisk(resources.map((one, at) => ({ name: String(at), risk: resourceRisk(one) }))).likelihood;
          expect(risk(some)).toBeLessThanOrEqual(risk(all));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it('two points less are a tenth of the likelihood', () => {
  expect(likelihoodOf(10)).toBe(0.9);
  expect(likelihoodOf(8)).toBeCloseTo(0.09, 12);
  expect(likelihoodOf(0)).toBe(0);
});

it.each([
  [
    [
      { ecosystem: 'debian', name: 'libssl3', sourceName: 'openssl' },
      { ecosystem: 'debian', name: 'openssl', sourceName: null },
    ],
    'debian/openssl',
  ],
  [[{ ecosystem: 'npm', name: 'lodash', sourceName: null }], 'npm/lodash'],
  [[], ''],
])('packages of one source are one component', (packages, component) => {
  expect(componentOf(packages)).toBe(component);
});
