import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdvisoryRecord } from '../core/model/advisory.ts';
import { sharedData } from '../testing/shared-data.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { jsonObjects } from './json-objects.ts';
import { readNvd } from './nvd.ts';
import { createSkipCount } from './skip-count.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from './testing/mirror.ts';

let area: string;
beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-nvd-'));
});
afterEach(() => rmSync(area, { recursive: true, force: true }));

const LOG4J = {
  cve: {
    id: 'CVE-2021-44228',
    published: '2021-12-10T10:15:09.143',
    lastModified: '2025-04-03T01:03:51.193',
    vulnStatus: 'Analyzed',
    descriptions: [
      { lang: 'es', value: 'no' },
      { lang: 'en', value: 'A "flaw" in {brackets] and \\ more.' },
    ],
    metrics: {
      cvssMetricV2: [{ source: 'nvd@nist.gov', cvssData: { vectorString: 'AV:N/AC:M/Au:N/C:C/I:C/A:C' } }],
      cvssMetricV31: [
        { source: 'security@vendor', cvssData: { vectorString: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' } },
        { source: 'nvd@nist.gov', cvssData: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' } },
      ],
    },
    weaknesses: [{ description: [{ value: 'CWE-20' }, { value: 'NVD-CWE-Other' }] }],
    references: [{ url: 'https://example.org/a', tags: ['Exploit'] }, { url: 'ftp://example.org/b' }],
  },
};
const REJECTED = { cve: { id: 'CVE-2021-0001', lastModified: '2025-01-01T00:00:00.000', vulnStatus: 'Rejected' } };

async function read(document: string | Uint8Array, skips = createSkipCount()): Promise<readonly AdvisoryRecord[]> {
  const path = join(area, 'nvd.json.gz');
  writeFileSync(path, typeof document === 'string' ? gzipSync(document) : document);
  const records: AdvisoryRecord[] = [];
  for await (const record of readNvd(path, skips, new AbortController().signal)) records.push(record);
  return records;
}

describe('a file of NVD', () => {
  it('is read record by record: ratings of NVD first, then of others, and what was rejected is withdrawn', async () => {
    const skips = createSkipCount();
    const records = await read(
      JSON.stringify({ format: 'NVD_CVE', vulnerabilities: [LOG4J, REJECTED, { cve: {} }] }),
      skips,
    );

    expect(records).toEqual([
      expect.objectContaining({
        id: 'CVE-2021-44228',
        details: 'A "flaw" in {brackets] and \\ more.',
        published: new Date('2021-12-10T10:15:09.143Z'),
        severities: [
          { type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', source: 'nvd' },
          { type: 'CVSS_V2', value: 'AV:N/AC:M/Au:N/C:C/I:C/A:C', source: 'nvd' },
          { type: 'CVSS_V3', value: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', source: 'cna' },
        ],
        cwes: ['CWE-20'],
        references: ['https://example.org/a'],
        withdrawn: null,
      }),
      expect.objectContaining({ id: 'CVE-2021-0001', withdrawn: new Date('2025-01-01T00:00:00Z') }),
    ]);
    expect(skips.total()).toBe(1);
  });

  it.each([
    ['{"vulnerabilities":[{"cve":{"id":"CVE-2021-1"', /middle of a record/],
    ['{"other":[]}', /no list "vulnerabilities"/],
  ])('that is cut short or of another kind is refused: %s', async (document, sentence) => {
    await expect(read(document)).rejects.toThrow(sentence);
  });

  it('as NVD publishes it is read', async (ctx) => {
    for (const year of ['2002', '2021']) {
      const path = sharedData(ctx, `native/feed-samples/nvd/feed/cve/v2/nvdcve-2.0-${year}.json.gz`);
      const skips = createSkipCount();
      const records: AdvisoryRecord[] = [];
      for await (const record of readNvd(path, skips, new AbortController().signal)) records.push(record);

      expect(records.length, year).toBeGreaterThan(1);
      expect(skips.total(), year).toBe(0);
    }
  });

  it('lends its ratings to the records of other publishers', async (ctx) => {
    const mirror = join(area, 'mirror');
    mirrorSignals(mirror);
    mirrorOsv(mirror, 'Debian', [osvRecord('DSA-1-1', 'Debian:12', 'log4j', { upstream: ['CVE-2021-44228'] })]);
    mirrorFile(mirror, 'nvd/nvdcve-2.0-2021.json.gz', gzipSync(JSON.stringify({ vulnerabilities: [LOG4J] })));
    cpSync(
      sharedData(ctx, 'native/feed-samples/nvd/feed/cve/v2/nvdcve-2.0-2002.json.gz'),
      join(mirror, 'nvd/nvdcve-2.0-2002.json.gz'),
    );
    const dataDirectory = join(area, 'data');
    const { sources } = await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: ['Debian', 'NVD'],
      now: new Date(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

    expect(sources.find(({ source }) => source === 'nvd/2021')).toMatchObject({ state: 'updated', records: 1 });
    expect(sources.find(({ source }) => source === 'nvd/2020')?.error).toMatch(
      /^Ratings of 2020 \(NVD\) could not be read/,
    );
    const index = openAdvisoryIndex(dataDirectory);
    expect(index.signals(['CVE-2021-44228']).get('CVE-2021-44228')?.severities).toContainEqual({
      type: 'CVSS_V3',
      value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
      source: 'nvd',
    });
    expect(index.signals(['CVE-2021-44228']).get('CVE-2021-44228')?.exploits).toEqual([
      { maturity: 'public', url: 'https://example.org/a', source: 'nvd' },
    ]);
    index.close();
  });
});

it('objects are cut out of a list whole, wherever the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(200), async (objects, length) => {
      const document = JSON.stringify({ before: '"list":[', list: objects, after: [{}] });
      async function* pieces(): AsyncGenerator<string> {
        for (let at = 0; at < document.length; at += length + 1) yield document.slice(at, at + length + 1);
      }
      const found: unknown[] = [];
      for await (const text of jsonObjects(pieces(), 'list')) found.push(JSON.parse(text));

      expect(found).toEqual(objects.map((one) => JSON.parse(JSON.stringify(one))));
    }),
    { numRuns: 200 },
  );
});
