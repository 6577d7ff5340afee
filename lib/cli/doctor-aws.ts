import { openAwsEstate } from '../aws/aws-estate.ts';
import { SCAN_POLICY } from '../core/coverage/eligibility.ts';
import { setsOfAccount, toScanPolicy, wantedSets } from '../core/coverage/scan-policy.ts';
import { AWS_PERMISSIONS, type PermissionCheck, type PermissionSet } from '../core/model/aws-permission.ts';
import type { AwsAccount, AwsConnection } from '../core/model/cloud.ts';
import type { AwsEstate } from '../core/ports/aws-estate.ts';
import { SCAN_POLICY_SETTING } from '../operations/scan-policy/scan-policy.ts';
import { createCloudStore } from '../store/cloud/cloud-store.ts';
import type { Environment } from '../wiring/environment.ts';
import type { Check } from './doctor.ts';
import { hasDatabase, hasTable, withDatabase } from './open-database.ts';

/** AWS refuses calls of clocks that are further off; the SDK makes up for less. Milliseconds. */
const SKEW_MAX_MS = 5 * 60_000;

/** Credentials, the clock against AWS, and every permission of every connected account and region: one line each. */
export async function awsChecks(environment: Environment, now: Date): Promise<readonly Check[]> {
  const { connections, sets } = await known(environment);
  const aws = openAwsEstate(environment.aws);
  try {
    const identity = await aws.identity();
    if (identity.state !== 'read') {
      const isWanted = connections.length > 0;
      const detail = isWanted
        ? `${identity.message} Give this process credentials of AWS.`
        : 'no credentials of AWS; hosts, images and files are scanned without';
      return [{ name: 'aws', state: isWanted ? 'failed' : 'ok', detail }];
    }
    const { accountId, arn, at } = identity.value;
    const who: Check = { name: 'aws', state: 'ok', detail: `${arn} in ${accountId}` };
    const checks: Check[] = [who, clockCheck(at, now)];
    for (const connection of connections) checks.push(...(await connectionChecks(aws, connection, sets)));
    return checks;
  } finally {
    aws.close();
  }
}

interface Known {
  readonly connections: readonly AwsConnection[];
  readonly sets: readonly PermissionSet[];
}

/** What the installation's database has; a database that is away was told of before. */
async function known(environment: Environment): Promise<Known> {
  const nothing: Known = { connections: [], sets: wantedSets(SCAN_POLICY) };
  if (!hasDatabase(environment)) return nothing;
  return withDatabase(environment, async (sql) => {
    if (!(await hasTable(sql, 'aws_connection'))) return nothing;
    const [row] = await sql.query<{ value: unknown }>('select value from setting where name = $1::text', [
      SCAN_POLICY_SETTING,
    ]);
    return { connections: await createCloudStore(sql).connections(), sets: wantedSets(toScanPolicy(row?.value)) };
  }).catch(() => nothing);
}

function clockCheck(at: Date | null, now: Date): Check {
  const name = 'aws clock';
  if (at === null) return { name, state: 'ok', detail: 'AWS told no time' };
  const seconds = Math.round((now.getTime() - at.getTime()) / 1_000);
  return Math.abs(now.getTime() - at.getTime()) > SKEW_MAX_MS
    ? { name, state: 'failed', detail: `${seconds} s off the time of AWS; set the clock of this machine` }
    : { name, state: 'ok', detail: `${seconds} s off the time of AWS` };
}

async function connectionChecks(
  aws: AwsEstate,
  connection: AwsConnection,
  sets: readonly PermissionSet[],
): Promise<readonly Check[]> {
  const answer = await aws.accounts(connection, new AbortController().signal);
  if (answer.state !== 'read') {
    return [{ name: `aws ${connection.name}`, state: 'failed', detail: answer.message }];
  }
  const checks: Check[] = [];
  for (const account of answer.value) checks.push(...(await accountChecks(aws, connection, account, sets)));
  return checks;
}

async function accountChecks(
  aws: AwsEstate,
  connection: AwsConnection,
  account: AwsAccount,
  everywhere: readonly PermissionSet[],
): Promise<readonly Check[]> {
  const name = `aws ${account.name}`;
  if (!account.isActive) return [{ name, state: 'warning', detail: 'the account is suspended; it is not looked at' }];
  const regions = await aws.regions(account);
  if (regions.state !== 'read') return [{ name, state: 'failed', detail: regions.message }];
  const sets = setsOfAccount(everywhere, connection, account);
  const wanted = connection.regions.length === 0 ? regions.value : connection.regions;
  const checks: Check[] = [];
  for (const region of wanted) {
    checks.push(toCheck(`${name} ${region}`, await aws.check({ account, region }, sets)));
  }
  return checks;
}

/** Missing permissions are named; what is optional is a warning. */
function toCheck(name: string, checks: readonly PermissionCheck[]): Check {
  const called = checks.filter(({ state }) => state !== 'by-use');
  const denied = called.filter(({ state }) => state === 'denied');
  const unknown = called.filter(({ state }) => state === 'unknown');
  const isOptional = (action: string): boolean =>
    AWS_PERMISSIONS.find((one) => one.action === action)?.isOptional ?? false;
  const allowed = `${called.length - denied.length - unknown.length} of ${called.length} permissions`;
  if (denied.length === 0 && unknown.length === 0) return { name, state: 'ok', detail: allowed };
  const words = [
    allowed,
    ...(denied.length > 0 ? [`denied: ${denied.map(({ action }) => action).join(', ')}; allow them to the role`] : []),
    ...(unknown.length > 0 ? [`not answered: ${unknown.map(({ action }) => action).join(', ')}`] : []),
  ];
  const isGrave = denied.some(({ action }) => !isOptional(action));
  return { name, state: isGrave ? 'failed' : 'warning', detail: words.join('; ') };
}
