import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatQuery, parseQuery, QUERY_TERMS_MAX } from './query.ts';
import { DEFAULT_QUERY, formatSort, parseFindingSearch, parseSort } from './search-params.ts';
import { FINDING_VIEWS } from './views.ts';

const now = new Date('2026-11-24T12:00:00Z');

function criteria(q: string) {
  return parseFindingSearch({ q }, now).criteria;
}

function errors(q: string) {
  return parseFindingSearch({ q }, now).terms.map((term) => term.error);
}

describe('splitting a query', () => {
  it.each([
    ['is:open severity:critical,high', 'is:open severity:critical,high'],
    ['  is:open   log4j ', 'is:open log4j'],
    ['package:"a b",c', 'package:"a b",c'],
    ['"is:open"', '"is:open"'],
    ['-severity:low', '-severity:low'],
    ['SEVERITY:HIGH', 'severity:HIGH'],
    ['"never closed', '"never closed"'],
    ['resource:arn:aws:lambda:eu-west-1:1:function:x', 'resource:arn:aws:lambda:eu-west-1:1:function:x'],
    ['- ""', ''],
  ])('%j reads as %j', (text, spelled) => {
    expect(formatQuery(parseQuery(text))).toBe(spelled);
  });

  it('the spelling of any query parses to the same terms', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const terms = parseQuery(text);
        expect(parseQuery(formatQuery(terms))).toEqual(terms);
      }),
    );
  });

  it('is bounded', () => {
    expect(parseQuery('a '.repeat(5000))).toHaveLength(QUERY_TERMS_MAX);
  });
});

describe('what a query means', () => {
  it('an address without a query asks for open critical and high findings, highest score first', () => {
    expect(parseFindingSearch({}, now).criteria).toMatchObject({
      statuses: ['ACTIVE'],
      severities: ['CRITICAL', 'HIGH'],
      sort: 'score',
      descending: true,
    });
    expect(DEFAULT_QUERY).toBe('is:open severity:critical,high');
  });

  it.each([
    ['is:fixed', { statuses: ['CLOSED'] }],
    ['-is:suppressed', { statuses: ['ACTIVE', 'CLOSED'] }],
    ['is:any', { statuses: [] }],
    ['is:overdue', { overdue: true, statuses: ['ACTIVE'] }],
    ['is:open is:overdue', { overdue: true, statuses: ['ACTIVE'] }],
    ['-severity:low,informational', { severities: ['CRITICAL', 'HIGH', 'MEDIUM', 'UNTRIAGED'] }],
    ['severity:critical,high -severity:high', { severities: ['CRITICAL'] }],
    ['score:>=7.5', { minimumScore: 7.5 }],
    ['type:package,code', { types: ['PACKAGE_VULNERABILITY', 'CODE_VULNERABILITY'] }],
    ['cve:CVE-2021-44228', { vulnerability: 'CVE-2021-44228' }],
    ['package:log4j-core', { package: 'log4j-core' }],
    ['fix:yes', { fixAvailable: true }],
    ['-fix:yes', { fixAvailable: false }],
    ['exploit:none', { exploited: false }],
    ['resource:payments', { resource: 'payments' }],
    ['kind:ecr', { kinds: ['ecr'] }],
    ['first:7d', { firstSeenAfter: new Date('2026-11-17T12:00:00Z') }],
    ['first:>=2026-11-01', { firstSeenAfter: new Date('2026-11-01T00:00:00Z') }],
    ['log4j "core 2"', { words: ['log4j', 'core 2'] }],
  ])('%s', (q, expected) => {
    expect(errors(q).filter(Boolean)).toEqual([]);
    expect(criteria(q)).toMatchObject(expected);
  });

  it.each([
    ['score:high', 'score takes >= and a number from 0 to 10'],
    ['score:>=11', 'score takes >= and a number from 0 to 10'],
    ['severity:awful', 'severity takes critical, high, medium, low, informational, untriaged'],
    ['colour:red', 'there is no key "colour"'],
    ['fix:maybe', 'fix takes yes or no'],
    ['cve:', 'cve takes one value'],
    ['-log4j', 'a bare word cannot be excluded; name a key'],
    ['first:>=2026-13-40', 'first takes an age such as 7d or 24h, or >= and a date such as >=2026-11-01'],
  ])('%s is marked: %s', (q, error) => {
    expect(errors(q)).toEqual([error]);
  });

  it('one wrong term is marked and the others still hold', () => {
    expect(errors('is:open score:high')).toEqual([null, 'score takes >= and a number from 0 to 10']);
    expect(criteria('is:open score:high')).toMatchObject({ statuses: ['ACTIVE'], minimumScore: null });
  });

  it('terms that exclude each other are marked, not widened', () => {
    expect(errors('severity:low severity:high')).toEqual([null, 'contradicts the other severity:']);
    expect(criteria('severity:low severity:high').severities).toEqual(['LOW']);
  });

  it('every tab is a right query', () => {
    for (const view of FINDING_VIEWS) expect(errors(view.query).filter(Boolean)).toEqual([]);
  });

  it('any text whatever parses without throwing', () => {
    fc.assert(fc.property(fc.string(), (q) => parseFindingSearch({ q }, now).terms.length <= QUERY_TERMS_MAX));
  });
});

describe('sort, tab and selection', () => {
  it.each([
    [undefined, { sort: 'score', descending: true }],
    ['due', { sort: 'due', descending: false }],
    ['-first-seen', { sort: 'first-seen', descending: true }],
    ['nonsense', { sort: 'score', descending: true }],
  ] as const)('sort=%s', (text, expected) => {
    expect(parseSort(text)).toEqual(expected);
  });

  it('the default sort is not written', () => {
    expect(formatSort('score', true)).toBeNull();
    expect(formatSort('due', false)).toBe('due');
  });

  it('an unknown tab is the first one', () => {
    expect(parseFindingSearch({ sel: 'f1', tab: 'x' }, now)).toMatchObject({ selected: 'f1', tab: 'summary' });
  });
});
