import { describe, expect, it } from 'vitest';
import { sharedData } from '../testing/shared-data.ts';
import { readPhotonCve } from './photon-cve.ts';
import type { SkipCount } from './skip-count.ts';
import { readContentWith, readFileWith } from './testing/read-all.ts';

const AS_OF = new Date('2026-08-01T00:00:00Z');
const reader = (release: string) => (path: string, skips: SkipCount, signal: AbortSignal) =>
  readPhotonCve(path, release, AS_OF, skips, signal);
const row = (more: Readonly<Record<string, unknown>>) => ({
  cve_id: 'CVE-2026-0001',
  pkg: 'curl',
  cve_score: 7.5,
  aff_ver: 'all versions before 8.16.0-1.ph5 are vulnerable',
  res_ver: '8.16.0-1.ph5',
  status: 'Fixed',
  ...more,
});

describe('a list of Photon OS', () => {
  it.each([
    ['mended', {}, [[{ introduced: '0' }, { fixed: '8.16.0-1.ph5' }]]],
    ['not there at all', { status: 'Not Affected', aff_ver: 'NA', res_ver: 'NA' }, [[]]],
    [
      'not mended',
      { status: 'Not Fixed', aff_ver: 'all versions are vulnerable', res_ver: 'NA' },
      [[{ introduced: '0' }]],
    ],
    ['not known yet', { status: 'Open', aff_ver: 'NA', res_ver: 'NA' }, []],
  ])('says what is %s', async (_what, more, events) => {
    const { items } = await readContentWith(JSON.stringify([row(more)]), reader('5.0'));

    expect(items[0]?.affected[0]?.ranges).toEqual(events.map((each) => ({ type: 'ECOSYSTEM', events: each })));
  });

  it('becomes an advisory for each flaw, rated by the greatest score that is one', async () => {
    const rows = [
      row({ cve_score: 3 }),
      row({ pkg: 'curl-libs', cve_score: 9.8 }),
      row({ cve_id: 'CVE-2026-0002', cve_score: 99 }),
    ];
    const { items } = await readContentWith(JSON.stringify(rows), reader('5.0'));

    expect(items.map(({ id, severities, affected }) => [id, severities, affected.map(({ name }) => name)])).toEqual([
      ['PHOTON-CVE-2026-0001', [{ type: 'word', value: 'critical', source: 'photon' }], ['curl', 'curl-libs']],
      ['PHOTON-CVE-2026-0002', [], ['curl']],
    ]);
  });

  it('as VMware publishes it is read, but for placeholders', async (ctx) => {
    for (const [release, ids, refused] of [
      ['1.0', ['PHOTON-CVE-2020-11979', 'PHOTON-CVE-2020-1945'], 0],
      ['4.0', ['PHOTON-CVE-2025-9086'], 4],
      ['5.0', ['PHOTON-CVE-2023-5115', 'PHOTON-BDSA-2025-13833'], 0],
    ] as const) {
      const path = sharedData(ctx, `native/feed-samples/photon/cve/happy/cve_data_photon${release}.json`);
      const { items, skipped } = await readFileWith(path, reader(release));

      expect(items.map(({ id }) => id)).toEqual(ids);
      expect(items[0]?.affected[0]?.ecosystem).toBe(`Photon OS:${release}`);
      expect(skipped).toEqual(refused === 0 ? [] : [{ reason: 'no valid id', count: refused }]);
    }
  });

  it.each([
    ['is cut short', '[{"cve_id":"CVE-2026-0001"', /middle of a record/],
    ['is no JSON', '<html>', /not a JSON list/],
  ])('that %s is refused whole', async (_why, content, sentence) => {
    await expect(readContentWith(content, reader('5.0'))).rejects.toThrow(sentence);
  });
});
