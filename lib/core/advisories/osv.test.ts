import { describe, expect, it } from 'vitest';
import { toAdvisory } from './osv.ts';

const django = {
  id: 'PYSEC-2021-98',
  modified: '2021-06-10T00:00:00Z',
  published: '2021-06-08T18:15:00Z',
  aliases: ['CVE-2021-33203', 'GHSA-68w8-qjq3-2gfm', 'PYSEC-2021-98'],
  details: 'A potential directory traversal.',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:N/A:N' }],
  database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-22', 'nonsense'] },
  references: [
    { type: 'WEB', url: 'https://example.org/a' },
    { type: 'WEB', url: 'javascript:alert(1)' },
  ],
  affected: [
    {
      package: { ecosystem: 'PyPI', name: 'Django_Thing' },
      ranges: [
        { type: 'GIT', repo: 'https://example.org/x', events: [{ introduced: '0' }] },
        { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.2.24' }] },
      ],
      versions: ['1.0', '1.1'],
    },
  ],
};

describe('an OSV record', () => {
  it('becomes an advisory of the fields that are used', () => {
    expect(toAdvisory(django)).toEqual({
      id: 'PYSEC-2021-98',
      aliases: ['CVE-2021-33203', 'GHSA-68w8-qjq3-2gfm'],
      upstream: [],
      summary: '',
      details: 'A potential directory traversal.',
      published: new Date('2021-06-08T18:15:00Z'),
      modified: new Date('2021-06-10T00:00:00Z'),
      withdrawn: null,
      severities: [
        { type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:N/A:N', source: 'pysec' },
        { type: 'word', value: 'moderate', source: 'pysec' },
      ],
      cwes: ['CWE-22'],
      references: ['https://example.org/a'],
      affected: [
        {
          ecosystem: 'PyPI',
          name: 'django-thing',
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.2.24' }] }],
          versions: ['1.0', '1.1'],
        },
      ],
    });
  });

  it.each([
    ['UBUNTU-CVE-2023-26604', {}, ['CVE-2023-26604']],
    [
      'DSA-5378-1',
      { upstream: ['CVE-2022-1', 'CVE-2022-42331', 'CVE-2022-42332'] },
      ['CVE-2022-42331', 'CVE-2022-42332'],
    ],
    ['USN-1-1', { related: ['CVE-2020-1000', 'USN-2-1'] }, ['CVE-2020-1000']],
    ['GHSA-aaaa-bbbb-cccc', { related: ['CVE-2020-1000'] }, []],
  ])('%s stands for the flaws that it bundles', (id, fields, upstream) => {
    expect(toAdvisory({ ...django, aliases: [], id, ...fields })).toMatchObject({ upstream });
  });

  it('of Ubuntu carries the word of its publisher', () => {
    const severity = [{ type: 'Ubuntu', score: 'low' }];

    expect(toAdvisory({ ...django, id: 'UBUNTU-CVE-2023-26604', severity, database_specific: {} })).toMatchObject({
      severities: [{ type: 'word', value: 'low', source: 'ubuntu' }],
    });
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no id', { ...django, id: undefined }],
    ['an id with a path in it', { ...django, id: '../../x' }],
    ['no date', { ...django, modified: 'yesterday' }],
    ['a bad date of withdrawal', { ...django, withdrawn: 'soon' }],
    ['no affected package', { ...django, affected: [] }],
    ['only commits', { ...django, affected: [{ ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }] }],
    ['an unknown range type', withRange({ type: 'MAGIC', events: [{ introduced: '0' }] })],
    ['an unknown event', withRange({ type: 'SEMVER', events: [{ introduced: '0' }, { patched: '1' }] })],
    ['an event with two members', withRange({ type: 'SEMVER', events: [{ introduced: '0', fixed: '1' }] })],
    ['a range between tags', ofTags({ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: 'v2' }] })],
    ['no events', withRange({ type: 'SEMVER', events: [] })],
  ])('with %s is refused, with a reason', (_, raw) => {
    expect(toAdvisory(raw)).toEqual({ refused: expect.stringMatching(/.{5,}/) });
  });

  it('is bounded in length and cut between characters', () => {
    const advisory = toAdvisory({
      ...django,
      details: `${'x'.repeat(3999)}😀tail`,
      references: Array.from({ length: 99 }, (_, index) => ({ url: `https://example.org/${index}` })),
    });

    expect(advisory).toMatchObject({ details: 'x'.repeat(3999) });
    expect('references' in advisory && advisory.references.length).toBe(30);
  });
});

function withRange(range: unknown): unknown {
  return { ...django, affected: [{ package: { ecosystem: 'npm', name: 'x' }, ranges: [range] }] };
}

function ofTags(range: unknown): unknown {
  return {
    ...django,
    affected: [{ package: { ecosystem: 'OSS-Fuzz', name: 'x' }, ranges: [range], versions: ['v1'] }],
  };
}
