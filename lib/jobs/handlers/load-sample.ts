import { collectTree } from '../../core/inventory/collect-tree.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { SAMPLE_ACCOUNTS } from '../../sample/accounts.ts';
import { deniedTree } from '../../sample/denied-tree.ts';
import { SAMPLE_NEWEST, SAMPLE_THINGS, type SampleScan, type SampleWave, sampleWaves } from '../../sample/history.ts';
import { memoryTree } from '../../sample/memory-tree.ts';
import { SAMPLE_NETWORKS } from '../../sample/networks.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import type { JobContext, JobHandler, JobResult } from '../contracts.ts';
import { scanResource } from './scan-resource.ts';
import { scanSampleNetworks } from './scan-sample-networks.ts';

export interface LoadSampleDependencies {
  readonly dependencies: Dependencies;
}

/** Scans that run at once; each is one short transaction. */
const CONCURRENCY = 6;
/** A loaded estate younger than this is left as it is. */
const FRESH_MS = 24 * 60 * 60 * 1000;
const EVERYTHING: VisibleScope = { accounts: null, regions: [], environments: [], time: 'now' };

interface Totals {
  networks: number;
  scans: number;
  opened: number;
  reopened: number;
  closed: number;
}

/**
 * Lets the sample estate live through its quarter: wave after wave, the real engine looks at its networks and scans what changed, as of that time.
 * Safe to run again: a whole estate is left alone, or scanned once more when its scans have aged; a half-made one is
 * taken away first.
 */
export function loadSampleHandler({ dependencies }: LoadSampleDependencies): JobHandler<'load-sample'> {
  return {
    kind: 'load-sample',
    run: async (_payload, context) => {
      const now = dependencies.clock.now();
      const newest = await dependencies.reads.resource(EVERYTHING, SAMPLE_NEWEST.resource.id, now);
      const loadedAt = newest?.lastScan?.endedAt ?? null;
      if (loadedAt && now.getTime() - loadedAt.getTime() < FRESH_MS) {
        return { outcome: 'done', message: 'The sample estate is loaded already; nothing was changed.' };
      }
      // The newest resource is scanned last of all, so without its scan an earlier run was cut short.
      if (!loadedAt) await dependencies.atomically((inside) => inside.resources.removeSample());
      const totals = await runWaves(dependencies, context, sampleWaves(now, loadedAt ? SAMPLE_WAVES - 1 : 0));
      return loadedAt ? refreshed(totals) : loaded(totals);
    },
  };
}

async function runWaves(
  dependencies: Dependencies,
  context: JobContext,
  waves: readonly SampleWave[],
): Promise<Totals> {
  const totals: Totals = { networks: 0, scans: 0, opened: 0, reopened: 0, closed: 0 };
  const planned = waves.reduce((sum, wave) => sum + wave.scans.length, 0);
  const report = (accounts: JobPhase['state'], scans: JobPhase['state']): Promise<void> =>
    context.progress([
      {
        name: 'Accounts',
        done: accounts === 'done' ? SAMPLE_ACCOUNTS.length : 0,
        total: SAMPLE_ACCOUNTS.length,
        state: accounts,
      },
      { name: 'Networks', done: totals.networks, total: scans === 'done' ? totals.networks : null, state: scans },
      { name: 'Scans', done: totals.scans, total: planned, state: scans },
    ]);
  await report('running', 'waiting');
  await dependencies.resources.upsertAccounts(SAMPLE_ACCOUNTS, waves[0]?.at ?? dependencies.clock.now());
  for (const wave of waves) {
    await report('done', 'running');
    if (wave.appeared.length > 0) await dependencies.resources.upsert(wave.appeared, wave.at);
    for await (const scanned of scanSampleNetworks(dependencies, context, wave)) {
      totals.networks += 1;
      count(totals, scanned);
    }
    await scanWave(dependencies, context, wave, totals, () => report('done', 'running'));
  }
  await report('done', 'done');
  return totals;
}

/** Scans of one wave run side by side, but the newest resource waits for all others. */
async function scanWave(
  dependencies: Dependencies,
  context: JobContext,
  wave: SampleWave,
  totals: Totals,
  report: () => Promise<void>,
): Promise<void> {
  const advisories = openSampleIndex(wave.index, wave.at);
  const scanOne = async (scan: SampleScan): Promise<void> => {
    context.signal.throwIfAborted();
    const files = scan.files();
    const tree =
      files === 'denied' ? deniedTree('Reading it was denied: the role lost its permission.') : memoryTree(files);
    const outcome = await scanResource(dependencies, {
      resource: scan.resource,
      collect: async (signal) => {
        const inventory = await collectTree(scan.resource.kind, tree, signal);
        return files === 'denied' ? { ...inventory, reason: 'ACCESS_DENIED' } : inventory;
      },
      advisories,
      now: wave.at,
      jobId: context.id,
      signal: context.signal,
    });
    totals.scans += 1;
    count(totals, outcome);
    if (totals.scans % 50 === 0) await report();
  };
  const isNewest = (scan: SampleScan): boolean => scan.resource.id === SAMPLE_NEWEST.resource.id;
  const pending = wave.scans.filter((scan) => !isNewest(scan)).values();
  // Each lane takes the next scan from the one iterator, so no scan is done twice.
  let isStopped = false;
  const lane = async (): Promise<void> => {
    for (const scan of pending) {
      if (isStopped) return;
      await scanOne(scan);
    }
  };
  const lanes = Array.from({ length: CONCURRENCY }, () =>
    lane().catch((error: unknown) => {
      isStopped = true;
      throw error;
    }),
  );
  // Waits for every lane, so that nothing is written any more once the job has failed.
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  for (const scan of wave.scans.filter(isNewest)) await scanOne(scan);
}

function count(totals: Totals, { opened, reopened, closed }: Pick<Totals, 'opened' | 'reopened' | 'closed'>): void {
  totals.opened += opened;
  totals.reopened += reopened;
  totals.closed += closed;
}

function loaded(totals: Totals): JobResult {
  const open = totals.opened + totals.reopened - totals.closed;
  const parts = [
    `${counted(totals.opened)} findings opened`,
    `${counted(totals.closed)} fixed`,
    `${counted(open)} open now`,
  ];
  const estate = `${SAMPLE_ACCOUNTS.length} accounts, ${SAMPLE_NETWORKS.length} networks and ${SAMPLE_THINGS.length} resources`;
  const scans = `${counted(totals.scans)} scans over ${SAMPLE_WAVES} weeks`;
  return { outcome: 'done', message: `Sample estate loaded: ${estate}, ${scans}: ${parts.join(', ')}.` };
}

function refreshed(totals: Totals): JobResult {
  return {
    outcome: 'done',
    message: `The sample estate was there already; its ${counted(totals.scans)} scans were brought up to date.`,
  };
}

function counted(amount: number): string {
  return amount.toLocaleString('en-US');
}
