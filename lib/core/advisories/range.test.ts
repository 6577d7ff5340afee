import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AffectedPackage, RangeEvent } from '../model/advisory.ts';
import { deb } from '../versions/deb.ts';
import { pep440 } from '../versions/pep440.ts';
import { semver } from '../versions/semver.ts';
import { evaluateAffected } from './range.ts';

function entry(events: readonly RangeEvent[], versions: readonly string[] = []): AffectedPackage {
  const ranges = events.length === 0 ? [] : [{ type: 'ECOSYSTEM' as const, events }];
  return { ecosystem: 'x', name: 'x', ranges, versions };
}

const django = entry([
  { introduced: '0' },
  { fixed: '2.2.24' },
  { introduced: '3.0' },
  { fixed: '3.1.12' },
  { introduced: '3.2' },
  { fixed: '3.2.4' },
]);

describe('a version and an affected entry', () => {
  it.each([
    ['2.2.1', '2.2.24', '>= 0, < 2.2.24'],
    ['3.0', '3.1.12', '>= 3.0, < 3.1.12'],
    ['3.2.3', '3.2.4', '>= 3.2, < 3.2.4'],
    ['2.2.24', null, null],
    ['2.2.99', null, null],
    ['3.1.12', null, null],
    ['4.0', null, null],
    ['3.2rc1', null, null],
  ])('Django %s: fixed in %s, range %s', (version, fixedVersion, range) => {
    expect(evaluateAffected(django, version, pep440)).toEqual(
      range === null ? { kind: 'unaffected' } : { kind: 'affected', fixedVersion, range },
    );
  });

  it('the last affected version is affected and names no fix', () => {
    const lastAffected = entry([{ introduced: '1.0.0' }, { lastAffected: '1.4.0' }]);

    expect(evaluateAffected(lastAffected, '1.4.0', semver)).toMatchObject({ kind: 'affected', fixedVersion: null });
    expect(evaluateAffected(lastAffected, '1.4.1', semver).kind).toBe('unaffected');
    expect(evaluateAffected(lastAffected, '1.0.0-rc.1', semver).kind).toBe('unaffected');
  });

  it('"0" is the beginning of all versions, even below zero', () => {
    expect(evaluateAffected(entry([{ introduced: '0' }]), '0~rc1', deb).kind).toBe('affected');
    expect(evaluateAffected(entry([{ introduced: '0' }]), '0.0.0-alpha', semver).kind).toBe('affected');
  });

  it('the order in which events are written does not matter', () => {
    const shuffled = entry([{ fixed: '3.2.4' }, { introduced: '3.2' }, { fixed: '2.2.24' }, { introduced: '0' }]);

    expect(evaluateAffected(shuffled, '3.2.1', pep440)).toMatchObject({ fixedVersion: '3.2.4' });
    expect(evaluateAffected(shuffled, '3.0', pep440).kind).toBe('unaffected');
  });

  it('a limit bounds a range, a star does not', () => {
    expect(evaluateAffected(entry([{ introduced: '0' }, { limit: '2.0' }]), '2.0', pep440).kind).toBe('unaffected');
    expect(evaluateAffected(entry([{ introduced: '0' }, { limit: '2.0' }]), '1.9', pep440).kind).toBe('affected');
    expect(evaluateAffected(entry([{ introduced: '0' }, { limit: '*' }]), '9', pep440).kind).toBe('affected');
  });

  it('a listed version is affected, in any spelling', () => {
    expect(evaluateAffected(entry([], ['1.0']), '1.0.0', pep440)).toMatchObject({ kind: 'affected', range: '= 1.0' });
    expect(evaluateAffected(entry([], ['1.0']), '1.0.1', pep440).kind).toBe('unaffected');
    expect(evaluateAffected(entry([], ['banana']), 'banana', pep440).kind).toBe('affected');
  });

  it('a fix that another range covers again is no fix', () => {
    const twice: AffectedPackage = {
      ...entry([]),
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.5.0' }] },
        { type: 'SEMVER', events: [{ introduced: '1.4.0' }, { fixed: '1.6.0' }] },
      ],
    };

    expect(evaluateAffected(twice, '1.0.0', semver)).toMatchObject({ fixedVersion: '1.6.0' });
  });

  it.each([
    ['an installed version that is none', entry([{ introduced: '0' }, { fixed: '1' }]), 'one two'],
    ['an installed version of an abandoned form', entry([{ introduced: '0' }, { fixed: '1' }]), '0.1-bulbasaur'],
    ['a fix that is no version', entry([{ introduced: '0' }, { fixed: 'soon' }]), '1.0'],
    ['a record without versions', entry([]), '1.0'],
  ])('%s is undecidable, with a reason', (_, affected, version) => {
    const verdict = evaluateAffected(affected, version, pep440);

    expect(verdict.kind).toBe('undecidable');
    expect(verdict.kind === 'undecidable' && verdict.reason.length).toBeGreaterThan(10);
  });

  it('a fixed version is above the installed one and no longer affected', () => {
    const number = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 4 }), number, (pairs, installed) => {
        const events = pairs.flatMap(([a, b]) => [{ introduced: `1.${a}.0` }, { fixed: `1.${b}.0` }]);
        const version = `1.${installed}.0`;
        const verdict = evaluateAffected(entry(events), version, semver);
        if (verdict.kind === 'affected' && verdict.fixedVersion !== null) {
          expect(Number(verdict.fixedVersion.split('.')[1])).toBeGreaterThan(installed);
          expect(evaluateAffected(entry(events), verdict.fixedVersion, semver).kind).toBe('unaffected');
        }
      }),
    );
  });
});
