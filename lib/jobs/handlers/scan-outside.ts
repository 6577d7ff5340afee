import { digestOf } from '../../core/inventory/digest.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Account, Resource, ResourceKind } from '../../core/model/resource.ts';
import type { AdvisoryState, PackageScanResult } from '../../core/model/scan-result.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { VexStatement } from '../../core/model/vex.ts';
import type { JobPhase } from '../../core/model/views.ts';
import { type VexBook, vexBook } from '../../core/scan/package/vex-book.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { type JobContext, type JobResult, PermanentJobError } from '../contracts.ts';
import { askForFeeds } from './ask-for-feeds.ts';
import { rematchResources } from './rematch-resources.ts';
import { type ScanResourceOutcome, type ScanStep, scanResource } from './scan-resource.ts';

/** Things outside AWS belong to this account. */
const THIS_MACHINE: Account = { id: 'local', name: 'This machine', organizationalUnit: '', sample: false };

export interface ScanOutsideDependencies {
  readonly dependencies: Dependencies;
  /** The VEX documents of this installation, with a sentence for each that cannot be used. */
  readVex(): Promise<{ readonly statements: readonly VexStatement[]; readonly problems: readonly string[] }>;
}

export interface ScanOutsideInput {
  readonly resource: Resource;
  /** What is scanned, at the beginning of a sentence: `The machine`. */
  readonly what: string;
  /** What people see while it is read: `Read files`. */
  readonly phase: string;
  /** Reads it, and tells how far it is: files, megabytes, whatever the phase counts. */
  readonly collect: (
    signal: AbortSignal,
    report: (done: number, total?: number) => Promise<void>,
  ) => Promise<Inventory>;
  /** True where a name may be mistyped or a file the wrong one: what nobody knows yet and nobody can read is no resource. */
  readonly mayBeNothing?: boolean;
}

/** A thing outside AWS, by an id that tells it from every other one. */
export function outsideResource(kind: ResourceKind, id: string, name: string): Resource {
  return {
    id: resourceId(id),
    accountId: THIS_MACHINE.id,
    region: 'local',
    kind,
    name,
    environment: null,
    tags: {},
    sample: false,
  };
}

const STEPS: readonly ScanStep[] = ['collect', 'match', 'write'];
const LOGGED_MAX = 100;

/** A scan of something that is in no AWS account, from its content to its findings, watched phase by phase. */
export async function scanOutside(
  deps: ScanOutsideDependencies,
  context: JobContext,
  { resource, what, phase, collect, mayBeNothing = false }: ScanOutsideInput,
): Promise<JobResult> {
  const { dependencies } = deps;
  const phases = scanPhases(context, phase);
  await phases.report();
  await dependencies.resources.upsertAccounts([THIS_MACHINE], dependencies.clock.now());
  const vex = await deps.readVex();
  for (const problem of vex.problems) await context.log('warning', problem);
  const book = vexBook(vex.statements);
  const outcome = await scanResource(dependencies, {
    vex: book,
    resource,
    collect: async (signal) => {
      const reading = collect(signal, phases.isAt);
      return mayBeNothing ? readOrKnown(dependencies, resource, what, reading, signal) : reading;
    },
    advisories: dependencies.advisories(),
    now: dependencies.clock.now(),
    endedAt: () => dependencies.clock.now(),
    jobId: context.id,
    signal: context.signal,
    onStep: (step, count) => phases.ended(step, count),
  });
  for (const diagnostic of outcome.result.diagnostics.slice(0, LOGGED_MAX)) {
    await context.log(diagnostic.level, [diagnostic.path, diagnostic.message].filter(Boolean).join(': '));
  }
  await catchUp(dependencies, resource, outcome.result, book);
  const asked = await askForFeeds(dependencies, outcome.result);
  if (asked.length > 0) {
    await context.log('info', `Advisories of ${asked.join(', ')} are asked for; what they say follows by itself.`);
  }
  const result = resultOf(outcome, what);
  // Of images and files there are many, and their jobs have one title.
  return mayBeNothing ? { ...result, message: `${resource.name}: ${result.message}` } : result;
}

/** What was read; a failure of something that is known already is left to its record, so that coverage shows it. */
async function readOrKnown(
  { reads, clock }: Dependencies,
  { id }: Resource,
  what: string,
  reading: Promise<Inventory>,
  signal: AbortSignal,
): Promise<Inventory> {
  const isKnown = async (): Promise<boolean> =>
    (await reads.resource({ ...WHOLE_ESTATE, accounts: null }, id, clock.now())) !== null;
  const refuse = (reason: string): never => {
    throw new PermanentJobError(`${what} could not be scanned: ${reason}`);
  };
  let inventory: Inventory;
  try {
    inventory = await reading;
  } catch (error) {
    signal.throwIfAborted();
    if (await isKnown()) throw error;
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (inventory.outcome === 'failed' && !(await isKnown())) {
    return refuse(inventory.diagnostics[0]?.message ?? 'nothing in it could be read.');
  }
  return inventory;
}

/**
 * Advisories that came into force while it was read have asked for a new match of the inventories there were,
 * and this one was not among them.
 */
async function catchUp(deps: Dependencies, resource: Resource, result: PackageScanResult, vex: VexBook): Promise<void> {
  const advisories = deps.advisories();
  const revision = advisories.revision();
  if (result.outcome === 'failed' || revision === null || revision === result.advisoryRevision) return;
  const { id, environment } = resource;
  const digest = digestOf(result.inventory.packages);
  const known = { resource: id, environment, digest, inventory: result.inventory };
  await rematchResources(deps, { known: [known], advisories, vex, now: deps.clock.now() });
}

interface ScanPhases {
  report(): Promise<void>;
  isAt(done: number, total?: number): Promise<void>;
  ended(step: ScanStep, count: number): Promise<void>;
}

/** The three phases that people watch. A phase counts what it works on: what is read, then matches, then written findings. */
function scanPhases(context: JobContext, first: string): ScanPhases {
  const phases: JobPhase[] = [first, 'Match advisories', 'Write findings'].map((name, index) => ({
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
    isAt: (done, total) => {
      change(0, { done, total: total ?? null });
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
function resultOf(outcome: ScanResourceOutcome, what: string): JobResult {
  const { result } = outcome;
  if (result.outcome === 'failed') throw new PermanentJobError(`${what} could not be scanned: ${outcome.reason}`);
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
