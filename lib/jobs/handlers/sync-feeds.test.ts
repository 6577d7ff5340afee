import { describe, expect, it } from 'vitest';
import { jobId, type PackageKey, packageKey } from '../../core/model/ids.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { SourceReport, SyncProgress, SyncReport } from '../../core/ports/advisory-feeds.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { memoryStores } from '../../testing/memory-stores.ts';
import { resourceOf } from '../../testing/store-fixture.ts';
import { type EnqueueOptions, type JobContext, PermanentJobError } from '../contracts.ts';
import { syncFeedsHandler } from './sync-feeds.ts';

const at = new Date('2026-08-20T12:00:00Z');

function source(name: string, more: Partial<SourceReport> = {}): SourceReport {
  const none = { skipped: 0, skippedReasons: [], newestRecord: null, seconds: 1, error: null };
  return { source: name, state: 'updated', records: 1200, ...none, ...more };
}

interface Asked {
  readonly kind: string;
  readonly options?: EnqueueOptions;
}

/** A worker with one stored inventory, that of a machine with lodash. */
async function bench(matched: string | null) {
  const stores = memoryStores();
  const asked: Asked[] = [];
  const resource = resourceOf('host:1');
  await stores.resources.upsert([resource], at);
  const lodash = buildPackage({ ecosystem: 'npm', name: 'lodash', version: '4.17.20' });
  await stores.inventories.save(resource.id, buildInventory(null, [lodash]), at);
  if (matched !== null) {
    await stores.inventories.saveMatchedRevision(matched, [], at);
  }
  const jobs = {
    enqueue: async (kind: string, _payload: unknown, options: EnqueueOptions) => void asked.push({ kind, options }),
  };
  const advisories = () => memoryAdvisoryIndex([]);
  const dependencies = { ...stores, jobs, advisories, clock: { now: () => at } } as unknown as Dependencies;
  return { stores, asked, dependencies };
}

const NOTHING_NEW = { previous: 'r', changedKeys: new Set<PackageKey>() };

async function run(
  sources: readonly SourceReport[],
  events: readonly SyncProgress[] = [],
  changes: Pick<SyncReport, 'previous' | 'changedKeys'> = NOTHING_NEW,
  deps?: Dependencies,
) {
  const shown: (readonly JobPhase[])[] = [];
  const lines: string[] = [];
  const context: JobContext = {
    id: jobId('00000000-0000-4000-8000-000000000000'),
    signal: new AbortController().signal,
    progress: async (phases) => void shown.push(phases),
    log: async (level, text) => void lines.push(`${level} ${text}`),
  };
  const handler = syncFeedsHandler({
    dependencies: deps ?? (await bench('r')).dependencies,
    async sync({ onProgress }) {
      for (const event of events) {
        onProgress(event);
      }
      return {
        revision: 'r',
        changed: true,
        ...changes,
        sources,
        startedAt: at,
        endedAt: at,
      };
    },
  });
  const result = await handler.run({ ecosystems: [] }, context);
  return { result, lines, phases: shown.at(-1) };
}

describe('the job', () => {
  it('shows one phase for each source with what it counts', async () => {
    const { phases } = await run(
      [source('osv/Debian')],
      [
        { source: 'osv/Debian', step: 'waiting', done: 0, total: null },
        { source: 'kev', step: 'waiting', done: 0, total: null },
        { source: 'epss', step: 'waiting', done: 0, total: null },
        { source: 'osv/Debian', step: 'done', done: 1200, total: 1200 },
        { source: 'kev', step: 'fetch', done: 2048, total: 4096 },
        { source: 'epss', step: 'failed', done: 0, total: null },
      ],
    );

    expect(phases).toEqual([
      { name: 'Debian advisories', done: 1200, total: 1200, state: 'done' },
      { name: 'Known exploited vulnerabilities (KiB fetched)', done: 2, total: 4, state: 'running' },
      { name: 'Exploit prediction scores', done: 0, total: null, state: 'failed' },
    ]);
  });

  it('is done when every source is up to date', async () => {
    const { result, lines } = await run([
      source('osv/npm', { skipped: 2, skippedReasons: [{ reason: 'is not JSON', count: 2 }] }),
      source('kev', { state: 'unchanged' }),
    ]);

    expect(result).toEqual({
      outcome: 'done',
      message: 'All 2 feeds are up to date: 1 had changed, with 1,200 records.',
    });
    expect(lines[0]).toBe('info npm advisories: updated, 1,200 records, 2 left out (2 is not JSON), 1.0 s.');
  });

  it('is partial when some failed, and says which and why', async () => {
    const { result } = await run([
      source('osv/npm', { state: 'unchanged' }),
      source('osv/Debian', { state: 'failed', error: 'Debian could not be fetched. Do this.' }),
    ]);

    expect(result).toEqual({
      outcome: 'partial',
      message:
        '1 of 2 feeds are up to date: nothing had changed. Not brought in: Debian advisories. Debian could not be fetched. Do this.',
    });
  });

  it('fails for good when all failed', async () => {
    await expect(run([source('kev', { state: 'failed', error: 'No host.' })])).rejects.toThrow(PermanentJobError);
  });
});

describe('inventories that are behind', () => {
  const fresh = [source('osv/npm')];
  const key = (name: string) => packageKey('npm', name);

  it('are matched again when a package of theirs is among those that changed', async () => {
    const { dependencies, asked, stores } = await bench('q');

    const { lines } = await run(fresh, [], { previous: 'q', changedKeys: new Set([key('lodash')]) }, dependencies);

    expect(asked).toEqual([{ kind: 'rematch-advisories', options: { dedupeKey: 'r' } }]);
    expect(lines.at(-1)).toMatch(/matched again/);
    expect(await stores.inventories.matchedRevision()).toBe('q');
  });

  it('are up to date without a match when none of their packages changed', async () => {
    const { dependencies, asked, stores } = await bench('q');

    await run(fresh, [], { previous: 'q', changedKeys: new Set([key('minimist')]) }, dependencies);

    expect(asked).toEqual([]);
    expect(await stores.inventories.matchedRevision()).toBe('r');
  });

  it.each([
    ['after the first sync', null, null, 'everything'],
    ['after a sync without news, when an earlier one was cut short', 'p', 'r', new Set<PackageKey>()],
    ['after a sync that went past the revision they were matched with', 'p', 'q', new Set<PackageKey>()],
  ] as const)('are all matched again %s', async (_when, matched, previous, changedKeys) => {
    const { dependencies, asked } = await bench(matched);

    await run(fresh, [], { previous, changedKeys }, dependencies);

    expect(asked).toHaveLength(1);
  });

  it('are left alone when the revision they were matched with is in force', async () => {
    const { dependencies, asked } = await bench('r');

    await run(fresh, [], { previous: 'q', changedKeys: 'everything' }, dependencies);

    expect(asked).toEqual([]);
  });
});
