import { setTimeout as wait } from 'node:timers/promises';
import { digestOf } from '../../core/inventory/digest.ts';
import { type JobId, resourceId } from '../../core/model/ids.ts';
import type { Account, Resource } from '../../core/model/resource.ts';
import type { AdvisoryState, PackageScanResult } from '../../core/model/scan-result.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import type { JobPhase, JobState } from '../../core/model/views.ts';
import type { FileTree } from '../../core/ports/file-tree.ts';
import { type VexBook, vexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { type JobContext, type JobHandler, type JobResult, PermanentJobError } from '../contracts.ts';
import { askForFeeds } from './ask-for-feeds.ts';
import { rematchResource } from './rematch-resource.ts';
import { type ScanResourceOutcome, type ScanStep, scanResource } from './scan-resource.ts';

export interface ScanHostDependencies {
  readonly dependencies: Dependencies;
  openHost(root: string, signal: AbortSignal): FileTree;
  /** The VEX documents of this installation, with a sentence for each that cannot be used. */
  readVex(): Promise<{ readonly statements: readonly VexStatement[]; readonly problems: readonly string[] }>;
  /** Who this machine is: its stable id and its name. */
  identify(): Promise<{ readonly machineId: string; readonly name: string }>;
}

/** Things outside AWS belong to this account. */
const THIS_MACHINE: Account = { id: 'local', name: 'This machine', organizationalUnit: '', sample: false };

const STEPS: readonly ScanStep[] = ['collect', 'match', 'write'];

const ENDED: readonly JobState[] = ['done', 'partial', 'failed', 'cancelled'];
const WAIT_MS = 250;

/** Files between two reports of progress. */
const FILES_A_REPORT = 1000;

/** Scans a root directory of the machine that the worker runs on. */
export function scanHostHandler(deps: ScanHostDependencies): JobHandler<'scan-host'> {
  return {
    kind: 'scan-host',
    run: async ({ root, after }, context) => {
      const { dependencies } = deps;
      if (after) await untilEnded(dependencies, after, context);
      const resource = hostResource(await deps.identify(), root);
      const phases = scanPhases(context);
      await phases.report();
      await dependencies.resources.upsertAccounts([THIS_MACHINE], dependencies.clock.now());
      const vex = await deps.readVex();
      for (const problem of vex.problems) await context.log('warning', problem);
      const outcome = await scanResource(dependencies, {
        vex: vexBook(vex.statements),
        resource,
        tree: countingTree(deps.openHost(root, context.signal), (files) => phases.filesRead(files)),
        advisories: dependencies.advisories(),
        now: dependencies.clock.now(),
        endedAt: () => dependencies.clock.now(),
        jobId: context.id,
        signal: context.signal,
        onStep: (step, count) => phases.ended(step, count),
      });
      for (const diagnostic of outcome.result.diagnostics.slice(0, 100)) {
        await context.log(diagnostic.level, [diagnostic.path, diagnostic.message].filter(Boolean).join(': '));
      }
      await catchUp(dependencies, resource, outcome.result, vexBook(vex.statements));
      const asked = await askForFeeds(dependencies, outcome.result);
      if (asked.length > 0) {
        await context.log(
          'info',
          `Advisories of ${asked.join(', ')} are being brought in; what they say follows by itself.`,
        );
      }
      return resultOf(outcome);
    },
  };
}

/**
 * Advisories that came into force while the machine was read have asked for a new match of the inventories there were,
 * and this one was not among them.
 */
async function catchUp(deps: Dependencies, resource: Resource, result: PackageScanResult, vex: VexBook): Promise<void> {
  const advisories = deps.advisories();
  const revision = advisories.revision();
  if (result.outcome === 'failed' || revision === null || revision === result.advisoryRevision) return;
  const { id, environment } = resource;
  const digest = digestOf(result.inventory.packages);
  const known = { resource: id, environment, digest, inventory: result.inventory };
  await rematchResource(deps, { known, advisories, vex, now: deps.clock.now() });
}

/** Waits for the feeds that were asked for together with the scan. However they end, the scan says what it had to go by. */
async function untilEnded(dependencies: Dependencies, job: JobId, context: JobContext): Promise<void> {
  await context.progress([{ name: 'Wait for advisories', done: 0, total: null, state: 'running' }]);
  for (;;) {
    const state = (await dependencies.reads.job(job))?.state;
    if (state === undefined || ENDED.includes(state)) return;
    await wait(WAIT_MS, undefined, { signal: context.signal });
  }
}

/** Another root directory than the machine's own is another thing, so that the two never close each other's findings. */
function hostResource(host: { readonly machineId: string; readonly name: string }, root: string): Resource {
  const isWhole = root === '/' || root === '';
  return {
    id: resourceId(isWhole ? `host:${host.machineId}` : `host:${host.machineId}:${root}`),
    accountId: THIS_MACHINE.id,
    region: 'local',
    kind: 'host',
    name: isWhole ? host.name : `${host.name}:${root}`,
    environment: null,
    tags: {},
    sample: false,
  };
}

function countingTree(tree: FileTree, report: (files: number) => Promise<void>): FileTree {
  return {
    async *list() {
      let files = 0;
      for await (const entry of tree.list()) {
        files += 1;
        if (files % FILES_A_REPORT === 0) await report(files);
        yield entry;
      }
      await report(files);
    },
    read: (path, range) => tree.read(path, range),
    problems: () => tree.problems(),
  };
}

interface ScanPhases {
  report(): Promise<void>;
  filesRead(files: number): Promise<void>;
  ended(step: ScanStep, count: number): Promise<void>;
}

/** The three phases that people watch. A phase counts what it works on: files, then matches, then written findings. */
function scanPhases(context: JobContext): ScanPhases {
  const phases: JobPhase[] = ['Read files', 'Match advisories', 'Write findings'].map((name, index) => ({
    name,
    done: 0,
    total: null,
    state: index === 0 ? 'running' : 'waiting',
  }));
  const change = (index: number, changed: Partial<JobPhase>): void => {
    const phase = phases[index];
    if (phase) phases[index] = { ...phase, ...changed };
  };
  const report = (): Promise<void> => context.progress([...phases]);
  return {
    report,
    filesRead: (files) => {
      change(0, { done: files });
      return report();
    },
    ended: (step, count) => {
      const index = STEPS.indexOf(step);
      // Reading counts files, which it has told already; the other steps count what they are told here.
      const done = index === 0 ? (phases[0]?.done ?? count) : count;
      change(index, { state: 'done', done, total: done });
      change(index + 1, { state: 'running' });
      return report();
    },
  };
}

/** What is said at the end: the counts, then what keeps them from being the whole truth. */
function resultOf(outcome: ScanResourceOutcome): JobResult {
  const { result } = outcome;
  if (result.outcome === 'failed') throw new PermanentJobError(`The machine could not be scanned: ${outcome.reason}`);
  const gaps = advisoryGaps(result);
  if (outcome.reason && gaps.length === 0) gaps.push(`The scan is partial: ${outcome.reason}`);
  const isWhole = result.outcome === 'complete' && !result.advisoryStates.some((state) => state.state === 'missing');
  return {
    outcome: isWhole && gaps.length === 0 ? 'done' : 'partial',
    message: [countsOf(outcome), ...gaps].join(' '),
  };
}

function countsOf({ result, opened, reopened, closed }: ScanResourceOutcome): string {
  const changes = [`${counted(opened + reopened)} opened`, `${counted(closed)} fixed`].join(', ');
  const packages = count(result.inventory.packages.length, 'package');
  return `${packages}, ${count(result.observations.length, 'finding')}: ${changes}.`;
}

function advisoryGaps(result: PackageScanResult): string[] {
  if (result.advisoryRevision === null) {
    return [
      'Nothing could be matched, because no advisories have been brought in yet: run "Advisory feeds", then scan again.',
    ];
  }
  const gaps: string[] = [];
  const missing = namesIn(result.advisoryStates, 'missing');
  if (missing)
    gaps.push(`Packages of ${missing} could not be matched, because the index holds no advisories for them.`);
  const stale = namesIn(result.advisoryStates, 'stale');
  if (stale) gaps.push(`The advisories for ${stale} are out of date, so newer flaws may be missing.`);
  return gaps;
}

function namesIn(states: readonly AdvisoryState[], wanted: AdvisoryState['state']): string {
  const names = states.filter((state) => state.state === wanted && state.packages > 0).map((state) => state.ecosystem);
  return names.join(', ');
}

function count(amount: number, noun: string): string {
  return `${counted(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function counted(amount: number): string {
  return amount.toLocaleString('en-US');
}
