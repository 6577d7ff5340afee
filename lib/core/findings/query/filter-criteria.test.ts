import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardText } from '../../../testing/query-arbitraries.ts';
import { FIELD_OF_FILTER, type FilterCriteria, PACKAGE_FACTS, type PackageFilter } from './filter-criteria.ts';
import { formatQuery } from './format-query.ts';
import { fromFilterCriteria } from './from-filter-criteria.ts';
import { parseQuery } from './parse-query.ts';
import { QUERY_FIELDS } from './query-fields.ts';
import { toFilterCriteria } from './to-filter-criteria.ts';

const now = new Date('2026-11-24T12:00:00Z');

/** The fields of FilterCriteria in the service model of Amazon Inspector. */
const FIELDS = {
  string:
    'awsAccountId codeRepositoryProjectName codeRepositoryProviderType codeVulnerabilityDetectorName codeVulnerabilityDetectorTags codeVulnerabilityFilePath componentId componentType ec2InstanceImageId ec2InstanceSubnetId ec2InstanceVpcId ecrImageArchitecture ecrImageHash ecrImageRegistry ecrImageRepositoryName ecrImageTags exploitAvailable findingArn findingStatus findingType fixAvailable lambdaFunctionExecutionRoleArn lambdaFunctionLayers lambdaFunctionName lambdaFunctionRuntime networkProtocol relatedVulnerabilities resourceId resourceType severity title vendorSeverity vulnerabilityId vulnerabilitySource',
  date: 'ecrImageLastInUseAt ecrImagePushedAt firstObservedAt lambdaFunctionLastModifiedAt lastObservedAt updatedAt',
  number: 'ecrImageInUseCount epssScore inspectorScore',
  other: 'portRange resourceTags vulnerablePackages',
};
const ALL_FIELDS = Object.values(FIELDS).flatMap((names) => names.split(' '));

describe('filter criteria of Amazon Inspector', () => {
  it('have a key of the query language for each of the 46 fields', () => {
    expect(ALL_FIELDS).toHaveLength(46);
    expect([...FIELD_OF_FILTER.keys()].sort()).toEqual([...ALL_FIELDS].sort());
  });

  it.each<[FilterCriteria, string]>([
    [{ severity: [equals('HIGH'), equals('CRITICAL')] }, 'severity:high,critical'],
    [{ findingStatus: [{ comparison: 'NOT_EQUALS', value: 'CLOSED' }] }, '-status:closed'],
    [{ exploitAvailable: [equals('YES')] }, 'exploit:kev,public'],
    [{ resourceType: [{ comparison: 'PREFIX', value: 'AWS_ECR' }] }, 'kind:ecr,ecr-repository'],
    [
      {
        title: [
          { comparison: 'PREFIX', value: 'Port 22' },
          { comparison: 'NOT_EQUALS', value: 'x' },
        ],
      },
      'title:"Port 22"* -title:x',
    ],
    [{ inspectorScore: [{ lowerInclusive: 7, upperInclusive: 10 }] }, 'inspector-score:7..10'],
    [{ inspectorScore: [{ lowerInclusive: -1, upperInclusive: 99 }] }, 'inspector-score:0..10'],
    [{ firstObservedAt: [{ startInclusive: 1764547200 }] }, 'first:>=2025-12-01T00:00Z'],
    [{ portRange: [{ beginInclusive: 22, endInclusive: 80 }] }, 'port:22..80'],
    [{ resourceTags: [{ comparison: 'EQUALS', key: 'Env', value: 'prod' }] }, 'tag.Env:prod'],
    [
      {
        resourceTags: [
          { comparison: 'EQUALS', key: 'Env' },
          { comparison: 'EQUALS', key: 'Team', value: '' },
        ],
      },
      'tag:Env=*,Team=""',
    ],
    [
      {
        vulnerablePackages: [
          { name: equals('openssl'), version: { comparison: 'PREFIX', value: '3.' }, epoch: { lowerInclusive: 1 } },
        ],
      },
      'package:openssl;version=3.*;epoch=>=1',
    ],
  ])('%j is %s', (criteria, text) => {
    const { query, problems } = fromFilterCriteria(criteria);

    expect(problems).toEqual([]);
    expect(formatQuery(query)).toBe(text);
  });

  it('that become a query, and that its text, are the same criteria', () => {
    fc.assert(
      fc.property(anyCriteria(), (criteria) => {
        const { query, problems } = fromFilterCriteria(criteria);
        expect(problems).toEqual([]);
        expect(toFilterCriteria(query, null)).toEqual({ criteria: expect.anything(), problems: [] });
        expect(asSets(toFilterCriteria(query, null).criteria)).toEqual(asSets(criteria));

        const parsed = parseQuery(formatQuery(query));
        expect(parsed.errors).toEqual([]);
        expect(parsed.query).toEqual(query);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, unknown, string]>([
    ['filterCriteria', [], 'is an object of lists'],
    ['colour', { colour: [equals('red')] }, 'is no field of filter criteria'],
    ['severity', { severity: equals('HIGH') }, 'is a list of 1 to 10 filters'],
    ['severity', { severity: Array(11).fill(equals('HIGH')) }, 'is a list of 1 to 10 filters'],
    [
      'severity',
      { severity: [equals('AWFUL')] },
      'has the value "AWFUL", which is none of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNTRIAGED',
    ],
    [
      'title',
      { title: [{ comparison: 'LIKE', value: 'x' }] },
      'has a comparison that is none of EQUALS, PREFIX, NOT_EQUALS',
    ],
    ['title', { title: [equals('')] }, 'has a value that is no text of 1 to 1024 characters'],
    ['title', { title: ['x'] }, 'has a filter that is no object'],
    ['epssScore', { epssScore: [{}] }, 'has a range without a limit'],
    ['epssScore', { epssScore: [{ lowerInclusive: 2 }] }, 'has a limit outside of 0 to 1'],
    ['epssScore', { epssScore: [{ lowerInclusive: '0' }] }, 'has a limit that is no number'],
    ['portRange', { portRange: [{ beginInclusive: 80, endInclusive: 22 }] }, 'begins after its end'],
    ['portRange', { portRange: [{ beginInclusive: 1.5 }] }, 'has a limit that is no whole number'],
    ['updatedAt', { updatedAt: [{ startInclusive: -5 }] }, 'has a time that is no time from 1970 on'],
    ['resourceTags', { resourceTags: [{ comparison: 'PREFIX', key: 'a' }] }, 'has a comparison that is not EQUALS'],
    ['vulnerablePackages', { vulnerablePackages: [{}] }, 'has a package of which nothing is asked'],
  ])('%s of %j: %s', (field, criteria, message) => {
    expect(fromFilterCriteria(criteria)).toEqual({ query: { terms: [] }, problems: [{ field, message }] });
  });
});

describe('a query that filter criteria cannot say', () => {
  it.each([
    ['score:>=7', 'score', 'Amazon Inspector has no such filter'],
    ['log4j', 'words', 'Amazon Inspector has no such filter'],
    ['exploit:kev', 'exploit', 'Amazon Inspector has no word for exploit:kev alone'],
    ['type:cis', 'type', 'Amazon Inspector has no word for type:cis alone'],
    ['epss:>0.5', 'epss', 'Amazon Inspector knows >= and <= only'],
    ['-epss:>=0.5', 'epss', 'Amazon Inspector excludes texts only'],
    ['-title:a*', 'title', 'Amazon Inspector excludes whole values only'],
    ['cve:*', 'cve', 'Amazon Inspector has no filter for any value at all'],
    ['tag.Env:p*', 'tag', 'Amazon Inspector compares whole values of tags only'],
    ['first:<7d', 'first', 'Amazon Inspector has fixed dates only; write a date in place of the age'],
    [
      `account:${Array.from({ length: 11 }, (_, n) => n).join(',')}`,
      'account',
      'Amazon Inspector takes at most 10 values',
    ],
    [
      'cve:a cve:b',
      'cve',
      'Amazon Inspector joins the values of a field by OR; a second list beside the first cannot be said',
    ],
  ])('%s names %s', (text, field, message) => {
    expect(toFilterCriteria(parseQuery(text).query, null).problems).toEqual([{ field, message }]);
  });

  it('says what it can: ages at a given time, days to their last millisecond, and two exclusions', () => {
    const { query } = parseQuery('first:<=7d last:2026-11-01 -title:a -title:b');

    expect(toFilterCriteria(query, now)).toEqual({
      criteria: {
        firstObservedAt: [{ startInclusive: Date.parse('2026-11-17T12:00:00Z') / 1000 }],
        lastObservedAt: [{ startInclusive: 1793491200, endInclusive: 1793577599.999 }],
        title: [
          { comparison: 'NOT_EQUALS', value: 'a' },
          { comparison: 'NOT_EQUALS', value: 'b' },
        ],
      },
      problems: [],
    });
  });
});

function equals(value: string) {
  return { comparison: 'EQUALS' as const, value };
}

function anyCriteria(): fc.Arbitrary<FilterCriteria> {
  return fc
    .uniqueArray(fc.constantFrom(...ALL_FIELDS), { maxLength: 5 })
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), entriesOf(name)))))
    .map((fields) => Object.fromEntries(fields));
}

function entriesOf(name: string) {
  return fc.array(entryOf(name), { minLength: 1, maxLength: 4 });
}

function entryOf(name: string): fc.Arbitrary<FilterCriteria[string][number]> {
  const range = <T>(from: string, to: string, end: fc.Arbitrary<T>, order: (a: T, b: T) => number) =>
    fc.oneof(
      end.map((value) => ({ [from]: value })),
      end.map((value) => ({ [to]: value })),
      fc.tuple(end, end).map((both) => {
        const [first, last] = both.toSorted(order);
        return { [from]: first, [to]: last };
      }),
    ) as fc.Arbitrary<FilterCriteria[string][number]>;
  const up = (a: number, b: number) => a - b;
  if (FIELDS.date.includes(name)) {
    return range(
      'startInclusive',
      'endInclusive',
      fc.integer({ min: 0, max: 4e12 }).map((ms) => ms / 1000),
      up,
    );
  }
  if (FIELDS.number.includes(name)) {
    const tenths = fc.integer({ min: 0, max: name === 'epssScore' ? 10 : 100 }).map((n) => n / 10);
    return range('lowerInclusive', 'upperInclusive', tenths, up);
  }
  if (name === 'portRange') {
    return range('beginInclusive', 'endInclusive', fc.nat(65_535), up);
  }
  const key = awkwardText;
  if (name === 'resourceTags') {
    const value = fc.oneof(awkwardText, fc.constant(''));
    const comparison = fc.constant('EQUALS' as const);
    return fc.oneof(fc.record({ comparison, key }), fc.record({ comparison, key, value }));
  }
  if (name === 'vulnerablePackages') {
    const facts = fc.uniqueArray(fc.constantFrom(...Object.values(PACKAGE_FACTS)), { minLength: 1, maxLength: 3 });
    return facts.chain((some) =>
      fc
        .tuple(...some.map((fact) => fc.tuple(fc.constant(fact), stringFilter(awkwardText))))
        .map((filters): PackageFilter => Object.fromEntries(filters)),
    );
  }
  const { inspectorWords } = QUERY_FIELDS[FIELD_OF_FILTER.get(name) ?? 'title'];
  const words = Object.keys(inspectorWords);
  const comparison = fc.constantFrom('EQUALS' as const, 'NOT_EQUALS' as const);
  return words.length > 0 ? fc.record({ comparison, value: fc.constantFrom(...words) }) : stringFilter(awkwardText);
}

function stringFilter(value: fc.Arbitrary<string>) {
  return fc.record({ comparison: fc.constantFrom('EQUALS' as const, 'PREFIX' as const, 'NOT_EQUALS' as const), value });
}

/** Order and repetition inside a field mean nothing. */
function asSets(criteria: FilterCriteria) {
  return Object.fromEntries(
    Object.entries(criteria).map(([name, entries]) => [name, [...new Set(entries.map(sorted))].sort()]),
  );
}

function sorted(entry: object): string {
  return JSON.stringify(entry, (_, value) =>
    value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
