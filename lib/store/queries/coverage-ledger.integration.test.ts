import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCAN_POLICY } from '../../core/coverage/eligibility.ts';
import { coverageSummary } from '../../core/coverage/summary.ts';
import type { DiscoveredResource, InstanceFacts } from '../../core/model/cloud.ts';
import { resourceId } from '../../core/model/ids.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { ScanRecord } from '../../core/ports/resource-store.ts';
import { savePlace } from '../../jobs/handlers/save-place.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { accountOf, openStoreFixture, resourceOf, type StoreFixture } from '../../testing/store-fixture.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const hours = (count: number): Date => new Date(NOW.getTime() - count * 3_600_000);
const EVERYTHING = { ...WHOLE_ESTATE, accounts: null };
const ACCOUNT = '111122223333';
let fixture: StoreFixture;

function machine(n: number, imageId: string, more: Partial<InstanceFacts> = {}): DiscoveredResource {
  const id = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-${n}`;
  return {
    resource: resourceOf(id, { accountId: ACCOUNT, region: 'eu-west-1', name: `machine-${n}` }),
    facts: {
      kind: 'ec2',
      instanceId: `i-${n}`,
      state: 'running',
      instanceType: 't3.micro',
      imageId,
      platform: 'LINUX',
      architecture: 'x86_64',
      vpcId: null,
      subnetId: null,
      launchedAt: null,
      profileArn: null,
      volumes: [],
      rootDevice: null,
      managed: {
        isOnline: true,
        inventoryAt: NOW,
        platformName: 'Amazon Linux',
        platformVersion: '2023',
        agentVersion: '3',
      },
      managedUnknown: null,
      ...more,
    },
  };
}

function scan(n: number, more: Partial<ScanRecord> = {}): ScanRecord {
  return {
    resource: resourceId(`arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-${n}`),
    scanType: 'package',
    jobId: null,
    outcome: 'complete',
    reason: null,
    startedAt: hours(1),
    endedAt: hours(1),
    packages: 100,
    findings: 3,
    undecidable: 0,
    distro: null,
    advisoryRevision: 'r1',
    advisoryStates: [],
    diagnostics: [],
    ...more,
  };
}

const FAILED = { outcome: 'failed', reason: 'no', findings: 0 } as const;

beforeAll(async () => {
  fixture = await openStoreFixture();
  const deps = storeDependencies(fixture, () => NOW);
  await deps.resources.upsertAccounts([accountOf(ACCOUNT), accountOf('999999999999')], NOW);
  const machines = [
    ...Array.from({ length: 5 }, (_, n) => machine(n, 'ami-web')),
    machine(5, 'ami-old'),
    machine(6, 'ami-part'),
    machine(7, 'ami-denied'),
    machine(8, 'ami-lvm'),
    machine(9, 'ami-new'),
    machine(10, 'ami-asleep', { state: 'stopped' }),
    machine(11, 'ami-silent-agent'),
    machine(12, 'ami-windows', { platform: 'WINDOWS' }),
  ];
  const place = {
    accountId: ACCOUNT,
    region: 'eu-west-1',
    service: 'ec2',
    state: 'read',
    detail: null,
    calls: 2,
    milliseconds: 5,
  } as const;
  await savePlace(deps, place, machines, SCAN_POLICY, NOW);
  await deps.resources.recordScans([
    ...[0, 1, 2, 3].map((n) => scan(n)),
    scan(4, { findings: 0 }),
    scan(5, { startedAt: hours(60), endedAt: hours(60) }),
    scan(6, { outcome: 'partial', reason: 'part of it', reasonCode: 'SOURCES_UNKNOWN' }),
    scan(7, { ...FAILED, reasonCode: 'ACCESS_DENIED' }),
    scan(8, { ...FAILED, reasonCode: 'VOLUME_NOT_READ' }),
    scan(11, { outcome: 'partial', reason: 'old', reasonCode: 'STALE_INVENTORY' }),
    scan(12, { outcome: 'partial', reason: 'no feed', reasonCode: 'UNSUPPORTED_OS' }),
  ]);
});

afterAll(() => fixture.close());

describe('the ledger', () => {
  it('has one state and one reason for each resource, and adds up', async () => {
    const view = await fixture.stores.reads.coverage(EVERYTHING, 'account', NOW);
    const told = Object.fromEntries(
      view.counts.map(({ state, reason, resources }) => [`${state} ${reason}`, resources]),
    );

    expect(told).toEqual({
      'scanned SUCCESSFUL': 5,
      'stale LATE': 1,
      'stale STALE_INVENTORY': 1,
      'partial SOURCES_UNKNOWN': 1,
      'denied ACCESS_DENIED': 1,
      'unsupported VOLUME_NOT_READ': 1,
      'unsupported UNSUPPORTED_OS': 1,
      'not-assessed PENDING_INITIAL_SCAN': 1,
      'not-assessed EC2_INSTANCE_STOPPED': 1,
    });
    const summary = coverageSummary(view);
    expect(summary.all).toMatchObject({ gap: 8, cells: { ec2: { total: 13, scanned: 5 } } });
    expect(summary.reasons.reduce((sum, { resources }) => sum + resources, 0)).toBe(8);
    const { rows } = await fixture.database.pool.query('select count(*)::int as n from resource where gone_at is null');
    expect(rows[0].n).toBe(13);
    expect((await fixture.stores.reads.scanShares(EVERYTHING, NOW)).scanned).toBe(5);
  });

  it('tells of a machine that finds nothing though its siblings do, and lists it', async () => {
    const filter = { kinds: [], states: [], reason: null, silent: true };
    const page = await fixture.stores.reads.ledger(EVERYTHING, filter, { cursor: null, limit: 10 }, NOW);

    expect((await fixture.stores.reads.coverage(EVERYTHING, 'account', NOW)).silent).toBe(1);
    expect(page.rows.map(({ name }) => name)).toEqual(['machine-4']);
  });

  it('is for whom may see the account, and goes page by page', async () => {
    const none = await fixture.stores.reads.coverage({ ...EVERYTHING, accounts: ['999999999999'] }, 'region', NOW);
    expect(none).toMatchObject({ counts: [], silent: 0, unread: [] });
    expect(none.accounts.map(({ id }) => id)).toEqual(['999999999999']);
    const filter = { kinds: [], states: ['scanned'], reason: null, silent: false } as const;
    const names: string[] = [];
    for (let cursor: string | null = null, more = true; more; ) {
      const page = await fixture.stores.reads.ledger(EVERYTHING, filter, { cursor, limit: 2 }, NOW);
      names.push(...page.rows.map(({ name }) => name));
      cursor = page.nextCursor;
      more = cursor !== null;
    }
    expect(names).toEqual(['machine-0', 'machine-1', 'machine-2', 'machine-3', 'machine-4']);
  });

  it('of a place that could not be read keeps everything, and says so', async () => {
    const deps = storeDependencies(fixture, () => NOW);
    const lost = {
      accountId: ACCOUNT,
      region: 'eu-west-1',
      service: 'ec2',
      state: 'unreachable',
      detail: 'It was not answered.',
      calls: 1,
      milliseconds: 5,
    } as const;
    expect(await savePlace(deps, lost, [], SCAN_POLICY, NOW)).toEqual({ resources: 0, changed: 0, gone: 0 });

    const view = await fixture.stores.reads.coverage(EVERYTHING, 'region', NOW);
    expect(view.unread).toMatchObject([
      { accountId: ACCOUNT, region: 'eu-west-1', service: 'ec2', state: 'unreachable', readAt: NOW },
    ]);
    expect(coverageSummary(view).all.cells.ec2.total).toBe(13);
  });
});
