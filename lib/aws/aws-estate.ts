import { changedPlace, distinctPlaces } from '../core/coverage/change-event.ts';
import type { AwsAccount, AwsConnection, DiscoveredService } from '../core/model/cloud.ts';
import type { AwsAnswer, AwsEstate } from '../core/ports/aws-estate.ts';
import { checkPermissions } from './check-permissions.ts';
import { discover } from './discover.ts';
import { enabledRegions } from './ec2.ts';
import { awsFailure } from './failure.ts';
import { readNetwork } from './network.ts';
import { listMembers } from './organizations.ts';
import { partitionOf } from './partition.ts';
import { type AwsCall, type AwsOptions, openAwsSessions } from './session.ts';
import { deleteMessages, queueOfArn, receiveMessages } from './sqs.ts';
import { callerIdentity } from './sts.ts';

const ACTIONS: Readonly<Record<DiscoveredService, string>> = {
  ec2: 'ec2:DescribeInstances',
  ecr: 'ecr:DescribeRepositories',
  lambda: 'lambda:ListFunctions',
};
const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]{1,64})$/;

/** Whatever account the worker's own credentials are of. */
const HOME: AwsAccount = {
  id: 'home',
  name: 'home',
  organizationalUnit: '',
  roleArn: null,
  externalId: null,
  isActive: true,
};

/** The account of a role's ARN; null for what is none. */
export function accountOfRole(roleArn: string): string | null {
  return ROLE_ARN.exec(roleArn)?.[1] ?? null;
}

/** AWS as discovery asks it. Every answer says how many calls it took. */
export function openAwsEstate(options: AwsOptions): AwsEstate {
  const counts = new Map<string, number>();
  const sessions = openAwsSessions({
    ...options,
    onCall(call: AwsCall) {
      const key = `${call.accountId} ${call.region}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      options.onCall?.(call);
    },
  });

  // Several services of one place are asked at the same time, so that their calls are told together.
  const answered = async <T>(
    place: { accountId: string; region: string },
    action: string,
    signal: AbortSignal | null,
    ask: () => Promise<T>,
  ): Promise<AwsAnswer<T>> => {
    const key = `${place.accountId} ${place.region}`;
    const before = counts.get(key) ?? 0;
    const calls = () => (counts.get(key) ?? 0) - before;
    try {
      return { state: 'read', value: await ask(), calls: calls() };
    } catch (error) {
      signal?.throwIfAborted();
      const { state, message, isOfRole = false } = awsFailure(error, action);
      return { state: state === 'gone' ? 'failed' : state, message, calls: calls(), isOfRole };
    }
  };

  return {
    accounts(connection, signal) {
      const region = options.homeRegion;
      return answered({ accountId: 'home', region }, actionOf(connection), signal, () =>
        accountsOf(connection, region, sessions, signal),
      );
    },
    regions(account) {
      const region = options.homeRegion;
      return answered({ accountId: account.id, region }, 'ec2:DescribeRegions', null, () =>
        enabledRegions(sessions, { account, region }),
      );
    },
    discover(place, service, discoverOptions) {
      return answered(
        { accountId: place.account.id, region: place.region },
        ACTIONS[service],
        discoverOptions.signal,
        () => discover(sessions, place, service, discoverOptions),
      );
    },
    network(place, signal) {
      const { account, region } = place;
      return answered({ accountId: account.id, region }, 'ec2:DescribeVpcs', signal, () =>
        readNetwork(sessions, place, signal),
      );
    },
    changes: (connection, max, taken) => {
      const { queueArn, externalId, kind, roleArns } = connection;
      const { region, accountId } = queueOfArn(queueArn ?? '');
      const roleArn = kind === 'organization' ? (roleArns[0] ?? null) : null;
      const place = { region, account: { ...HOME, roleArn, externalId } };
      return answered({ accountId: 'home', region }, 'sqs:ReceiveMessage', null, async () => {
        const messages = await receiveMessages(sessions, place, queueArn ?? '', max);
        const places = messages.map(({ body }) => changedPlace(body, accountId)).filter((one) => one !== null);
        await taken(distinctPlaces(places));
        if (messages.length > 0) await deleteMessages(sessions, place, queueArn ?? '', messages);
        return messages.length;
      });
    },
    check: (place, sets) => checkPermissions(sessions, place, sets),
    identity() {
      const region = options.homeRegion;
      return answered({ accountId: 'home', region }, 'sts:GetCallerIdentity', null, () =>
        callerIdentity(sessions, { account: HOME, region }),
      );
    },
    close: () => sessions.close(),
  };
}

function actionOf({ kind }: AwsConnection): string {
  return kind === 'organization' ? 'organizations:ListAccounts' : 'sts:GetCallerIdentity';
}

async function accountsOf(
  connection: AwsConnection,
  region: string,
  sessions: ReturnType<typeof openAwsSessions>,
  signal: AbortSignal,
): Promise<readonly AwsAccount[]> {
  const { kind, roleArns, memberRole, externalId, name } = connection;
  const home = { ...HOME, name, roleArn: kind === 'organization' ? (roleArns[0] ?? null) : null, externalId };
  if (kind === 'roles') {
    return roleArns.flatMap((roleArn) => {
      const id = accountOfRole(roleArn);
      return id === null ? [] : [{ ...home, id, name: id, roleArn }];
    });
  }
  const { accountId } = await callerIdentity(sessions, { account: home, region });
  if (kind === 'account') return [{ ...home, id: accountId, name: name || accountId }];
  const { accounts } = await listMembers(sessions, { account: home, region }, signal);
  return accounts.map((member) => ({
    ...member,
    // The account that lists the others is looked at with what lists them: the role of members is not made there by a stack set.
    roleArn: member.id === accountId ? home.roleArn : `arn:${partitionOf(region)}:iam::${member.id}:role/${memberRole}`,
    externalId,
  }));
}
