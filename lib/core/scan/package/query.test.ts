import { expect, it } from 'vitest';
import { buildAdvisory } from '../../../testing/build-advisory.ts';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import type { Advisory } from '../../model/advisory.ts';
import { matchQuery } from './query.ts';

const events = [{ introduced: '0' }, { fixed: '2.2.24' }];
const index = memoryAdvisoryIndex([
  buildAdvisory({ id: 'PYSEC-2021-98', aliases: ['CVE-2021-33203'], affects: [['PyPI', 'django', events]] }),
  buildAdvisory({ id: 'GHSA-68w8-qjq3-2gfm', aliases: ['CVE-2021-33203'], affects: [['PyPI', 'django', events]] }),
  buildAdvisory({ id: 'PYSEC-2021-1', withdrawn: new Date(0), affects: [['PyPI', 'django', events]] }),
  buildAdvisory({ id: 'PYSEC-2021-2', affects: [['PyPI', 'odd', [{ introduced: '0' }, { fixed: 'soon' }]]] }),
  ofTags('OSV-2021-1', 'curl', ['curl-7_1', 'curl-7_3']),
  ofTags('OSV-2021-2', 'flac', []),
]);

it('every record that applies is listed by its own id, before any merging', () => {
  expect(matchQuery({ ecosystem: 'PyPI', name: 'Django', version: '2.2' }, index)).toEqual({
    ids: ['GHSA-68w8-qjq3-2gfm', 'PYSEC-2021-98'],
    matches: [
      { id: 'GHSA-68w8-qjq3-2gfm', aliases: ['CVE-2021-33203'], fixed: '2.2.24', range: '>= 0, < 2.2.24' },
      { id: 'PYSEC-2021-98', aliases: ['CVE-2021-33203'], fixed: '2.2.24', range: '>= 0, < 2.2.24' },
    ],
  });
});

it.each([
  [
    { ecosystem: 'PyPI', name: 'django', version: '3.0' },
    { ids: [], matches: [] },
  ],
  [
    { ecosystem: 'npm', name: 'django', version: '1.0.0' },
    { ids: [], matches: [] },
  ],
  [{ ecosystem: 'Nowhere', name: 'x', version: '1' }, { undecidable: 'the ecosystem "Nowhere" is not known' }],
  [{ ecosystem: 'Debian:12', name: 'x', version: 'a b' }, { undecidable: '"a b" is not a deb version' }],
  [
    { ecosystem: 'PyPI', name: 'odd', version: '1' },
    { undecidable: 'PYSEC-2021-2: "soon" in the record is not a pep440 version' },
  ],
])('%j', (query, answer) => {
  expect(matchQuery(query, index)).toEqual(answer);
});

it.each([
  ['curl', 'curl-7_1', { ids: ['OSV-2021-1'] }],
  ['curl', 'curl-7_2', { ids: [] }],
  ['curl', '7.1', { ids: [] }],
  ['flac', '1.3.0', { undecidable: 'OSV-2021-2: the record names no versions' }],
])('of tags, those alone are affected that a record lists: %s %s', (name, version, answer) => {
  expect(matchQuery({ ecosystem: 'OSS-Fuzz', name, version }, index)).toMatchObject(answer);
});

function ofTags(id: string, name: string, versions: readonly string[]): Advisory {
  return { ...buildAdvisory({ id, affects: [] }), affected: [{ ecosystem: 'OSS-Fuzz', name, ranges: [], versions }] };
}
