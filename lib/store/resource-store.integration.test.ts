import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResourceId } from '../core/model/ids.ts';
import type { ScanRecord } from '../core/ports/resource-store.ts';
import {
  addResource,
  installedPackage,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../testing/store-fixture.ts';
import { EVERYTHING } from '../testing/whole-estate.ts';

const HOUR_MS = 3_600_000;
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

function scanOf(resource: ResourceId, endedAt: Date, more: Partial<ScanRecord> = {}): ScanRecord {
  return {
    resource,
    scanType: 'package',
    jobId: null,
    outcome: 'complete',
    reason: null,
    startedAt: new Date(endedAt.getTime() - 1_000),
    endedAt,
    packages: 3,
    findings: 1,
    undecidable: 0,
    distro: null,
    advisoryRevision: 'r1',
    advisoryStates: [],
    diagnostics: [{ level: 'warning', path: 'a\0b', message: 'unreadable' }],
    ...more,
  };
}

describe('the resource store', () => {
  it('coverage is the latest scan, whatever the order in which scans are recorded', async () => {
    const resource = await addResource(fixture.stores, 'i-1');
    const later = new Date(NOON.getTime() + HOUR_MS);

    await fixture.stores.resources.recordScan(scanOf(resource, NOON));
    await fixture.stores.resources.recordScan(scanOf(resource, later, { outcome: 'failed', reason: 'It was denied.' }));
    await fixture.stores.resources.recordScan(scanOf(resource, new Date(NOON.getTime() - HOUR_MS)));

    const { prisma } = fixture.database;
    expect(await prisma.scan.count()).toBe(3);
    expect(await prisma.coverage.findFirst()).toMatchObject({
      outcome: 'failed',
      reason: 'It was denied.',
      endedAt: later,
      completeAt: NOON,
      diagnostics: [{ path: 'a\uFFFDb' }],
    });
  });

  it('a scan of a resource that is not stored is refused', async () => {
    await expect(fixture.stores.resources.recordScan(scanOf('nowhere' as ResourceId, NOON))).rejects.toThrow(/unknown/);
  });

  it('removing the sample leaves the rest exactly as it was', async () => {
    const { stores, database } = fixture;
    const own = await addResource(stores, 'i-own');
    await reportFindings(stores, own, [observationOf(own, 'CVE-2026-1')]);
    const before = await stores.reads.overview(EVERYTHING, NOON);
    const sample = await addResource(stores, 'i-sample', { sample: true, accountId: '999900001111' });
    await reportFindings(
      stores,
      sample,
      ['CVE-2026-1', 'CVE-2026-2'].map((id) => observationOf(sample, id)),
    );
    await stores.inventories.save(
      sample,
      { distro: null, packages: [installedPackage('x')], outcome: 'complete', diagnostics: [] },
      NOON,
    );
    await stores.resources.recordScan(scanOf(sample, NOON));
    expect((await stores.reads.scopeChoices(EVERYTHING, NOON)).hasSample).toBe(true);

    expect(await stores.resources.removeSample()).toBe(1);
    expect(await stores.resources.removeSample()).toBe(0);

    expect(await stores.reads.overview(EVERYTHING, NOON)).toEqual(before);
    const vulnerabilities = await database.prisma.vulnerability.findMany();
    expect(vulnerabilities.map((one) => one.id)).toEqual(['CVE-2026-1']);
    expect(await database.prisma.inventory.count()).toBe(0);
    expect(await database.prisma.findingContent.findMany()).toMatchObject([{ title: 'CVE-2026-1 in openssl' }]);
    expect(await database.prisma.findingEvent.count()).toBe(1);
    expect(await database.prisma.report.count()).toBe(1);
    expect((await stores.reads.scopeChoices(EVERYTHING, NOON)).hasSample).toBe(false);
  });

  it('removing the sample takes nothing from under a report that is being written', async () => {
    const { stores } = fixture;
    const sample = await addResource(stores, 'i-sample', { sample: true, accountId: '999900001111' });
    await reportFindings(stores, sample, [observationOf(sample, 'CVE-2026-9')]);
    const own = await addResource(stores, 'i-busy');
    const observation = observationOf(own, 'CVE-2026-9');

    const removing = await stores.atomically(async (inside) => {
      await reportFindings({ atomically: (work) => work(inside) }, own, [observation]);
      const removal = stores.resources.removeSample();
      // Time enough to delete all that it believes unused, if it does not wait.
      await sleep(500);
      return { removal };
    });

    expect(await removing.removal).toBe(1);
    expect(await stores.reads.finding(EVERYTHING, observation.key)).toMatchObject({
      title: observation.title,
      description: 'A flaw.',
    });
  });
});
