import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare-versions.ts';
import { schemes } from './registry.ts';
import { SCHEME_IDS } from './scheme.ts';

/** Pieces that often join to a version in one scheme or another. */
const pieces = [
  '.0',
  '.1',
  '.9',
  '.10',
  '-1',
  '-a',
  '-rc.1',
  'a1',
  'b',
  '~',
  '~rc',
  '+x',
  '.dev1',
  '.post1',
  '9',
  '-0',
  '_p1',
  '_rc2',
  '_',
  '^1',
  '-r1',
  '.final',
  '-SNAPSHOT',
  'rc1',
  '.M2',
  '-1a',
  '.01',
  '+1',
];
const text = fc
  .tuple(
    fc.constantFrom('0', '1', '9', '10', '1:1', '1!1', '1.0.0', '1.0.1', '1.0.10'),
    fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
  )
  .map(([start, rest]) => start + rest.join(''));

it('the registry names every scheme by its own id', () => {
  expect(Object.keys(schemes).sort()).toEqual([...SCHEME_IDS].sort());
  for (const [id, scheme] of Object.entries(schemes)) {
    expect(scheme.id).toBe(id);
  }
});

describe.each(Object.values(schemes))('$id', (scheme) => {
  it('is a total order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const ab = compareVersions(scheme, a, b);
        const bc = compareVersions(scheme, b, c);
        const ac = compareVersions(scheme, a, c);
        fc.pre(ab !== null && bc !== null && ac !== null);
        expect(compareVersions(scheme, a, a)).toBe(0);
        expect(compareVersions(scheme, b, a)).toBe(ab === 0 ? 0 : -Number(ab));
        if (Number(ab) <= 0 && Number(bc) <= 0) {
          expect(ac).toBe(Math.min(Number(ab), Number(bc)));
        }
      }),
      { numRuns: 800, maxSkipsPerRun: 5_000 },
    );
  });

  it.each(['', ' ', '\u0000', 'one two', '1.0\n2.0', '1'.repeat(10_000_000), '1.'.repeat(5_000_000)])(
    'refuses what is not a version, at once',
    (hostile) => {
      expect(scheme.parse(hostile)).toBeNull();
    },
  );
});

it.each(['1.0-', ':1.0', 'a:1.0', '-1', '1.0-1_2', 'abc'])('deb refuses %s', (hostile) => {
  expect(schemes.deb.parse(hostile)).toBeNull();
});

it.each(['1.2.x', '*', 'latest', '1.0.0-', '1.0.0-a..b', '1.0.0+', '-1.0.0', '1..2', '1.', '^1.0.0', '>=1.0.0'])(
  'semver refuses %s',
  (hostile) => {
    expect(schemes.semver.parse(hostile)).toBeNull();
  },
);

it('text from before PEP 440 sorts but is doubtful, and so are four numbers in semver', () => {
  const legacy = schemes.pep440.parse('0.1-bulbasaur');
  const overlong = schemes.semver.parse('1.2.3.4');

  expect(legacy !== null && schemes.pep440.isDoubtful(legacy)).toBe(true);
  expect(overlong !== null && schemes.semver.isDoubtful(overlong)).toBe(true);
});
