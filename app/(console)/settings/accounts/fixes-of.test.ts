import { describe, expect, it } from 'vitest';
import type { ConnectedAccount, Connection, PermissionRow } from './connection.ts';
import { fixesOf } from './fixes-of.ts';

const CONNECTION: Connection = {
  id: 'one',
  name: 'Production',
  kind: 'roles',
  roleArns: ['arn:aws:iam::111122223333:role/security/HarrierScan'],
  memberRole: 'HarrierRole',
  externalId: 'hr-7c1e92b4',
  regions: [],
  queueArn: null,
  state: 'read',
  detail: null,
  lookedAt: null,
  updatedBy: '',
  updatedAt: new Date(0),
};
const IDENTITY = { accountId: '101010101010', arn: 'arn:aws:iam::101010101010:role/harrier' };
const NOT_ASSUMED = 'The role cannot be assumed: it is not there, or its trust does not name this installation.';

function account(more: Partial<ConnectedAccount>): ConnectedAccount {
  return {
    id: '111122223333',
    name: 'shared-network',
    organizationalUnit: '',
    connectionId: 'one',
    roleArn: CONNECTION.roleArns[0] ?? null,
    state: 'denied',
    detail: NOT_ASSUMED,
    since: null,
    firstSeenAt: new Date(0),
    regions: [],
    resources: 0,
    readAt: null,
    ...more,
  };
}

function denied(action: string, detail: string, isOptional = false): PermissionRow {
  const missing = [{ accountId: '111122223333', accountName: 'shared-network', region: 'eu-west-1', detail }];
  const checked = { action, allowed: 0, denied: 1, unknown: 0, byUse: 0, missing, checkedAt: new Date(0) };
  return { action, set: 'read', neededFor: '', isOptional, proof: 'call', checked };
}

const fixes = (
  accounts: readonly ConnectedAccount[],
  permissions: readonly PermissionRow[] = [],
  identity = IDENTITY,
) => fixesOf({ connections: [CONNECTION], accounts, permissions, identity });
const fix = (...facts: Parameters<typeof fixes>) => fixes(...facts)[0];

describe('what ends a denial', () => {
  it('a role that cannot be assumed gets a trust that names Harrier and the external id', () => {
    const found = fix([account({ state: 'active', name: 'fine' }), account({})]);
    expect(found?.account).toBe('shared-network');
    expect(found?.command).toBe(
      'aws iam update-assume-role-policy \\\n  --role-name HarrierScan \\\n  --policy-document file://trust.json',
    );
    expect(found?.note).toContain('Run it in 111122223333.');
    expect(JSON.parse(found?.file?.text ?? '').Statement[0]).toEqual({
      Effect: 'Allow',
      Principal: { AWS: IDENTITY.arn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'hr-7c1e92b4' } },
    });
  });

  it('no trust is made up where nobody knows who Harrier is', () => {
    const [found] = fixesOf({ connections: [CONNECTION], accounts: [account({})], permissions: [], identity: null });
    expect(found).toMatchObject({ account: 'shared-network', file: null });
  });

  it('a denied action gets the policy, of a role or of a user', () => {
    const detail = 'ec2:DescribeRegions is denied.';
    expect(fix([account({ detail })])?.command).toContain('put-role-policy \\\n  --role-name HarrierScan');
    const user = { accountId: '101010101010', arn: 'arn:aws:iam::101010101010:user/harrier' };
    expect(fix([account({ detail, roleArn: null })], [], user)?.command).toContain(
      'put-user-policy \\\n  --user-name harrier',
    );
  });

  it('a service control policy is looked for where it is kept', () => {
    const found = fix([account({ detail: 'A service control policy denies ssm:SendCommand.' })]);
    expect(found?.command).toContain('list-policies-for-target \\\n  --target-id 111122223333');
  });

  it('without credentials it asks who Harrier is', () => {
    const detail = 'Harrier has no credentials of AWS: give them to its worker.';
    expect(fix([account({ detail })])?.command).toBe('aws sts get-caller-identity');
  });

  it('an account comes before a permission, and what is optional asks for nothing', () => {
    const accounts = [account({ state: 'active' })];
    const action = 'ssm:ListInventoryEntries';
    expect(fix(accounts, [denied(action, `${action} is denied.`)])?.command).toContain('put-role-policy');
    expect(fix(accounts, [denied(action, `${action} is denied.`, true)])).toBe(undefined);
    expect(fixes(accounts)).toEqual([]);
    expect(fixes([account({ state: 'unreachable' })])).toEqual([]);
  });

  it('each account has its own, and what one command ends is said once', () => {
    const other = account({ id: '444455556666', name: 'payments' });
    const found = fixes(
      [account({ state: 'active' }), other],
      [
        denied('ec2:DescribeImages', 'ec2:DescribeImages is denied.'),
        denied('ssm:GetInventory', 'ssm:GetInventory is denied.'),
      ],
    );
    expect(found.map(({ account: name, command }) => [name, command.split(' \\')[0]])).toEqual([
      ['payments', 'aws iam update-assume-role-policy'],
      ['shared-network', 'aws iam put-role-policy'],
    ]);
  });
});
