import { describe, expect, it } from 'vitest';
import { DEFAULT_CRITERIA } from '../../../testing/whole-estate.ts';
import { absorbQuery } from './absorb-query.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';

const ALL = { ...DEFAULT_CRITERIA, statuses: [] };

describe('a query taken into the criteria of the list', () => {
  it.each([
    ['is:open severity:critical,high', { statuses: ['ACTIVE'], severities: ['CRITICAL', 'HIGH'] }, ''],
    ['-severity:low -severity:untriaged', { severities: ['CRITICAL', 'HIGH', 'MEDIUM', 'INFORMATIONAL'] }, ''],
    ['is:any', { statuses: [] }, ''],
    [
      'is:open,fixed kind:ec2 type:package',
      { statuses: ['ACTIVE', 'CLOSED'], kinds: ['ec2'], types: ['PACKAGE_VULNERABILITY'] },
      '',
    ],
    ['is:overdue', { statuses: ['ACTIVE'], overdue: true }, ''],
    ['is:overdue is:fixed', { statuses: ['ACTIVE'], overdue: true }, 'is:fixed'],
    ['is:overdue,snoozed', { statuses: [], overdue: null }, 'is:overdue,snoozed'],
    ['exploit:kev fix:yes,partial', { exploited: true, fixAvailable: true }, ''],
    ['-exploit:kev -fix:no', { exploited: false, fixAvailable: true }, ''],
    ['fix:no fix:yes', { fixAvailable: false }, 'fix:yes'],
    ['exploit:kev,public fix:yes', { exploited: null, fixAvailable: null }, 'exploit:kev,public fix:yes'],
    ['exploit:kev -exploit:kev', { exploited: true }, '-exploit:kev'],
    ['is:in-progress', { statuses: ['ACTIVE', 'SUPPRESSED'] }, 'is:in-progress'],
    ['-is:overdue', { statuses: [] }, '-is:overdue'],
    ['is:open is:fixed', { statuses: ['ACTIVE'] }, 'is:fixed'],
    ['-is:open,fixed,suppressed', { statuses: [] }, '-is:open,fixed,suppressed'],
    ['type:cis kind:ec2,code-repository', { types: [], kinds: [] }, 'type:cis kind:ec2,code-repository'],
    ['score:>=7 log4j', {}, 'score:>=7 log4j'],
  ])('%s', (text, lists, rest) => {
    const { query, ...criteria } = absorbQuery(ALL, parseQuery(text).query);

    expect(criteria).toMatchObject(lists);
    expect(formatQuery(query ?? { terms: [] })).toBe(rest);
  });

  it('narrows what was asked already', () => {
    expect(absorbQuery(DEFAULT_CRITERIA, parseQuery('is:open,fixed').query).statuses).toEqual(['ACTIVE']);
  });
});
