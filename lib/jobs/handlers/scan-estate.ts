import pLimit from 'p-limit';
import { digestOf } from '../../core/inventory/digest.ts';
import { failedInventory } from '../../core/inventory/failed-inventory.ts';
import { keepUnseen } from '../../core/inventory/unseen-packages.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import type { AwsCollectors } from '../../core/ports/aws-estate.ts';
import type { DueResource, SettledScan } from '../../core/ports/cloud-store.ts';
import { vexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobContext, JobHandler, JobResult } from '../contracts.ts';
import { askForFeeds } from './ask-for-feeds.ts';
import { assessor } from './assess-resource.ts';
import { rematchResources } from './rematch-resources.ts';
import { reasonOf, writeScans } from './write-scans.ts';

export interface ScanEstateDependencies {
  readonly dependencies: Dependencies;
  openCollectors(): AwsCollectors & { close(): void };
  /** Removes snapshots of scans whose worker died. */
  removeLeftSnapshots(): Promise<void>;
  readVex(): Promise<{ readonly statements: readonly VexStatement[]; readonly problems: readonly string[] }>;
}

/** Resources that are taken from the list at once. */
const CLAIMED_AT_ONCE = 200;
/** Resources that are read at the same time. */
const READ_AT_ONCE = 16;
/** So many due resources are worth a job of their own where another worker is there to run it. */
const RESOURCES_A_JOB = 500;
const JOBS_MAX = 16;
/** Scans that are written in one transaction. */
const WRITTEN_AT_ONCE = 40;
/** What a worker that died has taken is due again after this. */
const LEASE_MS = 30 * 60_000;
const DAY_MS = 86_400_000;
/** As often as Amazon Inspector's deep inspection looks. */
const COMMAND_MS = 6 * 3_600_000;
const FIRST_RETRY_MS = 5 * 60_000;
const LOGGED_MAX = 500;

/** Reads, matches and writes everything in AWS that is due, until nothing is. */
export function scanEstateHandler(deps: ScanEstateDependencies): JobHandler<'scan-estate'> {
  return {
    kind: 'scan-estate',
    run: async (_payload, context) => {
      const vex = await deps.readVex();
      for (const problem of vex.problems) await context.log('warning', problem);
      await deps
        .removeLeftSnapshots()
        .catch((error: unknown) =>
          context.log('warning', `Snapshots of an earlier scan could not be removed: ${String(error)}`),
        );
      await shareOut(deps.dependencies);
      const collectors = deps.openCollectors();
      try {
        return await scanAll(deps.dependencies, collectors, context, vex.statements);
      } finally {
        collectors.close();
      }
    },
  };
}

/** Jobs that share what is due: as many as there is work for, and never more than workers. */
export function jobsFor(due: number, workers: number): number {
  return Math.max(1, Math.min(Math.ceil(due / RESOURCES_A_JOB), workers, JOBS_MAX));
}

/** Asks the other workers to help where more is due than one reads soon; who takes a resource holds it by its lease. */
async function shareOut(deps: Dependencies): Promise<void> {
  const due = await deps.cloud.countDue(deps.clock.now());
  const jobs = due <= RESOURCES_A_JOB ? 1 : jobsFor(due, await deps.jobs.countWorkers());
  for (let job = 2; job <= jobs; job += 1) {
    await deps.jobs.enqueue('scan-estate', {}, { dedupeKey: `scan-estate:${job}` });
  }
}

interface Read {
  readonly due: DueResource;
  readonly startedAt: Date;
  readonly inventory: Inventory;
}

async function scanAll(
  deps: Dependencies,
  collectors: AwsCollectors,
  context: JobContext,
  statements: readonly VexStatement[],
): Promise<JobResult> {
  const vex = vexBook(statements);
  const counts = {
    due: 0,
    read: 0,
    written: 0,
    opened: 0,
    closed: 0,
    failed: 0,
  };
  const logged = { lines: 0 };
  const report = (): Promise<void> => context.progress(phasesOf(counts));
  let isAsked = false;

  const write = async (batch: readonly Read[]): Promise<void> => {
    if (batch.length === 0) return;
    const assess = await assessor(
      deps,
      batch.map(({ due }) => due.resource),
      vex,
    );
    const advisories = deps.advisories();
    const finished = await deps.atomically(async (inside) => {
      // Points that somebody changed meanwhile count: their own job may have passed the resources.
      const terms = await inside.scoring.hold();
      const scans = batch.map(({ due, startedAt, inventory }) => ({
        resource: due.resource,
        result: assess({ resource: due.resource, inventory, advisories, terms, now: startedAt }),
        now: startedAt,
        endedAt: () => deps.clock.now(),
        jobId: context.id,
        revision: due.revision,
      }));
      const written = await writeScans(inside, scans);
      await inside.cloud.settle(batch.map((read) => settled(read, deps.clock.now())));
      return scans.map((scan, at) => ({ ...scan, written: written[at] }));
    });
    for (const { resource, result, written } of finished) {
      counts.opened += (written?.opened ?? 0) + (written?.reopened ?? 0);
      counts.closed += written?.closed ?? 0;
      if (result.outcome === 'failed') counts.failed += 1;
      await logScan(context, logged, resource.name, result);
      if (!isAsked) isAsked = (await askForFeeds(deps, result)).length > 0;
    }
    counts.written += batch.length;
    await catchUp(deps, finished, vex);
    await report();
  };

  for (;;) {
    context.signal.throwIfAborted();
    const now = deps.clock.now();
    const due = await deps.cloud.claimDue(CLAIMED_AT_ONCE, new Date(now.getTime() + LEASE_MS), now);
    if (due.length === 0) break;
    // Others may take from the same list, so what is left is counted anew.
    counts.due = counts.read + due.length + (await deps.cloud.countDue(now));
    const limit = pLimit(READ_AT_ONCE);
    let batch: Read[] = [];
    let writing: Promise<void> = Promise.resolve();
    const reads = due.map((one) =>
      limit(async () => {
        context.signal.throwIfAborted();
        const startedAt = deps.clock.now();
        const inventory = await withUnseen(deps, one, await collect(collectors, one, context.signal));
        counts.read += 1;
        batch.push({ due: one, startedAt, inventory });
        if (batch.length >= WRITTEN_AT_ONCE) {
          const full = batch;
          batch = [];
          // One write at a time; reading goes on meanwhile.
          writing = writing.then(() => write(full));
          await writing;
        }
        await report();
      }),
    );
    const ends = await Promise.allSettled(reads);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    await writing;
    await write(batch);
  }
  return resultOf(counts);
}

/** What was read; what a collector throws is a failed inventory, so that the ledger shows it. */
async function collect(collectors: AwsCollectors, due: DueResource, signal: AbortSignal): Promise<Inventory> {
  try {
    const { facts, place, way } = due;
    if (facts.kind === 'ec2' && (way === 'ssm-inventory' || way === 'ssm-command' || way === 'snapshot')) {
      return await collectors[way]({ place, facts, signal });
    }
    if (facts.kind === 'ecr' && way === 'registry') return await collectors.registry({ place, facts, signal });
    if (facts.kind === 'lambda' && way === 'function-code') {
      return await collectors['function-code']({ place, facts, signal });
    }
    throw new Error(`nothing reads ${facts.kind} by ${way}`);
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return failedInventory(message, 'INTERNAL_ERROR');
  }
}

/** A way that sees some kinds of packages only must not end findings of the others. */
async function withUnseen(deps: Dependencies, { resource }: DueResource, inventory: Inventory): Promise<Inventory> {
  return inventory.narrowWay === undefined
    ? inventory
    : keepUnseen(inventory, (await deps.inventories.of(resource.id))?.inventory ?? null);
}

/** Content that cannot change is read once; everything else once a day, and what failed sooner, less and less often. */
function settled({ due, inventory }: Read, now: Date): SettledScan {
  const { resource, scanType, revision, isImmutable, tries, way } = due;
  const after = (milliseconds: number): Date => new Date(now.getTime() + milliseconds);
  if (inventory.outcome === 'failed') {
    const wait = Math.min(DAY_MS, FIRST_RETRY_MS * 3 ** Math.min(tries, 8));
    return { resource: resource.id, scanType, revision, dueAt: after(wait), tries: tries + 1 };
  }
  return {
    resource: resource.id,
    scanType,
    revision,
    dueAt: isImmutable ? null : after(way === 'ssm-command' ? COMMAND_MS : DAY_MS),
    tries: 0,
  };
}

/** Advisories that came into force meanwhile asked for a new match of the inventories there were; these were not among them. */
async function catchUp(
  deps: Dependencies,
  finished: readonly { readonly resource: DueResource['resource']; readonly result: PackageScanResult }[],
  vex: ReturnType<typeof vexBook>,
): Promise<void> {
  const advisories = deps.advisories();
  const revision = advisories.revision();
  const late = finished.filter(
    ({ result }) => result.outcome !== 'failed' && revision !== null && result.advisoryRevision !== revision,
  );
  if (late.length === 0) return;
  const known = late.map(({ resource: { id, environment }, result: { inventory } }) => ({
    resource: id,
    environment,
    digest: digestOf(inventory.packages),
    inventory,
  }));
  await rematchResources(deps, { known, advisories, vex, now: deps.clock.now() });
}

async function logScan(
  context: JobContext,
  logged: { lines: number },
  name: string,
  result: PackageScanResult,
): Promise<void> {
  const reason = reasonOf(result);
  if (reason === null || logged.lines >= LOGGED_MAX) return;
  logged.lines += 1;
  await context.log(result.outcome === 'failed' ? 'error' : 'warning', `${name}: ${reason}`);
}

interface Counts {
  readonly due: number;
  readonly read: number;
  readonly written: number;
  readonly opened: number;
  readonly closed: number;
  readonly failed: number;
}

function phasesOf({ due, read, written }: Counts) {
  const total = Math.max(due, read);
  const state = (done: number): 'running' | 'done' => (done >= total ? 'done' : 'running');
  return [
    { name: 'Collect packages', done: read, total, state: state(read) },
    { name: 'Match and write findings', done: written, total, state: state(written) },
  ];
}

function resultOf({ written, opened, closed, failed }: Counts): JobResult {
  const number = (count: number): string => count.toLocaleString('en-US');
  const told = `${number(written)} resources scanned: ${number(opened)} findings opened, ${number(closed)} fixed.`;
  return failed === 0
    ? { outcome: 'done', message: told }
    : { outcome: 'partial', message: `${told} ${number(failed)} could not be read; Coverage says why.` };
}
