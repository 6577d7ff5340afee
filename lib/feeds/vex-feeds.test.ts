import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageKey } from '../core/model/ids.ts';
import type { SyncReport } from '../core/ports/advisory-feeds.ts';
import { matchPackages } from '../core/scan/package/match.ts';
import { buildInventory, buildPackage, jammy } from '../testing/build-inventory.ts';
import { sharedData } from '../testing/shared-data.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { syncFeeds } from './sync-feeds.ts';
import { mirrorFile, mirrorOsv, mirrorSignals, osvRecord } from './testing/mirror.ts';
import { type MirrorServer, serveMirror } from './testing/mirror-server.ts';
import { tarOf } from './testing/tar-of.ts';

const FIRST = new Date('2026-08-05T00:00:00Z');
const LATER = new Date('2026-08-06T00:00:00Z');
const RHEL9 = { id: 'rhel', versionId: '9.4', codename: null, prettyName: 'Red Hat Enterprise Linux 9.4' };
const TIMES = { retryMilliseconds: 1, attempts: 2, silenceMilliseconds: 10_000 };
const SAMPLES = 'native/feed-samples';

let area: string;
let mirror: string;
let server: MirrorServer;

beforeEach(async () => {
  area = mkdtempSync(join(tmpdir(), 'harrier-vex-'));
  mirror = join(area, 'mirror');
  mirrorSignals(mirror);
  server = await serveMirror(mirror);
});

afterEach(() => {
  server.close();
  rmSync(area, { recursive: true, force: true });
});

function sync(from: string, now: Date, ecosystems: readonly string[] = ['Red Hat VEX']): Promise<SyncReport> {
  const signal = new AbortController().signal;
  return syncFeeds({
    dataDirectory: join(area, 'data'),
    from,
    ecosystems,
    now,
    signal,
    times: TIMES,
    onProgress: () => undefined,
  });
}

function copyTo(path: string, source: string): void {
  mkdirSync(dirname(join(mirror, path)), { recursive: true });
  copyFileSync(source, join(mirror, path));
}

/** One document that says `status` of a source package of Enterprise Linux 9. */
function redHatDocument(cve: string, name: string, status: string): string {
  const parent = 'red_hat_enterprise_linux_9';
  return JSON.stringify({
    document: { tracking: { current_release_date: '2026-08-01T00:00:00+00:00' } },
    product_tree: {
      branches: [
        {
          branches: [
            {
              product: {
                product_id: parent,
                product_identification_helper: { cpe: 'cpe:/o:redhat:enterprise_linux:9' },
              },
            },
            {
              product: { product_id: name, product_identification_helper: { purl: `pkg:rpm/redhat/${name}?arch=src` } },
            },
          ],
        },
      ],
      relationships: [
        {
          full_product_name: { product_id: `${parent}:${name}` },
          product_reference: name,
          relates_to_product_reference: parent,
        },
      ],
    },
    vulnerabilities: [{ cve, product_status: { [status]: [`${parent}:${name}`] } }],
  });
}

/** Findings of an Enterprise Linux 9 with these packages: vulnerability, record and fix. */
function found(...packages: readonly (readonly [name: string, version: string, sourceName: string])[]) {
  const index = openAdvisoryIndex(join(area, 'data'));
  try {
    const inventory = buildInventory(
      RHEL9,
      packages.map(([name, version, sourceName]) => buildPackage({ ecosystem: 'redhat', name, version, sourceName })),
    );
    return matchPackages(inventory, index).matches.map(({ vulnerability, record, outcome }) => [
      vulnerability,
      record.id,
      outcome.fixedVersion,
    ]);
  } finally {
    index.close();
  }
}

describe('the published archives', () => {
  it("Red Hat's brings fixes, what stays open and what is not affected", async (ctx) => {
    copyTo('redhat-vex/csaf_vex.tar.zst', sharedData(ctx, `${SAMPLES}/redhat/vex/v1/csaf_vex_2024-08-04.tar.zst`));

    const report = await sync(mirror, FIRST);

    expect(report.sources[0]).toMatchObject({
      source: 'redhat-vex',
      state: 'updated',
      records: 5,
      skipped: 0,
      newestRecord: new Date('2024-08-02T12:27:58Z'),
    });
    expect(found(['openssl-libs', '1:3.0.7-24.el9', 'openssl'])).toEqual([
      ['CVE-2023-6237', 'RHVEX-CVE-2023-6237', '1:3.0.7-27.el9'],
    ]);
    expect(found(['openssl-libs', '1:3.0.7-27.el9', 'openssl'])).toEqual([]);
    expect(found(['edk2-ovmf', '20230524-4.el9', 'edk2'])).toEqual([['CVE-2023-6237', 'RHVEX-CVE-2023-6237', null]]);
    expect(found(['compat-openssl11', '1:1.1.1k-4.el9', 'compat-openssl11'])).toEqual([]);
    expect(found(['kernel-core', '5.14.0-427.13.1.el9_4', 'kernel'])).toEqual([
      ['CVE-2023-6240', 'RHVEX-CVE-2023-6240', '5.14.0-427.16.1.el9_4'],
    ]);
  });

  it("Ubuntu's brings what is open and what is not affected", async (ctx) => {
    copyTo('ubuntu-vex/vex-all.tar.xz', sharedData(ctx, `${SAMPLES}/ubuntu/vex/vex-all.tar.xz`));

    const report = await sync(mirror, FIRST, ['Ubuntu VEX']);

    expect(report.sources[0]).toMatchObject({ source: 'ubuntu-vex', records: 1, skipped: 2 });
    expect(report.sources[0]?.skippedReasons.map(({ reason }) => reason)).toEqual([
      'has no statement',
      'is a notice, whose flaws have documents of their own',
    ]);
    const index = openAdvisoryIndex(join(area, 'data'));
    const keys = ['Ubuntu:22.04:LTS', 'Ubuntu:Pro:18.04:LTS'].map((release) => packageKey(release, 'curl'));
    expect([...index.find(keys).values()].map(([entry]) => entry?.record.id)).toEqual([
      'UBUNTU-CVE-2025-0167',
      'UBUNTU-CVE-2025-0167',
    ]);
    index.close();
  });

  it('cut short, they leave the earlier content in force', async (ctx) => {
    const path = 'redhat-vex/csaf_vex.tar.zst';
    const sample = sharedData(ctx, `${SAMPLES}/redhat/vex/v1/csaf_vex_2024-08-04.tar.zst`);
    copyTo(path, sample);
    await sync(mirror, FIRST);
    mirrorFile(mirror, path, readFileSync(sample).subarray(0, 60_000));

    const report = await sync(mirror, LATER);

    expect(report.sources[0]).toMatchObject({ source: 'redhat-vex', state: 'failed', records: 5 });
    expect(report.sources[0]?.error).toContain('unexpected end of file');
    expect(found(['edk2-ovmf', '20230524-4.el9', 'edk2'])).toHaveLength(1);
  });
});

describe("Red Hat's verdict beside its notices in OSV", () => {
  it('one flaw is one finding, and a fix in a repository outranks what is said of the source', async () => {
    const notice = osvRecord('RHSA-2026:1', 'Red Hat:enterprise_linux:9::baseos', 'bash', {
      upstream: ['CVE-2026-1000', 'CVE-2026-1001'],
    });
    mirrorOsv(mirror, 'Red Hat', [notice]);
    publish({ 'CVE-2026-1000': ['bash', 'known_affected'], 'CVE-2026-1002': ['bash', 'known_affected'] });

    await sync(mirror, FIRST, ['Red Hat', 'Red Hat VEX']);

    expect(found(['bash', '2.0', 'bash'])).toEqual([['CVE-2026-1002', 'RHVEX-CVE-2026-1002', null]]);
    expect(found(['bash', '1.0', 'bash']).map(([vulnerability]) => vulnerability)).toEqual([
      'CVE-2026-1000',
      'CVE-2026-1001',
      'CVE-2026-1002',
    ]);
  });
});

it.each([
  ['2026-07-01T00:00:00', 'not affected', []],
  ['2026-05-01T00:00:00', 'open', ['CVE-2026-1000']],
])("of Ubuntu's words in OSV and in its documents of %s the newer count: %s", async (timestamp, _, vulnerabilities) => {
  const more = { modified: '2026-06-01T00:00:00Z', upstream: ['CVE-2026-1000'] };
  mirrorOsv(mirror, 'Ubuntu', [osvRecord('UBUNTU-CVE-2026-1000', 'Ubuntu:22.04:LTS', 'curl', more)]);
  const products = [{ '@id': 'pkg:deb/ubuntu/curl@1.0?arch=source&distro=jammy' }];
  const statement = { vulnerability: { name: 'CVE-2026-1000' }, status: 'not_affected', products };
  const document = JSON.stringify({ metadata: { timestamp }, statements: [statement] });
  // Files are told by their first bytes, not by their names, so a test need not pack with xz.
  mirrorFile(mirror, 'ubuntu-vex/vex-all.tar.xz', zstdCompressSync(tarOf({ 'vex/cve/CVE-2026-1000.json': document })));

  await sync(mirror, FIRST, ['Ubuntu', 'ubuntu-vex']);

  const index = openAdvisoryIndex(join(area, 'data'));
  const inventory = buildInventory(jammy, [buildPackage({ ecosystem: 'ubuntu', name: 'curl', version: '1.0' })]);
  expect(matchPackages(inventory, index).matches.map(({ vulnerability }) => vulnerability)).toEqual(vulnerabilities);
  index.close();
});

type Documents = Readonly<Record<string, readonly [name: string, status: string]>>;

/** The archive with all documents, and each by its path. */
function publish(documents: Documents): void {
  const files = Object.fromEntries(
    Object.entries(documents).map(([cve, [name, status]]) => [pathOf(cve), redHatDocument(cve, name, status)]),
  );
  mirrorFile(mirror, 'redhat-vex/csaf_vex.tar.zst', zstdCompressSync(tarOf({ ...files, 'index.json': '[' })));
  publishSingle(documents);
}

function publishSingle(documents: Documents): void {
  for (const [cve, [name, status]] of Object.entries(documents)) {
    mirrorFile(mirror, `redhat-vex/${pathOf(cve)}`, redHatDocument(cve, name, status));
  }
}

function pathOf(cve: string): string {
  return `${cve.slice(4, 8)}/${cve.toLowerCase()}.json`;
}

function lists(changes: readonly (readonly [cve: string, at: string])[], deletions: typeof changes): void {
  const text = (list: typeof changes): string => list.map(([cve, at]) => `"${pathOf(cve)}","${at}"`).join('\n');
  mirrorFile(mirror, 'redhat-vex/archive_latest.txt', 'csaf_vex_2026-08-04.tar.zst\n');
  mirrorFile(mirror, 'redhat-vex/changes.csv', text(changes));
  mirrorFile(mirror, 'redhat-vex/deletions.csv', `${text(deletions)}\nnonsense`);
}

describe('changed documents alone', () => {
  const installed = ['bash', 'curl', 'sed', 'tar'].map((name) => [name, '1.0', name] as const);
  const ids = (): readonly unknown[] => found(...installed).map(([vulnerability]) => vulnerability);

  beforeEach(() => {
    publish({
      'CVE-2026-1000': ['bash', 'known_affected'],
      'CVE-2026-1001': ['curl', 'known_affected'],
      'CVE-2026-1002': ['sed', 'known_affected'],
    });
    lists([['CVE-2026-1000', '2026-08-03T10:00:00+00:00']], []);
  });

  it('bring the index up to date from the date of the archive on, deletions included', async () => {
    const from = server.url;
    await sync(from, FIRST);
    expect(ids()).toEqual(['CVE-2026-1000', 'CVE-2026-1001', 'CVE-2026-1002']);
    publishSingle({ 'CVE-2026-1001': ['curl', 'known_not_affected'], 'CVE-2026-1003': ['tar', 'known_affected'] });
    lists(
      [
        ['CVE-2026-1003', '2026-08-05T12:00:00+02:00'],
        ['CVE-2026-1001', '2026-08-04T09:00:00+00:00'],
        ['CVE-2026-1002', '2026-08-04T09:00:00+00:00'],
        ['CVE-2026-1000', '2026-08-03T10:00:00+00:00'],
      ],
      [['CVE-2026-1002', '2026-08-05T09:00:00+00:00']],
    );
    server.asked.length = 0;

    const report = await sync(from, LATER);

    expect(report.sources[0]).toMatchObject({ state: 'updated', records: 3, skipped: 0, error: null });
    expect(server.asked).not.toContain('/redhat-vex/csaf_vex.tar.zst');
    expect(server.asked).not.toContain('/redhat-vex/2026/cve-2026-1000.json');
    expect(server.asked).not.toContain('/redhat-vex/2026/cve-2026-1002.json');
    expect(ids()).toEqual(['CVE-2026-1000', 'CVE-2026-1003']);
    expect((await sync(from, LATER)).sources[0]?.state).toBe('unchanged');
  });

  it('are put on top of an archive that is older than its lists at once', async () => {
    const from = server.url;
    publishSingle({ 'CVE-2026-1001': ['curl', 'known_not_affected'] });
    lists([['CVE-2026-1001', '2026-08-04T09:00:00+00:00']], [['CVE-2026-1002', '2026-08-04T10:00:00+00:00']]);

    const report = await sync(from, FIRST);

    expect(report.sources[0]).toMatchObject({ state: 'updated', records: 2, skipped: 1, error: null });
    expect(ids()).toEqual(['CVE-2026-1000']);
    expect((await sync(from, LATER)).sources[0]?.state).toBe('unchanged');
  });

  it('and the archive count what they leave out together', async () => {
    mirrorFile(mirror, 'redhat-vex/2026/cve-2026-1001.json', '[');
    lists([['CVE-2026-1001', '2026-08-04T09:00:00+00:00']], []);

    expect((await sync(server.url, FIRST)).sources[0]).toMatchObject({
      skipped: 2,
      skippedReasons: [{ reason: 'is not JSON', count: 2 }],
    });
  });

  it('that cannot be had leave the archive as it is', async () => {
    const from = server.url;
    lists([['CVE-2026-1009', '2026-08-04T09:00:00+00:00']], []);

    expect((await sync(from, FIRST)).sources[0]).toMatchObject({ state: 'updated', records: 3, error: null });
    expect(ids()).toHaveLength(3);
  });

  it.each(['changes.csv', '2026/cve-2026-1001.json'])(
    'leave the archive as it is where %s is overloaded',
    async (path) => {
      publishSingle({ 'CVE-2026-1001': ['curl', 'known_not_affected'] });
      lists([['CVE-2026-1001', '2026-08-04T09:00:00+00:00']], []);
      // The lists are asked for once before the archive, and again when it has been read.
      server.overload(`/redhat-vex/${path}`, path === 'changes.csv' ? 1 : 0);

      expect((await sync(server.url, FIRST)).sources[0]).toMatchObject({ state: 'updated', records: 3, error: null });
      expect(ids()).toHaveLength(3);
    },
  );

  it('without a date of the archive there are no changes to go by, so the archive is compared', async () => {
    const from = server.url;
    mirrorFile(mirror, 'redhat-vex/archive_latest.txt', '../../etc/passwd');
    await sync(from, FIRST);
    server.asked.length = 0;

    expect((await sync(from, LATER)).sources[0]?.state).toBe('unchanged');
    expect(server.asked).toContain('/redhat-vex/csaf_vex.tar.zst');
  });
});
