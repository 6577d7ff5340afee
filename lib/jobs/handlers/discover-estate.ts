import pLimit, { type LimitFunction } from 'p-limit';
import type { ScanPolicy } from '../../core/coverage/eligibility.ts';
import {
  type AwsAccount,
  type DiscoveredService,
  PLACE_SERVICES,
  type PlaceResult,
  type PlaceService,
} from '../../core/model/cloud.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { AwsAnswer, AwsEstate } from '../../core/ports/aws-estate.ts';
import type { StoredConnection } from '../../core/ports/cloud-store.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { type JobContext, type JobHandler, type JobPayloads, type JobResult, PermanentJobError } from '../contracts.ts';
import { askForNetworks } from './ask-for-networks.ts';
import { saveNetwork, savePlace } from './save-place.ts';

export interface DiscoverEstateDependencies {
  readonly dependencies: Dependencies;
  openAws(): AwsEstate;
  policy(): Promise<ScanPolicy>;
}

/** Accounts that are asked for their regions at the same time. */
const ACCOUNTS_AT_ONCE = 16;
/** Places of one region that are looked at at the same time. Each region has lanes of its own, so that none waits for another. */
const PLACES_AT_ONCE = 16;
/** Places that are stored at the same time: more would wait for connections to the database until their transactions end. */
const STORED_AT_ONCE = 4;
/** After so many places of a region in a row without an answer, the rest of it is not asked this time. */
const SILENT_MAX = 3;
const LOGGED_MAX = 200;

/** Looks for accounts, regions and what is in them. Every place is stored as soon as it was read, and scanning begins with it. */
export function discoverEstateHandler(deps: DiscoverEstateDependencies): JobHandler<'discover-estate'> {
  return {
    kind: 'discover-estate',
    run: async (payload, context) => {
      const stored = await deps.dependencies.cloud.connections();
      const asked = stored.filter(({ id }) => payload.connections.length === 0 || payload.connections.includes(id));
      if (asked.length === 0) {
        throw new PermanentJobError('No account of AWS is connected. Connect one under Settings, Accounts.');
      }
      const aws = deps.openAws();
      try {
        const run = createRun(deps, aws, context, await deps.policy(), payload);
        await Promise.all(asked.map((connection) => run.connection(connection)));
        return await run.end();
      } finally {
        aws.close();
      }
    },
  };
}

function createRun(
  { dependencies: deps }: DiscoverEstateDependencies,
  aws: AwsEstate,
  context: JobContext,
  policy: ScanPolicy,
  scope: Pick<JobPayloads['discover-estate'], 'places'>,
) {
  const accountLimit = pLimit(ACCOUNTS_AT_ONCE);
  const storeLimit = pLimit(STORED_AT_ONCE);
  const regionLimits = new Map<string, LimitFunction>();
  const silences = new Map<string, number>();
  const problems: string[] = [];
  const counts = {
    accounts: 0,
    accountsDone: 0,
    places: 0,
    placesDone: 0,
    resources: 0,
    changed: 0,
    gone: 0,
    calls: 0,
  };
  let hasAskedForScan = false;

  const report = (): Promise<void> => context.progress(phasesOf(counts));

  const problem = async (text: string): Promise<void> => {
    problems.push(text);
    if (problems.length <= LOGGED_MAX) await context.log('warning', text);
  };

  const askForScan = async (): Promise<void> => {
    await deps.jobs.enqueue('scan-estate', {}, { dedupeKey: 'scan-estate' });
  };

  /** Where nobody asked an account for its regions, its first places tell whether it can be entered. */
  const reached = new Map<string, 'active' | 'denied'>();
  const noteReached = async ({ id }: AwsAccount, answer: AwsAnswer<unknown>): Promise<void> => {
    const isRefused = answer.state === 'denied' && answer.isOfRole === true;
    if (answer.state !== 'read' && !isRefused) return;
    const state = answer.state === 'read' ? 'active' : 'denied';
    if (reached.get(id) === state || reached.get(id) === 'active') return;
    reached.set(id, state);
    const detail = answer.state === 'read' ? null : answer.message;
    await storeLimit(() => deps.cloud.noteAccount(id, state, detail, null, deps.clock.now()));
  };

  const ask = async <T>(
    account: AwsAccount,
    region: string,
    service: PlaceService,
    call: () => Promise<AwsAnswer<T>>,
  ): Promise<{ readonly answer: AwsAnswer<T>; readonly result: PlaceResult }> => {
    context.signal.throwIfAborted();
    const startedAt = performance.now();
    const isSilent = (silences.get(region) ?? 0) >= SILENT_MAX;
    const answer: AwsAnswer<T> = isSilent
      ? { state: 'unreachable', message: `${region} has not answered others, so it was not asked.`, calls: 0 }
      : await call();
    await noteReached(account, answer);
    if (answer.state === 'unreachable') silences.set(region, (silences.get(region) ?? 0) + 1);
    else silences.delete(region);
    if (answer.state !== 'read' && !isSilent) await problem(`${account.name} ${region} ${service}: ${answer.message}`);
    const result: PlaceResult = {
      accountId: account.id,
      region,
      service,
      state: answer.state,
      detail: answer.state === 'read' ? null : answer.message,
      calls: answer.calls,
      milliseconds: performance.now() - startedAt,
    };
    return { answer, result };
  };

  const look = async (account: AwsAccount, region: string, service: DiscoveredService): Promise<void> => {
    const now = deps.clock.now();
    const options = { signal: context.signal, now, functionDays: policy.functionDays };
    const { answer, result } = await ask(account, region, service, () =>
      aws.discover({ account, region }, service, options),
    );
    const found = answer.state === 'read' ? answer.value : [];
    const saved = await storeLimit(async () => {
      const told = await savePlace(deps, result, found, policy, now);
      if (service === 'ec2' && told.changed > 0) await deps.network.unsolve({ accountId: account.id, region }, now);
      if (told.changed > 0 && !hasAskedForScan) {
        hasAskedForScan = true;
        await askForScan();
      }
      return told;
    });
    counts.placesDone += 1;
    counts.calls += answer.calls;
    counts.resources += saved.resources;
    counts.changed += saved.changed;
    counts.gone += saved.gone;
    await report();
  };

  /** The network of a place is worked out after everything was looked at, so that its instances are known. */
  const lookAtNetwork = async (account: AwsAccount, region: string): Promise<void> => {
    const { answer, result } = await ask(account, region, 'network', () =>
      aws.network({ account, region }, context.signal),
    );
    await storeLimit(() => saveNetwork(deps, result, answer.state === 'read' ? answer.value : null));
    counts.placesDone += 1;
    counts.calls += answer.calls;
    await report();
  };

  const lookLater = (one: AwsAccount, region: string, service: PlaceService): void => {
    const limit = regionLimits.get(region) ?? pLimit(PLACES_AT_ONCE);
    regionLimits.set(region, limit);
    counts.places += 1;
    looks.push(limit(() => (service === 'network' ? lookAtNetwork(one, region) : look(one, region, service))));
  };

  const account = async (one: AwsAccount, regions: readonly string[]): Promise<void> => {
    context.signal.throwIfAborted();
    if (!one.isActive) {
      counts.accountsDone += 1;
      return;
    }
    const enabled = regions.length > 0 ? null : await aws.regions(one);
    counts.calls += enabled?.calls ?? 0;
    const now = deps.clock.now();
    if (enabled !== null && enabled.state !== 'read') {
      const state = enabled.state === 'unreachable' || enabled.state === 'throttled' ? 'unreachable' : 'denied';
      await deps.cloud.noteAccount(one.id, state, enabled.message, null, now);
      await problem(`${one.name}: ${enabled.message}`);
      counts.accountsDone += 1;
      return report();
    }
    const all = enabled?.value ?? regions;
    if (enabled !== null) await storeLimit(() => deps.cloud.noteAccount(one.id, 'active', null, all, now));
    counts.accountsDone += 1;
    for (const region of all) for (const service of PLACE_SERVICES) lookLater(one, region, service);
  };

  /** Places that are said to have changed, of accounts that are known. */
  const changed = (accounts: readonly AwsAccount[]): void => {
    const byId = new Map(accounts.filter(({ isActive }) => isActive).map((one) => [one.id, one]));
    counts.accounts += byId.size;
    counts.accountsDone += byId.size;
    for (const { accountId, region, service } of scope.places) {
      const one = byId.get(accountId);
      if (one === undefined) continue;
      lookLater(one, region, service);
      // A machine that starts or stops is reached, or not any more.
      if (service === 'ec2') lookLater(one, region, 'network');
    }
  };

  const looks: Promise<void>[] = [];

  return {
    async connection(connection: StoredConnection): Promise<void> {
      const now = deps.clock.now();
      if (scope.places.length > 0) {
        return changed(await deps.cloud.accountsOf(connection.id));
      }
      const answer = await aws.accounts(connection, context.signal);
      counts.calls += answer.calls;
      const detail = answer.state === 'read' ? null : answer.message;
      await deps.cloud.noteConnection(connection.id, answer.state, detail, now);
      if (answer.state === 'read') await deps.cloud.saveAccounts(connection.id, answer.value, now);
      else await problem(`${connection.name}: ${answer.message}`);
      // Accounts that are known are looked at, whether or not their list can be read today.
      const known = answer.state === 'read' ? answer.value : await deps.cloud.accountsOf(connection.id);
      counts.accounts += known.length;
      await report();
      await Promise.all(known.map((one) => accountLimit(() => account(one, connection.regions))));
    },
    async end(): Promise<JobResult> {
      const ends = await Promise.allSettled(looks);
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
      if ((await deps.cloud.countDue(deps.clock.now())) > 0) await askForScan();
      await askForNetworks(deps);
      return resultOf(counts, problems);
    },
  };
}

interface Counts {
  readonly accounts: number;
  readonly accountsDone: number;
  readonly places: number;
  readonly placesDone: number;
  readonly resources: number;
  readonly changed: number;
  readonly gone: number;
  readonly calls: number;
}

function phasesOf({ accounts, accountsDone, places, placesDone }: Counts): readonly JobPhase[] {
  return [
    { name: 'Accounts', done: accountsDone, total: accounts, state: accountsDone === accounts ? 'done' : 'running' },
    {
      name: 'Regions and services',
      done: placesDone,
      total: places,
      state: accountsDone === accounts && placesDone === places ? 'done' : 'running',
    },
  ];
}

function resultOf(counts: Counts, problems: readonly string[]): JobResult {
  const number = (count: number): string => count.toLocaleString('en-US');
  const { accounts, resources, changed, gone, calls, places } = counts;
  const told = `${number(resources)} resources in ${number(accounts)} ${accounts === 1 ? 'account' : 'accounts'}: ${number(changed)} new or changed, ${number(gone)} gone; ${number(calls)} calls for ${number(places)} places.`;
  return problems.length === 0
    ? { outcome: 'done', message: told }
    : { outcome: 'partial', message: `${told} ${number(problems.length)} could not be read: ${problems[0]}` };
}
