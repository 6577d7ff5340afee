import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageKey } from '../core/model/ids.ts';
import type { SyncReport } from '../core/ports/advisory-feeds.ts';
import { sharedData } from '../testing/shared-data.ts';
import { currentAdvisoryIndex } from './advisory-index/current-advisory-index.ts';
import { feedStatus } from './advisory-index/feed-status.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from './testing/mirror.ts';
import { zipOf } from './testing/zip-of.ts';

const noon = new Date('2026-08-20T12:00:00Z');
const nextDay = new Date('2026-08-21T12:00:00Z');
const openssl = packageKey('Debian:12', 'openssl');
let area: string;
let mirror: string;
let data: string;

beforeEach(() => {
  area = mkdtempSync(join(tmpdir(), 'harrier-feeds-'));
  mirror = join(area, 'mirror');
  data = join(area, 'data');
  mirrorSignals(mirror);
  mirrorOsv(mirror, 'Debian', [osvRecord('DSA-1-1', 'Debian:12', 'openssl', { upstream: ['CVE-2026-0001'] })]);
  mirrorOsv(mirror, 'npm', [osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', { aliases: ['CVE-2026-0002'] })]);
});

afterEach(() => rmSync(area, { recursive: true, force: true }));

function sync(now = noon, ecosystems = ['Debian', 'npm'], signal = new AbortController().signal): Promise<SyncReport> {
  return syncFeeds({ dataDirectory: data, from: mirror, ecosystems, now, signal, onProgress: () => undefined });
}

function idsOf(key = openssl): string[] {
  const index = openAdvisoryIndex(data);
  try {
    return (index.find([key]).get(key) ?? []).map(({ record }) => record.id);
  } finally {
    index.close();
  }
}

function readPointer(): string {
  return readFileSync(join(data, 'advisories', 'current'), 'utf8').split('\n')[0] ?? '';
}

/** Spoils every pack of a source. */
function damage(source: string): void {
  const packs = readdirSync(join(data, 'advisories')).filter((name) => name.startsWith(source));
  for (const name of packs) {
    writeFileSync(join(data, 'advisories', name), 'not a pack');
  }
}

const stateOf = (report: SyncReport, source: string) => report.sources.find((one) => one.source === source)?.state;

describe('a sync', () => {
  it('brings advisories and signals into an index that finds them by package', async () => {
    const report = await sync();

    const index = openAdvisoryIndex(data);
    expect(report.sources.map(({ source, state, records, skipped }) => [source, state, records, skipped])).toEqual([
      ['osv/Debian', 'updated', 1, 0],
      ['osv/npm', 'updated', 1, 0],
      ['kev', 'updated', 1, 1],
      ['epss', 'updated', 2, 1],
    ]);
    expect(index.revision()).toBe(report.revision);
    expect(index.find([openssl, packageKey('Debian:12', 'absent')])).toEqual(
      new Map([[openssl, [expect.objectContaining({ record: expect.objectContaining({ id: 'DSA-1-1' }) })]]]),
    );
    expect(index.find([openssl]).get(openssl)?.[0]?.record.modified).toEqual(new Date('2026-08-01T00:00:00Z'));
    expect(index.named('CVE-2026-0001').map(({ id }) => id)).toEqual(['DSA-1-1']);
    expect(index.signals(['CVE-2026-0001', 'CVE-1999-0001'])).toEqual(
      new Map([
        [
          'CVE-2026-0001',
          {
            epss: { probability: 0.5, percentile: 0.97, date: '2026-08-15' },
            kev: expect.objectContaining({ dueDate: '2026-07-22', ransomware: true }),
            severities: [],
          },
        ],
      ]),
    );
    expect(index.ecosystems().map(({ ecosystem, records, syncedAt }) => [ecosystem, records, syncedAt])).toEqual([
      ['Debian:12', 1, noon],
      ['npm', 1, noon],
    ]);
    index.close();
  });

  it('of unchanged content keeps the revision and remembers that it looked', async () => {
    const first = await sync();
    const second = await sync(nextDay);

    expect(second.changed).toBe(false);
    expect(second.revision).toBe(first.revision);
    expect(second.sources.every(({ state }) => state === 'unchanged')).toBe(true);
    expect(feedStatus(data).map(({ syncedAt }) => syncedAt)).toEqual([nextDay, nextDay, nextDay, nextDay]);
  });

  it('carries the sources that did not change over into the next revision', async () => {
    await sync();
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad')]);
    const report = await sync(nextDay, ['npm']);

    expect(report.sources.map(({ source }) => source)).toEqual(['osv/npm', 'kev', 'epss']);
    expect(idsOf()).toEqual(['DSA-1-1']);
    expect(idsOf(packageKey('npm', 'left-pad'))).toEqual([]);
    expect(idsOf(packageKey('npm', 'right-pad'))).toEqual(['GHSA-dddd-eeee-ffff']);
    expect(feedStatus(data).find(({ source }) => source === 'osv/Debian')?.syncedAt).toEqual(noon);
    const index = openAdvisoryIndex(data);
    expect(index.signals(['CVE-2026-0001']).get('CVE-2026-0001')?.kev).not.toBeNull();
    index.close();
  });

  it('equal content makes an equal revision, whatever came before', async () => {
    const first = await sync();
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad')]);
    await sync();
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', { aliases: ['CVE-2026-0002'] })]);

    expect((await sync()).revision).toBe(first.revision);
  });

  it('keeps the revision in force and the one before, and removes older ones', async () => {
    for (const name of ['a', 'b', 'c']) {
      mirrorOsv(mirror, 'npm', [osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', name)]);
      await sync();
    }

    expect(
      readdirSync(join(data, 'advisories')).filter((name) => name.endsWith('.json') && name !== 'state.json'),
    ).toHaveLength(2);
    expect(readdirSync(join(data, 'advisories')).filter((name) => name.startsWith('osv-npm'))).toHaveLength(2);
    expect(readdirSync(join(data, 'advisories')).filter((name) => name.startsWith('osv-debian'))).toHaveLength(1);
  });
});

describe('records', () => {
  it('that cannot be read are counted by reason, and the rest goes on', async () => {
    const good = JSON.stringify(osvRecord('DSA-2-1', 'Debian:12', 'openssl'));
    const files = { 'a.json': '{"id":', 'b.json': '{}', '../../c.json': good, 'd.json': good, 'README.txt': 'no' };
    mirrorFile(mirror, 'osv/Debian/all.zip', zipOf(files));
    const report = await sync();

    const debian = report.sources[0];
    expect([debian?.state, debian?.records, debian?.skipped]).toEqual(['updated', 1, 3]);
    expect(debian?.skippedReasons.map(({ reason }) => reason)).toContain('is not JSON');
    expect(idsOf()).toEqual(['DSA-2-1']);
  });

  it('that were withdrawn match nothing, and those of another ecosystem stay out', async () => {
    mirrorOsv(mirror, 'Debian', [
      osvRecord('DSA-1-1', 'Debian:12', 'openssl', { withdrawn: '2026-08-02T00:00:00Z' }),
      osvRecord('DSA-3-1', 'Alpine:v3.20', 'openssl'),
      osvRecord('DSA-4-1', 'Debian:12', 'openssl'),
    ]);
    await sync();

    expect(idsOf()).toEqual(['DSA-4-1']);
    expect(idsOf(packageKey('Alpine:v3.20', 'openssl'))).toEqual([]);
  });

  it('lend their rating to every name of the flaw, but a bundle of flaws lends none', async () => {
    const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }];
    mirrorOsv(mirror, 'npm', [
      osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', { aliases: ['CVE-2026-0005'], severity }),
    ]);
    mirrorOsv(mirror, 'Debian', [
      osvRecord('DSA-9-1', 'Debian:12', 'openssl', { upstream: ['CVE-2026-0006', 'CVE-2026-0007'], severity }),
    ]);
    await sync();

    const index = openAdvisoryIndex(data);
    const signals = index.signals(['CVE-2026-0005', 'CVE-2026-0006']);
    index.close();
    expect(signals.get('CVE-2026-0005')?.severities.map(({ type }) => type)).toEqual(['CVSS_V3']);
    expect(signals.has('CVE-2026-0006')).toBe(false);
  });
});

describe('a source that fails', () => {
  it('keeps its earlier content while the others go on', async () => {
    await sync();
    const whole = readFileSync(join(mirror, 'osv/Debian/all.zip'));
    writeFileSync(join(mirror, 'osv/Debian/all.zip'), whole.subarray(0, whole.length - 30));
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad')]);
    const report = await sync(nextDay);

    expect(stateOf(report, 'osv/Debian')).toBe('failed');
    expect(stateOf(report, 'osv/npm')).toBe('updated');
    expect(idsOf()).toEqual(['DSA-1-1']);
    const debian = feedStatus(data).find(({ source }) => source === 'osv/Debian');
    expect([debian?.records, debian?.syncedAt, debian?.lastErrorAt]).toEqual([1, noon, nextDay]);
    expect(debian?.lastError).toMatch(/^Debian advisories \(OSV\) could not be read: .*HARRIER_FEEDS/);
  });

  it('by a checksum inside the archive leaves nothing half read behind', async () => {
    await sync();
    const records = [osvRecord('DSA-5-1', 'Debian:12', 'openssl'), osvRecord('DSA-6-1', 'Debian:12', 'openssl')];
    mirrorOsv(mirror, 'Debian', records);
    const damaged = readFileSync(join(mirror, 'osv/Debian/all.zip'));
    damaged.writeUInt32LE(0, damaged.lastIndexOf(Buffer.from('PK\x01\x02')) + 16);
    writeFileSync(join(mirror, 'osv/Debian/all.zip'), damaged);
    const report = await sync(nextDay);

    expect(report.changed).toBe(false);
    expect(report.sources[0]?.error).toContain('checksum');
    expect(idsOf()).toEqual(['DSA-1-1']);
  });

  it.each([
    ['osv/Debian/all.zip', 'not a zip'],
    ['osv/Debian/all.zip', zipOf({})],
    ['kev/known_exploited_vulnerabilities.json', '{"vulnerabilities": [{"cveID"'],
    ['epss/epss_scores.csv.gz', 'not gzip'],
  ])('is refused when %s is damaged or empty', async (path, content) => {
    await sync();
    mirrorFile(mirror, path, content);
    const report = await sync(nextDay);

    expect(report.changed).toBe(false);
    expect(report.sources.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect(feedStatus(data).every(({ records }) => records > 0)).toBe(true);
  });

  it('because the mirror lacks it says which file and what to do', async () => {
    const report = await sync(noon, ['Debian', 'PyPI']);

    expect(stateOf(report, 'osv/PyPI')).toBe('failed');
    expect(report.sources.find(({ source }) => source === 'osv/PyPI')?.error).toBe(
      `PyPI advisories (OSV) could not be read from ${mirror}/osv/PyPI/all.zip: there is no such file. Complete the mirror, or name another one in HARRIER_FEEDS.`,
    );
    expect(idsOf()).toEqual(['DSA-1-1']);
  });

  it('from the first sync on leaves an empty index that says so', async () => {
    rmSync(mirror, { recursive: true });
    const report = await sync();

    expect(report.revision).toBeNull();
    expect(openAdvisoryIndex(data).revision()).toBeNull();
    expect(feedStatus(data).map(({ records, lastError }) => [records, lastError !== null])).toContainEqual([0, true]);
  });
});

describe('an interrupted sync', () => {
  it('leaves the old revision in force, and the next one clears up', async () => {
    await sync();
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad')]);
    const leftover = join(data, 'advisories', 'building-99999.pack');
    writeFileSync(leftover, 'half');

    await expect(sync(nextDay, ['npm'], controller.signal)).rejects.toThrow('stopped');

    expect(idsOf(packageKey('npm', 'left-pad'))).toEqual(['GHSA-aaaa-bbbb-cccc']);
    expect(readdirSync(join(data, 'advisories')).filter((name) => /building|lock/.test(name))).toEqual([]);
  });

  it('does not block the next by its lock, but a running one does', async () => {
    mkdirSync(join(data, 'advisories'), { recursive: true });
    writeFileSync(join(data, 'advisories', 'lock'), '4194305 1');
    expect((await sync()).changed).toBe(true);

    writeFileSync(join(data, 'advisories', 'lock'), `${process.ppid} `);
    await expect(sync()).rejects.toThrow(`Another feed sync is running (process ${process.ppid})`);
  });
});

describe('a reader', () => {
  it('sees the new revision after a swap while what it held keeps its content', async () => {
    const current = currentAdvisoryIndex(data);
    expect(current.advisories().revision()).toBeNull();
    await sync();
    const held = current.advisories();
    expect(current.advisories()).toBe(held);
    mirrorOsv(mirror, 'Debian', [osvRecord('DSA-7-1', 'Debian:12', 'openssl')]);
    await sync();

    expect(current.advisories().find([openssl]).get(openssl)?.[0]?.record.id).toBe('DSA-7-1');
    expect(held.find([openssl]).get(openssl)?.[0]?.record.id).toBe('DSA-1-1');
    current.close();
  });

  it('takes a damaged file for an empty index, and the next sync mends it', async () => {
    await sync();
    damage('osv-debian');

    expect(openAdvisoryIndex(data).revision()).toBeNull();
    expect((await sync()).sources.every(({ state }) => state === 'updated')).toBe(true);
    expect(idsOf()).toEqual(['DSA-1-1']);
  });

  it.each([
    ['a byte of it is another', (bytes: Buffer) => bytes.fill(7, bytes.length - 40, bytes.length - 39)],
    ['it is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 9)],
    ['it is empty', () => Buffer.alloc(0)],
  ])('goes back to the revision before when a pack does not open because %s', async (_why, spoil) => {
    const first = await sync();
    mirrorOsv(mirror, 'npm', [osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad')]);
    await sync();
    const newest = JSON.parse(readFileSync(join(data, 'advisories', `${readPointer()}.json`), 'utf8')).sources.find(
      ({ name }: { name: string }) => name === 'osv/npm',
    ).pack;
    const path = join(data, 'advisories', newest);
    writeFileSync(path, spoil(readFileSync(path)));

    const index = openAdvisoryIndex(data);
    expect(index.revision()).toBe(first.revision);
    index.close();
  });
});

it('the name of an ecosystem cannot lead out of the mirror', async () => {
  await expect(sync(noon, ['../../etc'])).rejects.toThrow('is not the name of an OSV ecosystem');
});

it('the published npm feed, the catalogue and the scores come in whole', async (context) => {
  mirror = sharedData(context, '');
  const report = await sync(noon, ['npm']);

  expect(report.sources.map(({ state }) => state)).toEqual(['updated', 'updated', 'updated']);
  expect(report.sources.map(({ records }) => records > 1000)).toEqual([true, true, true]);
  const index = openAdvisoryIndex(data);
  expect(index.find([packageKey('npm', 'lodash')]).size).toBe(1);
  expect(index.signals(['CVE-2021-44228']).get('CVE-2021-44228')?.kev?.dateAdded).toBe('2021-12-10');
  index.close();
});
