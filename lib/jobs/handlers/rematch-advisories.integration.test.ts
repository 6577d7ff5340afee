import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectTree } from '../../core/inventory/collect-tree.ts';
import type { JobId, ResourceId } from '../../core/model/ids.ts';
import type { Resource } from '../../core/model/resource.ts';
import { changedKeys } from '../../feeds/advisory-index/changed-keys.ts';
import { type CurrentAdvisoryIndex, currentAdvisoryIndex } from '../../feeds/advisory-index/current-advisory-index.ts';
import { indexFiles } from '../../feeds/advisory-index/index-files.ts';
import { syncFeeds } from '../../feeds/sync-feeds.ts';
import { mirrorOsv, mirrorSignals, osvRecord } from '../../feeds/testing/mirror.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { deniedTree } from '../../sample/denied-tree.ts';
import { memoryTree } from '../../sample/memory-tree.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { accountOf, openStoreFixture, resourceOf, type StoreFixture } from '../../testing/store-fixture.ts';
import type { JobContext } from '../contracts.ts';
import { rematchAdvisoriesHandler } from './rematch-advisories.ts';
import { scanResource } from './scan-resource.ts';
import { syncFeedsHandler } from './sync-feeds.ts';

const MONDAY = new Date('2026-08-17T09:00:00.000Z');
const TUESDAY = new Date('2026-08-18T09:00:00.000Z');

let fixture: StoreFixture;
let area: string;
let index: CurrentAdvisoryIndex;
let now: Date;
let dependencies: Dependencies;

beforeEach(async () => {
  fixture = await openStoreFixture();
  area = mkdtempSync(join(tmpdir(), 'harrier-rematch-'));
  index = currentAdvisoryIndex(area);
  now = MONDAY;
  dependencies = storeDependencies(
    fixture,
    () => now,
    () => index.advisories(),
  );
  mirrorSignals(join(area, 'mirror'));
  await fixture.stores.resources.upsertAccounts([accountOf('111122223333')], MONDAY);
});

afterEach(async () => {
  index.close();
  await fixture.close();
  rmSync(area, { recursive: true, force: true });
});

const context: JobContext = {
  id: '00000000-0000-4000-8000-000000000001' as JobId,
  signal: new AbortController().signal,
  progress: async () => undefined,
  log: async () => undefined,
};

type Records = Readonly<Record<string, readonly ReturnType<typeof osvRecord>[]>>;

/** Publishes these records and syncs them, as the job does; returns the jobs that it asked for. */
async function sync(records: Records): Promise<readonly string[]> {
  for (const [ecosystem, list] of Object.entries(records)) {
    mirrorOsv(join(area, 'mirror'), ecosystem, list);
  }
  const handler = syncFeedsHandler({
    dependencies,
    sync: (request) =>
      syncFeeds({ ...request, dataDirectory: area, from: join(area, 'mirror'), now, signal: context.signal }),
  });
  await handler.run({ ecosystems: Object.keys(records) }, context);
  const jobs = await fixture.stores.reads.jobs(10);
  return jobs.map((job) => `${job.kind} ${job.state}`);
}

function rematch() {
  return rematchAdvisoriesHandler({
    dependencies,
    changedKeys: (before, after) => changedKeys(indexFiles(area), before, after),
    readVex: async () => ({ statements: [], problems: [] }),
  }).run({}, context);
}

type Files = Readonly<Record<string, string>>;

/** Scans a resource that has these files, and returns its id. */
async function scan(name: string, files: Files, more: Partial<Resource> = {}): Promise<ResourceId> {
  const resource = resourceOf(name, { kind: 'lambda', ...more });
  await scanResource(dependencies, {
    resource,
    collect: (signal) => collectTree(resource.kind, memoryTree(new Map(Object.entries(files))), signal),
    advisories: index.advisories(),
    now,
    jobId: null,
    signal: context.signal,
  });
  return resource.id;
}

function npm(...packages: readonly string[]): Files {
  const named = packages.map((text) => text.split(' '));
  return Object.fromEntries(
    named.map(([name, version = '1.0.0']) => [`node_modules/${name}/package.json`, JSON.stringify({ name, version })]),
  );
}

async function findings(resource: ResourceId): Promise<readonly string[]> {
  const { rows } = await fixture.database.pool.query<{ text: string }>(
    `select f.vulnerability_id || ' ' || f.status as text
     from finding f join resource r on r.id = f.resource_id where r.key = $1 order by f.vulnerability_id`,
    [resource],
  );
  return rows.map(({ text }) => text);
}

/** Which version of its row every resource and finding is, so that a row that was written again shows. */
async function rowVersions(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await fixture.database.pool.query<{ name: string; version: string }>(
    `select 'resource ' || key as name, xmin::text as version from resource
     union all select f.vulnerability_id || ' on ' || r.key, f.xmin::text from finding f join resource r on r.id = f.resource_id
     union all select 'coverage ' || r.key, c.xmin::text from coverage c join resource r on r.id = c.resource_id
     union all select 'text of ' || id, content_hash from vulnerability`,
  );
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}

async function changedRows(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = await rowVersions();
  await work();
  const after = await rowVersions();
  return Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .sort();
}

const TWO_DAYS = '2026-08-18T00:00:00Z';
const flaw = (n: number, name: string, more = {}) =>
  osvRecord(`GHSA-000${n}`, 'npm', name, { aliases: [`CVE-2026-000${n}`], ...more });
const revised = (ecosystem: string, name: string, fixed: string) => ({
  affected: [
    { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] },
  ],
});

describe('after a sync', () => {
  it('exactly the findings change that are about records which came, were revised or were withdrawn', async () => {
    await sync({ npm: [flaw(1, 'one'), flaw(2, 'two'), flaw(3, 'three')] });
    const all = await scan('all', npm('one', 'two', 'three', 'four'));
    const one = await scan('one', npm('one'));
    const two = await scan('two', npm('two 1.5.0'));
    const three = await scan('three', npm('three', 'five'));
    const fixed = await scan('fixed', npm('four 9.0.0'));
    now = TUESDAY;
    const jobs = await sync({
      npm: [
        flaw(1, 'one', { withdrawn: TWO_DAYS }),
        flaw(2, 'two', revised('npm', 'two', '1.2.0')),
        flaw(3, 'three', { details: 'Told in other words.' }),
        flaw(4, 'four'),
      ],
    });

    const changed = await changedRows(rematch);

    expect(jobs).toEqual(['rematch-advisories queued']);
    expect(await findings(all)).toEqual([
      'CVE-2026-0001 CLOSED',
      'CVE-2026-0002 ACTIVE',
      'CVE-2026-0003 ACTIVE',
      'CVE-2026-0004 ACTIVE',
    ]);
    expect(await findings(one)).toEqual(['CVE-2026-0001 CLOSED']);
    expect(await findings(two)).toEqual(['CVE-2026-0002 CLOSED']);
    expect(await findings(three)).toEqual(['CVE-2026-0003 ACTIVE']);
    expect(await findings(fixed)).toEqual([]);
    expect(changed).toEqual([
      'CVE-2026-0001 on all',
      'CVE-2026-0001 on one',
      'CVE-2026-0002 on all',
      'CVE-2026-0002 on two',
      'CVE-2026-0004 on all',
      'coverage all',
      'coverage fixed',
      'coverage one',
      'coverage two',
      // Told in other words: no reason to match anything or to write a finding, but a match for another takes them over.
      'text of CVE-2026-0003',
      'text of CVE-2026-0004',
    ]);
    expect(await changedRows(rematch)).toEqual([]);
  });

  it('two syncs make one job, and one that brought nothing new still asks for what an earlier one left undone', async () => {
    await sync({ npm: [flaw(1, 'one')] });
    await scan('host', npm('one', 'two'));
    const records = { npm: [flaw(1, 'one'), flaw(2, 'two')] };

    expect(await sync(records)).toEqual(['rematch-advisories queued']);
    expect(await sync(records)).toEqual(['rematch-advisories queued']);
    await fixture.database.pool.query(`update job set state = 'failed'`);
    expect(await sync(records)).toEqual(['rematch-advisories queued', 'rematch-advisories failed']);
  });

  it('nothing that was only matched counts as scanned, and the event says why it closed', async () => {
    await sync({ npm: [flaw(1, 'one'), flaw(2, 'two')] });
    const host = await scan('host', npm('one', 'two'));
    now = TUESDAY;
    await sync({ npm: [flaw(1, 'one', { withdrawn: TWO_DAYS }), flaw(2, 'two')] });

    await rematch();

    const { prisma } = fixture.database;
    const [closed, kept] = await prisma.finding.findMany({ orderBy: { vulnerabilityId: 'asc' } });
    const events = await prisma.findingEvent.findMany({
      where: { findingId: closed?.id ?? -1n },
      orderBy: { id: 'asc' },
    });
    expect(closed).toMatchObject({ status: 'CLOSED', closedAt: TUESDAY, lastSeenAt: MONDAY });
    expect(events.map(({ kind, detail }) => [kind, detail]).at(-1)).toEqual([
      'close',
      'The advisory was withdrawn, or no longer covers the installed packages.',
    ]);
    expect(kept).toMatchObject({ status: 'ACTIVE', lastSeenAt: MONDAY });
    expect(await prisma.resource.findMany()).toMatchObject([{ key: host, lastSeenAt: MONDAY }]);
    expect(await prisma.scan.count()).toBe(1);
    expect(await prisma.coverage.findMany()).toMatchObject([
      { endedAt: MONDAY, findings: 1, advisoryRevision: index.advisories().revision() },
    ]);
  });

  it('packages are found by the name that advisories have for them', async () => {
    const debian = (id: string, name: string) => osvRecord(id, 'Debian:12', name, revised('Debian:12', name, '99'));
    const release = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';
    const installed = (name: string, source: string) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: ${source}\nVersion: 1.0-1\n\n`;
    const status = installed('libssl3', 'openssl') + installed('linux-image-amd64', 'linux-signed-amd64 (6.1)');
    const zope = 'Metadata-Version: 2.1\nName: Zope.Interface\nVersion: 1.0\n';
    const later = '13 (trixie)"\nID=debian\nVERSION_ID="13"\n';
    await sync({ Debian: [debian('DSA-1', 'bash')], PyPI: [osvRecord('PYSEC-1', 'PyPI', 'six')] });
    const files = { 'etc/os-release': release, 'var/lib/dpkg/status': status };
    const host = await scan('bookworm', files, { kind: 'host' });
    await scan('trixie', { ...files, 'etc/os-release': later }, { kind: 'host' });
    await scan('python', { 'lib/zope.interface-1.0.dist-info/METADATA': zope });
    await sync({
      Debian: [debian('DSA-1', 'bash'), debian('DSA-2', 'openssl'), debian('DSA-3', 'linux')],
      PyPI: [osvRecord('PYSEC-1', 'PyPI', 'six'), osvRecord('PYSEC-2', 'PyPI', 'zope.interface')],
    });

    const changed = await changedRows(rematch);

    expect(await findings(host)).toEqual(['DSA-2 ACTIVE', 'DSA-3 ACTIVE']);
    expect(changed).toEqual([
      'DSA-2 on bookworm',
      'DSA-3 on bookworm',
      'PYSEC-2 on python',
      'coverage bookworm',
      'coverage python',
      'text of DSA-2',
      'text of DSA-3',
      'text of PYSEC-2',
    ]);
  });

  it('a resource whose last scan was partial, or failed after it, keeps what was narrowed', async () => {
    const release = { 'etc/os-release': 'ID=debian\nVERSION_ID="12"\n' };
    await sync({ npm: [flaw(1, 'one'), flaw(2, 'two')] });
    const partial = await scan('partial', { ...npm('one', 'two'), ...release }, { kind: 'host' });
    const failed = await scan('failed', npm('one', 'two'));
    now = TUESDAY;
    await scanResource(dependencies, {
      resource: resourceOf('failed', { kind: 'lambda' }),
      collect: (signal) => collectTree('lambda', deniedTree('locked'), signal),
      advisories: index.advisories(),
      now,
      jobId: null,
      signal: context.signal,
    });
    await sync({
      npm: [flaw(1, 'one', { withdrawn: TWO_DAYS }), flaw(2, 'two', revised('npm', 'two', '0.5.0')), flaw(3, 'three')],
    });

    const changed = await changedRows(rematch);

    expect(await findings(partial)).toEqual(['CVE-2026-0001 CLOSED', 'CVE-2026-0002 ACTIVE']);
    // Its inventory is that of the complete scan before, and what failed is still shown as failed.
    expect(await findings(failed)).toEqual(['CVE-2026-0001 CLOSED', 'CVE-2026-0002 CLOSED']);
    expect(changed).not.toContain('coverage failed');
  });

  it('what was scanned with the index in force comes out of the store as it was seen', async () => {
    await sync({
      npm: [flaw(1, 'one')],
      Debian: [osvRecord('DSA-2', 'Debian:12', 'openssl', revised('Debian:12', 'openssl', '9'))],
    });
    const status =
      'Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl (3.0)\nVersion: 3.0+b1\n\n';
    const release = 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n';
    const files = { ...npm('one', 'two'), 'srv/node_modules/one/package.json': '{"name":"one","version":"1.0.0"}' };
    const host = await scan(
      'host',
      { ...files, 'etc/os-release': release, 'var/lib/dpkg/status': status },
      { kind: 'host' },
    );
    await fixture.stores.inventories.saveMatchedRevision('0000000000000000', [], now);

    const changed = await changedRows(rematch);

    expect(await findings(host)).toEqual(['CVE-2026-0001 ACTIVE', 'DSA-2 ACTIVE']);
    expect(changed).toEqual([]);
  });

  it('sample resources keep to their own advisories, and are no reason to match anything', async () => {
    await sync({ npm: [flaw(1, 'one')] });
    const sample = await scan('made-up', npm('one', 'two'), { sample: true });
    const jobs = await sync({ npm: [flaw(1, 'one', { withdrawn: TWO_DAYS }), flaw(2, 'two')] });
    const matched = await fixture.stores.inventories.matchedRevision();
    const real = await scan('real', npm('one', 'two'));
    now = TUESDAY;
    await sync({ npm: [flaw(1, 'one'), flaw(2, 'two', { withdrawn: TWO_DAYS })] });

    const changed = await changedRows(rematch);

    expect(jobs).toEqual([]);
    expect(matched).not.toBeNull();
    expect(changed).toEqual(['CVE-2026-0001 on real', 'CVE-2026-0002 on real', 'coverage real']);
    expect(await findings(sample)).toEqual(['CVE-2026-0001 ACTIVE']);
    expect(await findings(real)).toEqual(['CVE-2026-0001 ACTIVE', 'CVE-2026-0002 CLOSED']);
  });

  it('many resources with one inventory, more than a page of them, are all matched', async () => {
    await sync({ npm: [flaw(1, 'one')] });
    const first = await scan('twin-0', npm('one', 'two'));
    const { pool } = fixture.database;
    await pool.query(
      `insert into resource (key, account_id, region, kind, name, inventory_id, distro, first_seen_at, last_seen_at, search)
       select 'twin-' || n, account_id, region, kind, 'twin-' || n, inventory_id, distro, first_seen_at, last_seen_at, ''
       from resource, generate_series(1, 600) n where key = $1`,
      [first],
    );
    await sync({ npm: [flaw(1, 'one'), flaw(2, 'two')] });

    const { message } = await rematch();

    // The twins that nobody scanned have no record of a scan, so they count as partial: what is new opens all the same.
    expect(message).toMatch(/^601 resources were matched again: 1,201 findings opened, 0 closed, 0 changed/);
  });
});
