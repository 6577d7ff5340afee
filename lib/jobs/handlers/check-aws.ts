import pLimit from 'p-limit';
import { setsOfAccount, toScanPolicy, wantedSets } from '../../core/coverage/scan-policy.ts';
import type { PermissionSet } from '../../core/model/aws-permission.ts';
import type { AwsAccount } from '../../core/model/cloud.ts';
import type { AwsEstate } from '../../core/ports/aws-estate.ts';
import type { StoredConnection } from '../../core/ports/cloud-store.ts';
import { AWS_IDENTITY } from '../../operations/cloud/list-connections.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { SCAN_POLICY_SETTING } from '../../operations/scan-policy/scan-policy.ts';
import { type JobContext, type JobHandler, type JobResult, PermanentJobError } from '../contracts.ts';

export interface CheckAwsDependencies {
  readonly dependencies: Dependencies;
  openAws(): AwsEstate;
}

/** More places than this are checked in one region of each account: what differs by region there is a policy of the organization. */
const PLACES_MAX = 300;
const CHECKED_AT_ONCE = 8;

interface CheckedPlaceInput {
  readonly account: AwsAccount;
  readonly region: string;
  readonly sets: readonly PermissionSet[];
}

/** Calls every action in every account, and region by region where they are few. Nothing is changed in AWS. */
export function checkAwsHandler({ dependencies: deps, openAws }: CheckAwsDependencies): JobHandler<'check-aws'> {
  return {
    kind: 'check-aws',
    run: async ({ connections }, context) => {
      const stored = await deps.cloud.connections();
      const asked = stored.filter(({ id }) => connections.length === 0 || connections.includes(id));
      const aws = openAws();
      try {
        await noteIdentity(deps, aws);
        if (asked.length === 0) throw new PermanentJobError('There is no connection to check.');
        const places = await placesOf(deps, aws, asked, context);
        return await checkAll(deps, aws, places, context);
      } finally {
        aws.close();
      }
    },
  };
}

async function noteIdentity(deps: Dependencies, aws: AwsEstate): Promise<void> {
  const answer = await aws.identity();
  const value = answer.state === 'read' ? answer.value : { accountId: null, arn: null, detail: answer.message };
  await deps.users.saveSetting(AWS_IDENTITY, value, 'harrier', deps.clock.now());
}

async function placesOf(
  deps: Dependencies,
  aws: AwsEstate,
  connections: readonly StoredConnection[],
  context: JobContext,
): Promise<readonly CheckedPlaceInput[]> {
  const places: CheckedPlaceInput[] = [];
  const wanted = wantedSets(toScanPolicy(await deps.users.setting(SCAN_POLICY_SETTING)));
  for (const connection of connections) {
    const now = deps.clock.now();
    const answer = await aws.accounts(connection, context.signal);
    const detail = answer.state === 'read' ? null : answer.message;
    await deps.cloud.noteConnection(connection.id, answer.state, detail, now);
    if (answer.state !== 'read') {
      await context.log('error', `${connection.name}: ${answer.message}`);
      continue;
    }
    await deps.cloud.saveAccounts(connection.id, answer.value, now);
    const active = answer.value.filter(({ isActive }) => isActive);
    const regions = await Promise.all(active.map((account) => regionsOf(deps, aws, account, connection)));
    const total = regions.reduce((sum, own) => sum + own.length, 0);
    active.forEach((account, at) => {
      const own = regions[at] ?? [];
      const sets = setsOfAccount(wanted, connection, account);
      for (const region of total > PLACES_MAX ? own.slice(0, 1) : own) places.push({ account, region, sets });
    });
  }
  return places;
}

/** Regions to check an account in; one whose role cannot be assumed is noted and left out. */
async function regionsOf(
  deps: Dependencies,
  aws: AwsEstate,
  account: AwsAccount,
  { regions }: StoredConnection,
): Promise<readonly string[]> {
  const answer = await aws.regions(account);
  const now = deps.clock.now();
  if (answer.state === 'read') {
    const wanted = regions.length === 0 ? answer.value : regions;
    await deps.cloud.noteAccount(account.id, 'active', null, wanted, now);
    return wanted;
  }
  const state = answer.state === 'unreachable' || answer.state === 'throttled' ? 'unreachable' : 'denied';
  await deps.cloud.noteAccount(account.id, state, answer.message, null, now);
  return [];
}

async function checkAll(
  deps: Dependencies,
  aws: AwsEstate,
  places: readonly CheckedPlaceInput[],
  context: JobContext,
): Promise<JobResult> {
  if (places.length === 0) {
    return { outcome: 'partial', message: 'No account could be entered; Settings, Accounts says why.' };
  }
  const limit = pLimit(CHECKED_AT_ONCE);
  let done = 0;
  let denied = 0;
  await Promise.all(
    places.map(({ account, region, sets }) =>
      limit(async () => {
        context.signal.throwIfAborted();
        const checks = await aws.check({ account, region }, sets);
        await deps.cloud.saveChecks([{ accountId: account.id, region, checks }], deps.clock.now());
        for (const { state, detail, action } of checks) {
          if (state !== 'denied') continue;
          denied += 1;
          await context.log('warning', `${account.name} ${region}: ${detail ?? `${action} is denied.`}`);
        }
        done += 1;
        await context.progress([
          {
            name: 'Accounts and regions',
            done,
            total: places.length,
            state: done === places.length ? 'done' : 'running',
          },
        ]);
      }),
    ),
  );
  return denied === 0
    ? { outcome: 'done', message: `Nothing that was asked for is denied in ${places.length} places.` }
    : { outcome: 'partial', message: `${denied} calls were denied in ${places.length} places.` };
}
