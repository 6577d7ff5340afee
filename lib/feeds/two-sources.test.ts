import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explain } from '../core/scan/package/explain.ts';
import { vulnerabilityIds } from '../core/scan/package/identity.ts';
import { matchQuery } from '../core/scan/package/query.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from './testing/mirror.ts';

let area: string;
let mirror: string;
beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-two-'));
  mirror = join(area, 'mirror');
  mirrorSignals(mirror);
});
afterEach(() => rmSync(area, { recursive: true, force: true }));

const OSV_AT = '2026-06-01T00:00:00Z';
const NAME = 'DEBIAN-CVE-2026-0001';

/** OSV says "fixed in 2.0", the tracker "fixed in 1.5" and of bash "never"; the tracker's file is of `trackerAt`. */
async function indexOf(trackerAt: string) {
  mirrorOsv(mirror, 'Debian', [
    osvRecord(NAME, 'Debian:12', 'openssl', { modified: OSV_AT, upstream: ['CVE-2026-0001'] }),
    osvRecord('DSA-1-1', 'Debian:12', 'openssl', { modified: OSV_AT, upstream: ['CVE-2026-0001'] }),
  ]);
  const resolved = (fixed: string) => ({ releases: { bookworm: { status: 'resolved', fixed_version: fixed } } });
  const tracker = { openssl: { 'CVE-2026-0001': resolved('1.5') }, bash: { 'CVE-2026-0001': resolved('0') } };
  mirrorFile(mirror, 'debian-tracker/tracker.json', JSON.stringify(tracker));
  utimesSync(join(mirror, 'debian-tracker/tracker.json'), new Date(trackerAt), new Date(trackerAt));
  const dataDirectory = join(area, 'data');
  const { sources } = await syncFeeds({
    dataDirectory,
    from: mirror,
    ecosystems: ['Debian', 'debian-tracker'],
    now: new Date('2026-08-01T00:00:00Z'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return { sources, index: openAdvisoryIndex(dataDirectory), dataDirectory };
}

describe('a record that two sources hold', () => {
  it.each([
    ['the tracker', '2026-07-01T00:00:00Z', [], ['1.5']],
    ['OSV', '2026-05-01T00:00:00Z', [NAME], ['2.0']],
  ])('says what %s says, which was changed last, and is named once', async (_who, at, own, fixed) => {
    const { index, sources } = await indexOf(at);
    expect(sources.map(({ source, error }) => [source, error])).toContainEqual(['debian-tracker', null]);

    const at17 = matchQuery({ ecosystem: 'Debian:12', name: 'openssl', version: '1.7' }, index);
    expect(at17).toMatchObject({ ids: [...own, 'DSA-1-1'] });
    const at10 = matchQuery({ ecosystem: 'Debian:12', name: 'openssl', version: '1.0' }, index);
    expect(at10).toMatchObject({ ids: [NAME, 'DSA-1-1'], matches: [{ fixed: fixed[0] }, {}] });

    const reasons = explain(
      'CVE-2026-0001',
      { ecosystem: 'Debian:12', name: 'openssl', version: '1.0' },
      index,
    ).reasons;
    expect(reasons.map(({ record }) => record)).toEqual([NAME, 'DSA-1-1']);
    index.close();
  });

  it('and all others about the same CVE are one vulnerability', async () => {
    const { index } = await indexOf('2026-07-01T00:00:00Z');
    const ids = index.named('CVE-2026-0001').map((record) => vulnerabilityIds(record, index.named));

    expect(ids).toHaveLength(3);
    expect(new Set(ids.flat())).toEqual(new Set(['CVE-2026-0001']));
    index.close();
  });

  it('a package that its vendor calls not affected matches in no version, and why names the record', async () => {
    const { index } = await indexOf('2026-07-01T00:00:00Z');
    for (const version of ['0~git1-1', '0', '5.2-1']) {
      const query = { ecosystem: 'Debian:12', name: 'bash', version };

      expect(matchQuery(query, index)).toEqual({ ids: [], matches: [] });
      expect(explain('CVE-2026-0001', query, index)).toMatchObject({
        answer: 'not affected',
        reasons: [{ code: 'not-affected-per-vendor', record: NAME }],
      });
    }
    index.close();
  });

  it('no file makes records newer than the day on which it was read', async () => {
    const { index } = await indexOf('2099-01-01T00:00:00Z');

    expect(index.ecosystems()).toMatchObject([
      { ecosystem: 'Debian:12', newestRecord: new Date('2026-08-01T00:00:00Z') },
    ]);
    index.close();
  });

  it('is kept up to date by a plain sync', async () => {
    const { index, dataDirectory } = await indexOf('2026-07-01T00:00:00Z');
    index.close();
    const { sources } = await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: [],
      now: new Date('2026-08-02T00:00:00Z'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

    expect(sources.find(({ source }) => source === 'debian-tracker')).toMatchObject({ state: 'unchanged', records: 1 });
  });
});

describe('a distribution with a source for each branch', () => {
  it('is found by release, beside OSV, each record once', async () => {
    const secfixes = (fixes: Readonly<Record<string, readonly string[]>>) =>
      JSON.stringify({ packages: [{ pkg: { name: 'curl', secfixes: fixes } }] });
    mirrorOsv(mirror, 'Alpine', [
      osvRecord('ALPINE-CVE-2026-0001', 'Alpine:v3.20', 'curl', { modified: OSV_AT, upstream: ['CVE-2026-0001'] }),
    ]);
    mirrorFile(mirror, 'alpine-secdb/v3.20/main.json', secfixes({ '8.1-r0': ['CVE-2026-0001'] }));
    mirrorFile(mirror, 'alpine-secdb/v3.20/community.json', secfixes({ '0': ['CVE-2026-0002'] }));
    mirrorFile(mirror, 'alpine-secdb/edge/main.json', secfixes({ '8.2-r0': ['CVE-2026-0001'] }));
    const dataDirectory = join(area, 'data');
    await syncFeeds({
      dataDirectory,
      from: mirror,
      ecosystems: ['Alpine', 'Alpine secdb'],
      now: new Date('2026-08-01T00:00:00Z'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const index = openAdvisoryIndex(dataDirectory);
    const fixesOf = (ecosystem: string) => matchQuery({ ecosystem, name: 'curl', version: '1.0-r0' }, index);

    expect(fixesOf('Alpine:v3.20')).toMatchObject({ matches: [{ id: 'ALPINE-CVE-2026-0001', fixed: '8.1-r0' }] });
    expect(fixesOf('Alpine:edge')).toMatchObject({ matches: [{ id: 'ALPINE-CVE-2026-0001', fixed: '8.2-r0' }] });
    expect(fixesOf('Alpine:v3.19')).toEqual({ ids: [], matches: [] });
    index.close();
  });
});

it('trackers that OSV has no records of are brought by the name of their distribution', async () => {
  const group = { name: 'AVG-1', packages: ['curl'], status: 'Fixed', fixed: '8.1-1', issues: ['CVE-2026-0001'] };
  const row = { cve_id: 'CVE-2026-0001', pkg: 'curl', cve_score: 7.5, res_ver: '8.1-1.ph5', status: 'Fixed' };
  mirrorFile(mirror, 'arch-tracker/all.json', JSON.stringify([group]));
  mirrorFile(mirror, 'photon-cve/cve_data_photon5.0.json', JSON.stringify([row]));
  const dataDirectory = join(area, 'data');
  await syncFeeds({
    dataDirectory,
    from: mirror,
    ecosystems: ['Arch Linux', 'Photon OS'],
    now: new Date('2026-08-01T00:00:00Z'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const index = openAdvisoryIndex(dataDirectory);
  const idsOf = (ecosystem: string, version: string) => matchQuery({ ecosystem, name: 'curl', version }, index);

  expect(idsOf('Arch Linux', '8.0-1')).toMatchObject({ ids: ['AVG-1'], matches: [{ fixed: '8.1-1' }] });
  expect(idsOf('Arch Linux', '8.1-1')).toMatchObject({ ids: [] });
  expect(idsOf('Photon OS:5.0', '8.0-1.ph5')).toMatchObject({ ids: ['PHOTON-CVE-2026-0001'] });
  expect(idsOf('Photon OS:5.0', '8.1-1.ph5')).toMatchObject({ ids: [] });
  index.close();
});
