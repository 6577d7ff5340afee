import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../core/findings/content-hash.ts';
import type { StoredFinding } from '../core/model/finding.ts';
import type { ResourceId } from '../core/model/ids.ts';
import type { Origin, ScanType } from '../core/model/resource.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
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

/** The finding with what is said of it and with its life; null where there is none. */
async function rowOf(key: string) {
  const { finding, findingContent, findingEvent } = fixture.database.prisma;
  const row = await finding.findUnique({ where: { key } });
  if (row === null) {
    return null;
  }
  const content = await findingContent.findUnique({ where: { hash: row.content } });
  const events = await findingEvent.findMany({ where: { findingId: row.id }, orderBy: { id: 'asc' } });
  return { ...row, title: content?.title, events };
}

async function currentFindings(
  scanType: ScanType = 'package',
  origin: Origin = 'harrier',
): Promise<readonly StoredFinding[]> {
  return (await fixture.stores.findings.current([resource], scanType, origin)).get(resource)?.findings ?? [];
}

describe('the finding store', () => {
  it('an opened finding has a row, an event and an origin', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);

    const counts = await reportFindings(fixture.stores, resource, [observation]);

    expect(counts).toEqual({ open: 1, refresh: 0, reopen: 0, seen: 0, sight: 0, 'drop-origin': 0, close: 0 });
    const row = await rowOf(observation.key);
    expect(row).toMatchObject({
      status: 'ACTIVE',
      severity: 'HIGH',
      score: 7.5,
      fixAvailable: 'yes',
      accountId: '111122223333',
      title: observation.title,
      sources: 1,
    });
    expect(row?.events.map((event) => [event.kind, event.actor])).toEqual([['open', 'harrier']]);
    const noon = NOON.getTime();
    expect(await currentFindings()).toEqual([
      {
        key: observation.key,
        resource,
        type: 'PACKAGE_VULNERABILITY',
        vulnerability: observation.vulnerability.id,
        status: 'ACTIVE',
        sights: { harrier: { first: noon, opened: noon, seen: noon, gone: null } },
        contentHash: contentHash(observation),
      },
    ]);
    expect(await currentFindings('network')).toEqual([]);
  });

  it('the same report twice at the same time makes each finding once', async () => {
    const observations = Array.from({ length: 40 }, (_, n) => observationOf(resource, `CVE-2025-${count}${n}`));

    const results = await Promise.all([
      reportFindings(fixture.stores, resource, observations),
      reportFindings(fixture.stores, resource, observations),
    ]);

    expect(results.map((result) => result.open).sort()).toEqual([0, 40]);
    expect(results.map((result) => result.seen).sort()).toEqual([0, 40]);
    for (const { key } of observations) {
      expect((await rowOf(key))?.events).toHaveLength(1);
    }
  });

  it('a sighting without a change writes nothing', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await reportFindings(fixture.stores, resource, [observation]);
    const before = await rowOf(observation.key);

    const counts = await reportFindings(fixture.stores, resource, [observation], { at: LATER });

    expect(counts.seen).toBe(1);
    expect(before).toMatchObject({ firstSeenAt: NOON, lastSeenAt: NOON });
    expect(await rowOf(observation.key)).toEqual(before);
  });

  it('a change moves the time of the last sight', async () => {
    const before = observationOf(resource, `CVE-2026-${count}`);
    const after = observationOf(resource, `CVE-2026-${count}`, { score: 7.8 });
    await reportFindings(fixture.stores, resource, [before]);

    await reportFindings(fixture.stores, resource, [after], { at: LATER });

    expect(await rowOf(after.key)).toMatchObject({ firstSeenAt: NOON, openedAt: NOON, lastSeenAt: LATER, score: 7.8 });
  });

  it('a refresh leaves an event only when severity, score or fix changed', async () => {
    const before = observationOf(resource, `CVE-2026-${count}`, { fixedVersion: null });
    const retitled = { ...before, title: 'A better title' };
    const worse = observationOf(resource, `CVE-2026-${count}`, { severity: 'CRITICAL', score: 9.8 });
    await reportFindings(fixture.stores, resource, [before]);

    const told = await reportFindings(fixture.stores, resource, [retitled], { at: LATER });
    const between = await rowOf(before.key);
    await reportFindings(fixture.stores, resource, [worse], { at: new Date(LATER.getTime() + 1_000) });

    expect(told.refresh).toBe(1);
    expect(between).toMatchObject({ title: 'A better title', events: [{ kind: 'open' }] });
    const row = await rowOf(before.key);
    expect(row).toMatchObject({ severity: 'CRITICAL', score: 9.8, fixedVersion: '3.0.13', title: worse.title });
    expect(row?.events.map((event) => event.detail)).toEqual([
      'First seen: openssl 3.0.11.',
      'Changed: severity HIGH to CRITICAL, score 7.5 to 9.8, fixed version none to 3.0.13.',
    ]);
  });

  it('a closed finding that is seen again is open again, and its due date counts anew', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await reportFindings(fixture.stores, resource, [observation]);
    await reportFindings(fixture.stores, resource, [], { at: LATER });
    const closed = await rowOf(observation.key);
    const again = new Date(LATER.getTime() + 86_400_000);

    const counts = await reportFindings(fixture.stores, resource, [observation], { at: again });

    expect(closed).toMatchObject({ status: 'CLOSED', closedAt: LATER, lastSeenAt: NOON, sources: 0 });
    expect(counts.reopen).toBe(1);
    const row = await rowOf(observation.key);
    expect(row).toMatchObject({ status: 'ACTIVE', closedAt: null, firstSeenAt: NOON, openedAt: again });
    expect(row?.events.map((event) => event.kind)).toEqual(['open', 'close', 'reopen']);
    // The first time the resource was new, and had a day to settle.
    expect(closed?.dueAt?.getTime()).toBe(NOON.getTime() + 31 * 86_400_000);
    expect(row?.dueAt?.getTime()).toBe(again.getTime() + 30 * 86_400_000);
  });

  it('closing twice is closing once', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await reportFindings(fixture.stores, resource, [observation]);
    const close = { at: LATER, closeReason: 'resource-removed' } as const;

    const both = await Promise.all([1, 2].map(() => reportFindings(fixture.stores, resource, [], close)));
    const third = await reportFindings(fixture.stores, resource, [], { ...close, at: new Date(LATER.getTime() + 1) });

    expect(both.map((counts) => counts.close).sort()).toEqual([0, 1]);
    expect(third.close).toBe(0);
    const row = await rowOf(observation.key);
    expect(row?.closedAt).toEqual(LATER);
    expect(row?.events.map((event) => event.detail)).toEqual([
      'First seen: openssl 3.0.11.',
      'The resource was removed.',
    ]);
  });

  it('a second origin is added, and dropping one leaves the other', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);
    await reportFindings(fixture.stores, resource, [observation]);
    const added = await reportFindings(fixture.stores, resource, [observation], { origin: 'security-hub', at: LATER });
    const both = await rowOf(observation.key);

    const counts = await reportFindings(fixture.stores, resource, [], { at: LATER });

    expect(added.sight).toBe(1);
    expect(both).toMatchObject({ status: 'ACTIVE', sources: 3 });
    expect(counts).toMatchObject({ 'drop-origin': 1, close: 0 });
    expect(await rowOf(observation.key)).toMatchObject({
      status: 'ACTIVE',
      sources: 2,
      openedAt: NOON,
      closedAt: null,
    });
    const [{ sights } = {}] = await currentFindings();
    expect(sights).toMatchObject({ harrier: { gone: LATER.getTime() }, 'security-hub': { gone: null } });
  });

  it('a name with characters that the database cannot hold is stored without them', async () => {
    const hostile = observationOf(resource, `CVE-2026-${count}`, { title: 'nul \0 half \ud800 quote \'"\\u0000' });

    await reportFindings(fixture.stores, resource, [hostile]);
    const again = await reportFindings(fixture.stores, resource, [hostile], { at: LATER });

    expect(again).toMatchObject({ seen: 1, refresh: 0 });
    expect((await rowOf(hostile.key))?.title).toBe('nul \uFFFD half \uFFFD quote \'"\\u0000');
  });

  it('findings of a resource that is not stored are refused', async () => {
    const stray = observationOf(resource, 'CVE-2026-1');
    const unknown = 'host:nowhere' as ResourceId;
    const sights = { harrier: { first: 0, opened: 0, seen: 0, gone: null } };

    const applying = fixture.stores.findings.apply(
      [
        {
          resource: unknown,
          scanType: 'package',
          origin: 'harrier',
          outcome: 'complete',
          at: NOON,
          changes: [{ kind: 'open', observation: stray, contentHash: contentHash(stray), sights }],
        },
      ],
      NOON,
    );

    await expect(applying).rejects.toThrow(/unknown/);
    expect(await rowOf(stray.key)).toBeNull();
  });

  it('a transaction that fails leaves nothing behind', async () => {
    const observation = observationOf(resource, `CVE-2026-${count}`);

    const work = fixture.stores.atomically(async (stores) => {
      await reportFindings({ atomically: (inside) => inside(stores) }, resource, [observation]);
      throw new Error('stop');
    });

    await expect(work).rejects.toThrow('stop');
    expect(await rowOf(observation.key)).toBeNull();
    expect((await fixture.stores.findings.current([resource], 'package', 'harrier')).get(resource)).toMatchObject({
      completes: {},
      lookedAt: null,
    });
  });
});
