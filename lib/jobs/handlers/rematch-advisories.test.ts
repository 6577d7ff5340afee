import { describe, expect, it } from 'vitest';
import type { Advisory } from '../../core/model/advisory.ts';
import type { Outcome } from '../../core/model/diagnostic.ts';
import { jobId, type PackageKey, packageKey, type ResourceId, resourceId } from '../../core/model/ids.ts';
import type { Package } from '../../core/model/package.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { ChangedKeys } from '../../core/ports/advisory-feeds.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { buildAdvisory } from '../../testing/build-advisory.ts';
import { bookworm, buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { memoryStores } from '../../testing/memory-stores.ts';
import { rematchAdvisoriesHandler } from './rematch-advisories.ts';

const NOW = new Date('2026-08-20T12:00:00Z');
const lodash = buildPackage({ ecosystem: 'npm', name: 'lodash', version: '4.17.20' });
const openssl = buildPackage({ ecosystem: 'debian', name: 'openssl', version: '3.0.9-1' });
const key = packageKey('npm', 'lodash');
const flaw = buildAdvisory({
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: ['CVE-2026-0001'],
  affects: [['npm', 'lodash', [{ introduced: '0' }, { fixed: '4.17.21' }]]],
});
const narrowed = buildAdvisory({
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: ['CVE-2026-0001'],
  affects: [['npm', 'lodash', [{ introduced: '0' }, { fixed: '4.17.20' }]]],
});
const withdrawn: Advisory = { ...flaw, withdrawn: NOW };

/** An installation with machines whose packages were scanned, and an index that a test may replace. */
function bench() {
  const stores = memoryStores();
  let asks = 0;
  let revisions = 0;
  let index: AdvisoryIndex = memoryAdvisoryIndex([], { revision: null });
  const asked: (readonly [before: string | null, after: string])[] = [];
  const phases: (readonly JobPhase[])[] = [];
  const abort = new AbortController();
  const dependencies = {
    ...stores,
    // Two matches are never of one moment.
    clock: { now: () => new Date(NOW.getTime() + asks++ * 1_000) },
    advisories: () => index,
    atomically: (work: (deps: Dependencies) => Promise<unknown>) => work(dependencies),
  } as unknown as Dependencies;
  return {
    stores,
    asked,
    phases,
    abort,
    publish(...advisories: readonly Advisory[]) {
      revisions += 1;
      index = memoryAdvisoryIndex(advisories, { revision: `r${revisions}` });
    },
    async add(id: string, packages: readonly Package[], outcome: Outcome = 'complete', more: Partial<Resource> = {}) {
      const facts = {
        accountId: 'local',
        region: 'local',
        kind: 'host',
        name: id,
        environment: null,
        tags: {},
      } as const;
      const resource: Resource = { id: resourceId(id), ...facts, sample: false, ...more };
      await stores.resources.upsert([resource], NOW);
      await stores.inventories.save(resource.id, { ...buildInventory(bookworm, packages), outcome }, NOW);
      return resource.id;
    },
    run(keys: ChangedKeys = new Set([key]), statements: readonly VexStatement[] = []) {
      return rematchAdvisoriesHandler({
        dependencies,
        changedKeys: (before, after) => {
          asked.push([before, after]);
          return keys;
        },
        readVex: async () => ({ statements, problems: [] }),
      }).run(
        {},
        {
          id: jobId('00000000-0000-4000-8000-000000000003'),
          signal: abort.signal,
          progress: async (now) => void phases.push(now),
          log: async () => {},
        },
      );
    },
    statuses: (resource: ResourceId) =>
      [...stores.findingRows.values()].filter((row) => row.resource === resource).map((row) => row.status),
  };
}

/** More than one transaction takes. */
function manyHosts(made: ReturnType<typeof bench>): Promise<readonly ResourceId[]> {
  return Promise.all(Array.from({ length: 450 }, (_, n) => made.add(`host:${String(n).padStart(3, '0')}`, [lodash])));
}

describe('a new match of stored inventories', () => {
  it('opens what is new and closes what was withdrawn, without a scan', async () => {
    const made = bench();
    const host = await made.add('host:1', [lodash]);

    made.publish(flaw);
    const first = await made.run();
    made.publish(withdrawn);
    const second = await made.run();

    expect(first.message).toBe('1 resource was matched again: 1 findings opened, 0 closed, 0 changed.');
    expect(second.message).toBe('1 resource was matched again: 0 findings opened, 1 closed, 0 changed.');
    expect(made.statuses(host)).toEqual(['CLOSED']);
    expect(made.stores.scans).toEqual([]);
    expect(made.stores.matches.map((one) => [one.advisoryRevision, one.findings])).toEqual([
      ['r1', 1],
      ['r2', 0],
    ]);
    expect(made.asked).toEqual([
      [null, 'r1'],
      ['r1', 'r2'],
    ]);
    expect(made.phases.at(-1)).toEqual([{ name: 'Match resources', done: 1, total: 1, state: 'done' }]);
  });

  it('leaves resources without a package in question, and sample resources, alone', async () => {
    const made = bench();
    await made.add('host:1', [openssl]);
    await made.add('host:2', [lodash], 'complete', { sample: true });
    made.publish(flaw);

    const result = await made.run();

    expect(result.message).toBe('No stored package is named by an advisory that changed.');
    expect(made.stores.findingRows.size).toBe(0);
    expect(made.stores.matches).toEqual([]);
  });

  it('a second time changes nothing, and what did not change keeps its time of last sight', async () => {
    const made = bench();
    await made.add('host:1', [lodash]);
    made.publish(flaw);
    await made.run();
    const rows = [...made.stores.findingRows.values()];

    await made.run();
    await made.stores.inventories.saveMatchedRevision('another', [], NOW);
    const again = await made.run('everything');

    expect(again.message).toContain('0 findings opened, 0 closed, 0 changed');
    expect([...made.stores.findingRows.values()]).toEqual(rows);
    expect(made.asked).toHaveLength(2);
  });

  it.each<[string, Outcome, Advisory, string]>([
    ['a complete inventory closes what was narrowed', 'complete', narrowed, 'CLOSED'],
    ['a partial inventory keeps what was narrowed', 'partial', narrowed, 'ACTIVE'],
    ['a partial inventory closes what was withdrawn', 'partial', withdrawn, 'CLOSED'],
  ])('of %s', async (_rule, outcome, advisory, status) => {
    const made = bench();
    const host = await made.add('host:1', [lodash], outcome);
    made.publish(flaw);
    await made.run();
    made.publish(advisory);

    await made.run();

    expect(made.statuses(host)).toEqual([status]);
  });

  it('of a partial inventory keeps what only went missing from the index', async () => {
    const made = bench();
    const host = await made.add('host:1', [lodash], 'partial');
    made.publish(flaw);
    await made.run();
    made.publish();

    await made.run();

    expect(made.statuses(host)).toEqual(['ACTIVE']);
  });

  it('heeds what suppliers say', async () => {
    const made = bench();
    const host = await made.add('host:1', [lodash]);
    made.publish(flaw);

    await made.run(new Set<PackageKey>([key]), [
      {
        names: ['CVE-2026-0001'],
        status: 'not_affected',
        justification: 'not called',
        purl: lodash.purl,
        author: 'Vendor',
        at: NOW,
      },
    ]);

    expect(made.statuses(host)).toEqual([]);
  });

  it('starts over with the advisories that come into force on the way', async () => {
    const made = bench();
    const hosts = await manyHosts(made);
    made.publish(flaw);
    const { findings } = made.stores;
    const apply = findings.apply;
    let isPublished = false;
    Object.assign(findings, {
      apply: (...args: Parameters<typeof apply>) => {
        if (!isPublished) made.publish(withdrawn);
        isPublished = true;
        return apply(...args);
      },
    });

    await made.run();

    expect(made.asked.map(([before, after]) => [before, after])).toEqual([
      [null, 'r1'],
      [null, 'r2'],
    ]);
    expect([hosts.at(0), hosts.at(-1)].map((host) => host && made.statuses(host))).toEqual([['CLOSED'], []]);
    expect(await made.stores.inventories.matchedRevision()).toBe('r2');
  });

  it('that was cut short goes on and ends the same', async () => {
    const made = bench();
    const hosts = await manyHosts(made);
    made.publish(flaw);
    const { findings } = made.stores;
    const apply = findings.apply;
    let writes = 0;
    Object.assign(findings, {
      apply: async (...args: Parameters<typeof apply>) => {
        writes += 1;
        if (writes === 2) throw new Error('the worker was killed');
        return apply(...args);
      },
    });

    await expect(made.run()).rejects.toThrow('killed');
    const first = [hosts.at(0), hosts.at(-1)].map((host) => host && made.statuses(host));
    await made.run();

    expect(first).toEqual([['ACTIVE'], []]);
    expect(hosts.every((host) => made.statuses(host).join() === 'ACTIVE')).toBe(true);
    expect(await made.stores.inventories.matchedRevision()).toBe('r1');
  });

  it('that is cancelled, or without any advisories, is not taken for done', async () => {
    const made = bench();
    const host = await made.add('host:1', [lodash]);
    await made.run();
    made.publish(flaw);
    made.abort.abort();

    await expect(made.run()).rejects.toThrow();

    expect(made.statuses(host)).toEqual([]);
    expect(await made.stores.inventories.matchedRevision()).toBeNull();
  });
});
