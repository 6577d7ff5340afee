import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceId } from '../core/model/ids.ts';
import {
  addResource,
  hashOf,
  NOON,
  observationOf,
  openChange,
  openStoreFixture,
  type StoreFixture,
} from '../testing/store-fixture.ts';

const LATER = new Date(NOON.getTime() + 3_600_000);
let fixture: StoreFixture;
let resource: ResourceId;
let count = 0;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

beforeEach(async () => {
  count += 1;
  resource = await addResource(fixture.stores, `i-${count}`);
});

afterAll(() => fixture?.close());

function rowsOf(key: string) {
  return fixture.database.prisma.finding.findMany({ where: { key }, include: { events: true, origins: true } });
}

describe('the finding store', () => {
  it('an opened finding has a row, an event and an origin', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);

    const counts = await fixture.stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);

    expect(counts).toEqual({ open: 1, refresh: 0, reopen: 0, seen: 0, 'drop-origin': 0, close: 0 });
    const [row] = await rowsOf(observation.key);
    expect(row).toMatchObject({
      status: 'ACTIVE',
      severity: 'HIGH',
      score: 7.5,
      fixAvailable: 'yes',
      accountId: '111122223333',
    });
    expect(row?.events.map((event) => event.kind)).toEqual(['open']);
    expect(row?.origins.map((origin) => origin.origin)).toEqual(['harrier']);
    expect(await fixture.stores.findings.ofResource(resource, 'package')).toEqual([
      {
        key: observation.key,
        resource,
        type: 'PACKAGE_VULNERABILITY',
        vulnerability: observation.vulnerability.id,
        status: 'ACTIVE',
        origins: ['harrier'],
        contentHash: hashOf(observation),
        closedAt: null,
      },
    ]);
    expect(await fixture.stores.findings.ofResource(resource, 'network')).toEqual([]);
  });

  it('the same report twice at the same time makes each finding once', async () => {
    const changes = Array.from({ length: 40 }, (_, n) => openChange(observationOf(resource, `CVE-2025-${count}${n}`)));

    const results = await Promise.all([
      fixture.stores.findings.apply(resource, 'harrier', changes, NOON),
      fixture.stores.findings.apply(resource, 'harrier', changes, NOON),
    ]);

    expect(results.map((result) => result.open).sort()).toEqual([0, 40]);
    expect(results.map((result) => result.seen).sort()).toEqual([0, 40]);
    const [first] = changes;
    const key = first && 'observation' in first ? first.observation.key : '';
    expect((await rowsOf(key))[0]?.events).toHaveLength(1);
  });

  it('a sighting without a change moves the time and nothing else', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await fixture.stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);

    const counts = await fixture.stores.findings.apply(
      resource,
      'harrier',
      [{ kind: 'seen', key: observation.key }],
      LATER,
    );

    expect(counts.seen).toBe(1);
    const [row] = await rowsOf(observation.key);
    expect(row).toMatchObject({ firstSeenAt: NOON, lastSeenAt: LATER });
    expect(row?.events).toHaveLength(1);
  });

  it('a refresh leaves an event only when severity, score or fix changed', async () => {
    const before = observationOf(resource, `CVE-2026-${count}`, { fixedVersion: null });
    const retitled = { ...before, title: 'A better title' };
    const worse = observationOf(resource, `CVE-2026-${count}`, { severity: 'CRITICAL', score: 9.8 });
    await fixture.stores.findings.apply(resource, 'harrier', [openChange(before)], NOON);

    for (const observation of [retitled, worse]) {
      await fixture.stores.findings.apply(
        resource,
        'harrier',
        [{ kind: 'refresh', key: before.key, observation, contentHash: hashOf(observation) }],
        LATER,
      );
    }

    const [row] = await rowsOf(before.key);
    expect(row).toMatchObject({ severity: 'CRITICAL', score: 9.8, fixedVersion: '3.0.13', title: worse.title });
    expect(row?.events.map((event) => event.detail)).toEqual([
      'First seen: openssl 3.0.11.',
      'Changed: severity HIGH to CRITICAL, score 7.5 to 9.8, fixed version none to 3.0.13.',
    ]);
  });

  it('a closed finding that is seen again is open again, and its due date counts anew', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await fixture.stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);
    await fixture.stores.findings.apply(
      resource,
      'harrier',
      [{ kind: 'close', key: observation.key, reason: 'remediated' }],
      LATER,
    );
    const [closed] = await rowsOf(observation.key);
    const again = new Date(LATER.getTime() + 86_400_000);

    const counts = await fixture.stores.findings.apply(
      resource,
      'harrier',
      [{ kind: 'reopen', key: observation.key, observation, contentHash: hashOf(observation) }],
      again,
    );

    expect(closed).toMatchObject({ status: 'CLOSED', closedAt: LATER, origins: [] });
    expect(counts.reopen).toBe(1);
    const [row] = await rowsOf(observation.key);
    expect(row).toMatchObject({ status: 'ACTIVE', closedAt: null, firstSeenAt: NOON, openedAt: again });
    expect(row?.events.map((event) => event.kind)).toEqual(['open', 'close', 'reopen']);
    expect(row?.dueAt?.getTime()).toBeGreaterThan(closed?.dueAt?.getTime() ?? 0);
  });

  it('closing twice is closing once', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await fixture.stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);
    const close = { kind: 'close', key: observation.key, reason: 'resource-removed' } as const;

    await fixture.stores.findings.apply(resource, 'harrier', [close, close], LATER);
    const second = await fixture.stores.findings.apply(resource, 'harrier', [close], LATER);

    expect(second.close).toBe(0);
    expect((await rowsOf(observation.key))[0]?.events).toHaveLength(2);
  });

  it('a second origin is added, and dropping one leaves the other', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await fixture.stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);
    await fixture.stores.findings.apply(resource, 'security-hub', [{ kind: 'seen', key: observation.key }], LATER);
    const both = await fixture.stores.findings.ofResource(resource, 'package');

    const drop = { kind: 'drop-origin', key: observation.key, origin: 'harrier' } as const;
    const counts = await fixture.stores.findings.apply(resource, 'harrier', [drop], LATER);

    expect(both[0]?.origins).toEqual(['harrier', 'security-hub']);
    expect(counts['drop-origin']).toBe(1);
    expect((await fixture.stores.findings.ofResource(resource, 'package'))[0]?.origins).toEqual(['security-hub']);
  });

  it('a name with characters that the database cannot hold is stored without them', async () => {
    const hostile = observationOf(resource, `CVE-2026-${count}`, { title: 'nul \0 half \ud800 quote \'"\\u0000' });

    await fixture.stores.findings.apply(resource, 'harrier', [openChange(hostile)], NOON);

    expect((await rowsOf(hostile.key))[0]?.title).toBe('nul \uFFFD half \uFFFD quote \'"\\u0000');
  });

  it('findings of a resource that is not stored are refused', async () => {
    const stray = observationOf(resource, 'CVE-2026-1');
    const unknown = 'host:nowhere' as ResourceId;

    await expect(fixture.stores.findings.apply(unknown, 'harrier', [openChange(stray)], NOON)).rejects.toThrow(
      /unknown/,
    );
  });

  it('a transaction that fails leaves nothing behind', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);

    const work = fixture.stores.atomically(async (stores) => {
      await stores.findings.apply(resource, 'harrier', [openChange(observation)], NOON);
      throw new Error('stop');
    });

    await expect(work).rejects.toThrow('stop');
    expect(await rowsOf(observation.key)).toEqual([]);
  });
});
