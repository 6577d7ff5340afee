import { describe, expect, it } from 'vitest';
import type { SeverityStatement } from '../model/advisory.ts';
import { bandOfScore, ratingOf } from './severity.ts';

const critical = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const v2: SeverityStatement = { type: 'CVSS_V2', value: 'AV:N/AC:L/Au:N/C:P/I:P/A:P', source: 'nvd' };
const v31: SeverityStatement = { type: 'CVSS_V3', value: critical, source: 'nvd' };
const v30: SeverityStatement = { type: 'CVSS_V3', value: critical.replace('3.1', '3.0'), source: 'nvd' };
const v40: SeverityStatement = {
  type: 'CVSS_V4',
  value: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N',
  source: 'ghsa',
};
const low: SeverityStatement = { type: 'word', value: 'low', source: 'ubuntu' };
const moderate: SeverityStatement = { type: 'word', value: 'moderate', source: 'ghsa' };

function rate(statements: readonly SeverityStatement[], vendors: readonly string[] = [], knownExploited = false) {
  const { severity, source } = ratingOf({ statements, vendors, knownExploited });
  return [severity, source];
}

describe('the published severity', () => {
  it.each([
    ['the vendor speaks first about its own packages', [v31, low], ['ubuntu'], ['LOW', 'ubuntu']],
    ['and not about those of others', [v31, low], ['debian'], ['CRITICAL', 'nvd']],
    ['3.1 outranks 2.0, 3.0 and 4.0', [v2, v30, v40, v31], [], ['CRITICAL', 'nvd']],
    ['4.0 outranks 2.0', [v2, v40], [], ['MEDIUM', 'ghsa']],
    ['2.0 knows no critical', [v2], [], ['HIGH', 'nvd']],
    ['a word counts where there is no vector', [moderate], [], ['MEDIUM', 'ghsa']],
    ['nobody rated it', [], [], ['UNTRIAGED', null]],
    ['a word from the language is no rating', [{ ...moderate, value: 'constructor' }], [], ['UNTRIAGED', null]],
    ['an unknown word is no rating', [{ ...moderate, value: 'not yet assigned' }], [], ['UNTRIAGED', null]],
  ] as const)('%s', (_, statements, vendors, rating) => {
    expect(rate(statements, vendors)).toEqual(rating);
  });

  it.each([
    ['negligible', 'INFORMATIONAL'],
    ['low', 'LOW'],
    ['medium', 'MEDIUM'],
    ['high', 'HIGH'],
    ['critical', 'CRITICAL'],
  ])("Ubuntu's %s is %s", (value, severity) => {
    expect(rate([v2, { type: 'word', value, source: 'ubuntu' }], ['ubuntu'])).toEqual([severity, 'ubuntu']);
  });

  it('what is exploited is never below high, and critical where nobody rated it', () => {
    expect(rate([low], ['ubuntu'], true)).toEqual(['HIGH', 'cisa-kev']);
    expect(rate([v31], [], true)).toEqual(['CRITICAL', 'nvd']);
    expect(rate([], [], true)).toEqual(['CRITICAL', 'cisa-kev']);
  });

  it('malformed vectors are left out with a reason and never stop the others', () => {
    const rating = ratingOf({
      statements: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:Q', source: 'x' }, v2],
      vendors: [],
      knownExploited: false,
    });

    expect(rating.severity).toBe('HIGH');
    expect(rating.rejected).toEqual(['A vector of x was left out: AV cannot be "Q".']);
  });

  it.each([
    [0, 'INFORMATIONAL'],
    [0.1, 'LOW'],
    [3.9, 'LOW'],
    [4, 'MEDIUM'],
    [6.9, 'MEDIUM'],
    [7, 'HIGH'],
    [8.9, 'HIGH'],
    [9, 'CRITICAL'],
    [10, 'CRITICAL'],
  ])('%d is %s', (score, band) => {
    expect(bandOfScore('3.1', score)).toBe(band);
  });
});
