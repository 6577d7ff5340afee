import type { ConnectedAccount, Connection, Identity, PermissionRow } from './connection.ts';
import { markOf } from './permission-marks.ts';

/** What ends a denial. */
export interface Fix {
  /** Name of the account that it is for. */
  readonly account: string;
  readonly command: string;
  /** Where to run it, and what else it takes. */
  readonly note: string;
  /** A file that the command names; null where it names none that can be made here. */
  readonly file: { readonly name: string; readonly text: string } | null;
}

interface Denial {
  readonly account: ConnectedAccount;
  readonly detail: string;
}

interface Facts {
  readonly connections: readonly Connection[];
  readonly accounts: readonly ConnectedAccount[];
  readonly permissions: readonly PermissionRow[];
  readonly identity: Identity;
}

/** The commands that end denials, one of each for an account: of whole accounts before those of permissions. */
export function fixesOf(facts: Facts): readonly Fix[] {
  const fixes = new Map<string, Fix>();
  for (const denial of [...deniedAccounts(facts), ...deniedPermissions(facts)]) {
    const fix = fixOf(denial, facts);
    const key = `${denial.account.id} ${fix.command}`;
    if (!fixes.has(key)) fixes.set(key, fix);
  }
  return [...fixes.values()];
}

function fixOf({ account, detail }: Denial, facts: Facts): Fix {
  const name = account.name;
  if (account.roleArn !== null && detail.startsWith('The role cannot be assumed')) {
    return { account: name, ...trustFix(account, account.roleArn, facts) };
  }
  if (detail.includes('service control policy')) {
    return {
      account: name,
      command: lines('aws organizations list-policies-for-target', [
        ['target-id', account.id],
        ['filter', 'SERVICE_CONTROL_POLICY'],
      ]),
      note: 'Run it in the management account. One of the policies that it lists denies the action.',
      file: null,
    };
  }
  if (detail.endsWith(' is denied.')) return { account: name, ...policyFix(account, facts.identity) };
  return {
    account: name,
    command: 'aws sts get-caller-identity',
    note: 'Run it where Harrier runs. It has to name a role or a user of AWS; if it names nobody, give Harrier credentials.',
    file: null,
  };
}

function deniedAccounts({ accounts }: Facts): readonly Denial[] {
  return accounts
    .filter(({ state }) => state === 'denied')
    .map((account) => ({ account, detail: account.detail ?? '' }));
}

/** Of each place that a permission misses, unless nothing needs it. */
function deniedPermissions({ accounts, permissions }: Facts): readonly Denial[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return permissions
    .filter((row) => markOf(row) === 'denied')
    .flatMap((row) => row.checked?.missing ?? [])
    .flatMap(({ accountId, detail }) => {
      const account = byId.get(accountId);
      return account === undefined ? [] : [{ account, detail }];
    });
}

function trustFix(account: ConnectedAccount, roleArn: string, { connections, identity }: Facts): Omit<Fix, 'account'> {
  const externalId = connections.find(({ id }) => id === account.connectionId)?.externalId ?? null;
  const role = nameOf(roleArn);
  return {
    command: lines('aws iam update-assume-role-policy', [
      ['role-name', role],
      ['policy-document', 'file://trust.json'],
    ]),
    note: `Run it in ${account.id}. Where there is no role ${role} yet, make it with the role template.`,
    file: identity === null ? null : { name: 'trust.json', text: trustOf(identity.arn, externalId) },
  };
}

function policyFix(account: ConnectedAccount, identity: Identity): Omit<Fix, 'account'> {
  const arn = account.roleArn ?? identity?.arn ?? '';
  const isUser = arn.includes(':user/');
  return {
    command: lines(`aws iam put-${isUser ? 'user' : 'role'}-policy`, [
      [isUser ? 'user-name' : 'role-name', nameOf(arn) || 'ROLE'],
      ['policy-name', 'harrier'],
      ['policy-document', 'file://harrier-policy.json'],
    ]),
    note: `harrier-policy.json is the policy of the role template. Run it in ${account.id}.`,
    file: null,
  };
}

/** A role that trusts one principal, with the external id where there is one. */
function trustOf(principal: string, externalId: string | null): string {
  const condition = externalId === null ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

/** Name of a role or user, without its path. */
function nameOf(arn: string): string {
  return arn.split('/').at(-1) ?? '';
}

function lines(command: string, options: readonly (readonly [name: string, value: string])[]): string {
  return [command, ...options.map(([name, value]) => `  --${name} ${value}`)].join(' \\\n');
}
