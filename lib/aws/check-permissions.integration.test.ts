import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolePolicy } from '../core/exchange/aws-role/role-policy.ts';
import { roleTemplate } from '../core/exchange/aws-role/role-templates.ts';
import { AWS_PERMISSIONS } from '../core/model/aws-permission.ts';
import type { AwsAccount } from '../core/model/cloud.ts';
import { awsPeers, type MotoServer, pointSdkAt, pythonTool, startMoto } from '../testing/moto-server.ts';
import { programPath } from '../testing/peer-programs.ts';
import { checkPermissions } from './check-permissions.ts';
import { openAwsSessions } from './session.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const ROLE: AwsAccount = {
  id: ACCOUNT,
  name: 'test',
  organizationalUnit: '',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/HarrierRole`,
  externalId: 'hr-7c1e92b4',
  isActive: true,
};
const SETS = ['read', 'snapshot', 'command'] as const;
const TEMPLATE = {
  roleName: 'HarrierRole',
  principal: `arn:aws:iam::${ACCOUNT}:user/harrier`,
  externalId: 'hr-7c1e92b4',
};

const peers = awsPeers([]);
let folder = '';
let moto: MotoServer;
let python = '';

beforeAll(async () => {
  if (peers === null) return;
  python = peers.python;
  folder = mkdtempSync(join(tmpdir(), 'harrier-permissions-'));
  moto = await startMoto(python, folder, { software: {} });
  pointSdkAt(moto);
}, 90_000);

afterAll(async () => {
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const callable = AWS_PERMISSIONS.filter(({ set, proof }) => set !== 'organization' && proof === 'call');

/** moto names actions by the service that a call is signed for. */
const MOTO_NAMES: Readonly<Record<string, string>> = {
  'cloudwatch:GetMetricData': 'monitoring:GetMetricData',
  'tag:GetResources': 'tagging:GetResources',
};

/** The policy without some actions. moto judges neither resources nor conditions of calls, so each statement is for all. */
function policyWithout(actions: readonly string[]): string {
  const policy = rolePolicy(SETS);
  const statements = policy.Statement.map(({ Sid, Effect, Action }) => ({
    Sid,
    Effect,
    Action: Action.filter((action) => !actions.includes(action)).map((action) => MOTO_NAMES[action] ?? action),
    Resource: '*',
  })).filter(({ Action }) => Action.length > 0);
  return JSON.stringify({ ...policy, Statement: statements });
}

describe.skipIf(peers === null)('the role of the template', () => {
  it('is made by CloudFormation, and each of its permissions is proved by a call, and missed when it is taken away', async () => {
    const admin = { endpoint: moto.endpoint, region: 'us-east-1', maxAttempts: 1 };
    const iam = new IAMClient(admin);
    await new CloudFormationClient(admin).send(
      new CreateStackCommand({
        StackName: 'harrier',
        TemplateBody: roleTemplate('cloudformation', { ...TEMPLATE, sets: SETS }).text,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    const kept = await iam.send(new GetRolePolicyCommand({ RoleName: 'HarrierRole', PolicyName: 'harrier' }));
    // moto keeps what a stack gives in the notation of Python, and reads JSON only.
    const text = decodeURIComponent(kept.PolicyDocument ?? '').replaceAll("'", '"');
    expect(JSON.parse(text)).toEqual(rolePolicy(SETS));
    const put = (client: IAMClient, without: readonly string[]) =>
      client.send(
        new PutRolePolicyCommand({
          RoleName: 'HarrierRole',
          PolicyName: 'harrier',
          PolicyDocument: policyWithout(without),
        }),
      );
    await put(iam, []);
    await iam.send(new CreateUserCommand({ UserName: 'harrier' }));
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'harrier',
        PolicyName: 'assume',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE.roleArn },
            { Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: ROLE.roleArn },
          ],
        }),
      }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'harrier' }));
    pointSdkAt(moto, { id: AccessKey?.AccessKeyId ?? '', secret: AccessKey?.SecretAccessKey ?? '' });
    await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    const harrier = new IAMClient(admin);

    const states = async (account = ROLE): Promise<Record<string, string>> => {
      const sessions = openAwsSessions({ homeRegion: 'us-east-1', endpoint: moto.endpoint });
      const checks = await checkPermissions(sessions, { account, region: REGION }, SETS);
      sessions.close();
      return Object.fromEntries(checks.map(({ action, state }) => [action, state]));
    };
    const all = Object.fromEntries(
      AWS_PERMISSIONS.filter(({ set }) => SETS.some((one) => one === set)).map(({ action, proof }) => [
        action,
        proof === 'call' ? 'allowed' : 'by-use',
      ]),
    );
    expect(await states()).toEqual(all);

    for (const { action } of callable) {
      await put(harrier, [action]);
      expect(await states(), action).toEqual({ ...all, [action]: 'denied' });
    }
    await put(harrier, []);
    expect(new Set(Object.values(await states({ ...ROLE, externalId: 'wrong' })))).toEqual(
      new Set(['denied', 'by-use']),
    );
  }, 180_000);

  it('is what cfn-lint accepts', (ctx) => {
    const lint = pythonTool(python, 'cfn-lint');
    if (lint === null) return ctx.skip('cfn-lint is not here');
    for (const kind of ['cloudformation', 'stack-set', 'changes'] as const) {
      const { fileName, text } = roleTemplate(kind, { ...TEMPLATE, sets: SETS });
      writeFileSync(join(folder, fileName), text);
      expect(execFileSync(lint, [join(folder, fileName)], { encoding: 'utf8' })).toBe('');
    }
  }, 60_000);

  it('is written as terraform writes it', (ctx) => {
    const terraform = programPath('terraform');
    if (terraform === null) return ctx.skip('terraform is not here: it is in no package archive');
    const { fileName, text } = roleTemplate('terraform', { ...TEMPLATE, sets: SETS });
    writeFileSync(join(folder, fileName), text);
    expect(execFileSync(terraform, ['fmt', '-check', '-diff', join(folder, fileName)], { encoding: 'utf8' })).toBe('');
  }, 60_000);
});
