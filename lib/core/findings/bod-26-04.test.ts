import { describe, expect, it } from 'vitest';
import { directiveDeadline } from './bod-26-04.ts';

const both = ['partial', 'total'] as const;

describe('BOD 26-04', () => {
  it.each([
    ['no', 'no', 'no', both, null, false],
    ['no', 'yes', 'no', ['partial'], 60, false],
    ['no', 'no', 'yes', both, 60, false],
    ['no', 'yes', 'yes', ['partial'], 14, false],
    ['no', 'yes', 'no', ['total'], 14, false],
    ['no', 'yes', 'yes', ['total'], 3, false],
    ['yes', 'no', 'no', both, 14, false],
    ['yes', 'yes', 'no', ['partial'], 14, false],
    ['yes', 'no', 'yes', ['partial'], 14, false],
    ['yes', 'yes', 'yes', ['partial'], 3, false],
    ['yes', 'yes', 'no', ['total'], 3, true],
    ['yes', 'no', 'yes', ['total'], 3, true],
    ['yes', 'yes', 'yes', ['total'], 3, true],
  ] as const)(
    'exploited %s, exposed %s, automatable %s, impact %s: %s days',
    (kev, exposed, automatable, impacts, days, forensics) => {
      for (const impact of impacts) {
        const facts = {
          knownExploited: kev === 'yes',
          exposed: exposed === 'yes',
          automatable: automatable === 'yes',
          totalImpact: impact === 'total',
        };
        expect(directiveDeadline(facts)).toEqual({ days, forensics });
      }
    },
  );

  it('a yes more never gives more time', () => {
    const names = ['knownExploited', 'exposed', 'automatable', 'totalImpact'] as const;
    const facts = (bits: number) =>
      Object.fromEntries(names.map((name, at) => [name, (bits & (1 << at)) > 0])) as Record<
        (typeof names)[number],
        boolean
      >;
    const daysOf = (bits: number) => directiveDeadline(facts(bits)).days ?? Number.POSITIVE_INFINITY;
    for (let bits = 0; bits < 16; bits += 1) {
      for (let at = 0; at < 4; at += 1)
        expect(daysOf(bits | (1 << at)), `${bits} ${at}`).toBeLessThanOrEqual(daysOf(bits));
    }
  });
});
