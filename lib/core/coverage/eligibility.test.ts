import { describe, expect, it } from 'vitest';
import type { CloudFacts, EcrImageFacts, FunctionFacts, InstanceFacts } from '../model/cloud.ts';
import { resourceId } from '../model/ids.ts';
import { packageEligibility, SCAN_POLICY, type ScanPolicy } from './eligibility.ts';
import { INSPECTOR_REASONS, reasonOf } from './reason-codes.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const days = (count: number): Date => new Date(NOW.getTime() - count * 86_400_000);

const managed = {
  isOnline: true,
  inventoryAt: days(0.01),
  platformName: 'Amazon Linux',
  platformVersion: '2023',
  agentVersion: '3.3',
};
const instance: InstanceFacts = {
  kind: 'ec2',
  instanceId: 'i-0123456789abcdef0',
  state: 'running',
  instanceType: 't3.micro',
  imageId: 'ami-1',
  platform: 'LINUX',
  architecture: 'x86_64',
  vpcId: null,
  subnetId: null,
  launchedAt: null,
  profileArn: null,
  volumes: [{ id: 'vol-1', device: '/dev/xvda' }],
  rootDevice: '/dev/xvda',
  managed,
  managedUnknown: null,
};
const image: EcrImageFacts = {
  kind: 'ecr',
  repository: 'team/app',
  repositoryUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app',
  digest: `sha256:${'a'.repeat(64)}`,
  tags: ['v1'],
  pushedAt: days(3),
  pulledAt: null,
  bytes: 1_000,
  manifestType: 'application/vnd.oci.image.manifest.v1+json',
  isArchived: false,
  inUse: { count: 0, clusters: [], unread: [] },
};
const lambda: FunctionFacts = {
  kind: 'lambda',
  functionName: 'pay',
  runtime: 'nodejs22.x',
  packageType: 'Zip',
  architectures: ['x86_64'],
  codeSha256: 'abc',
  bytes: 10,
  layers: [],
  modifiedAt: days(10),
  invokedAt: null,
  kmsKeyArn: null,
};

function judged(facts: CloudFacts, tags: Record<string, string> = {}, policy: Partial<ScanPolicy> = {}): string {
  const resource = {
    id: resourceId('x'),
    accountId: '111122223333',
    region: 'eu-west-1',
    kind: facts.kind,
    name: 'x',
    environment: null,
    tags,
    sample: false,
  };
  const eligibility = packageEligibility({ resource, facts }, { ...SCAN_POLICY, ...policy }, NOW);
  return eligibility.state === 'eligible'
    ? `eligible by ${eligibility.way}`
    : `${eligibility.state} ${eligibility.reason}`;
}

describe('an instance', () => {
  const agent = { ec2Mode: 'agent' } as const;

  it.each<[string, Partial<InstanceFacts>, Record<string, string>, Partial<ScanPolicy>, string]>([
    ['that SSM tells of', {}, {}, {}, 'eligible by ssm-inventory'],
    ['that is stopped', { state: 'stopped' }, {}, {}, 'not-assessed EC2_INSTANCE_STOPPED'],
    [
      'with the tag of Amazon Inspector in any case',
      {},
      { INSPECTOREC2EXCLUSION: 'x' },
      {},
      'excluded EXCLUDED_BY_TAG',
    ],
    ['without SSM', { managed: null }, {}, {}, 'eligible by snapshot'],
    ['without SSM, and no snapshots wanted', { managed: null }, {}, agent, 'not-assessed UNMANAGED_EC2_INSTANCE'],
    [
      'that has never told an inventory',
      { managed: { ...managed, inventoryAt: null } },
      {},
      agent,
      'not-assessed NO_INVENTORY',
    ],
    [
      'whose inventory is eight days old',
      { managed: { ...managed, inventoryAt: days(8) } },
      {},
      agent,
      'not-assessed STALE_INVENTORY',
    ],
    ['whose SSM may not be asked', { managed: null, managedUnknown: 'denied.' }, {}, agent, 'denied ACCESS_DENIED'],
    [
      'with nine volumes',
      { managed: null, volumes: Array.from({ length: 9 }, (_, n) => ({ id: `vol-${n}`, device: '' })) },
      {},
      {},
      'unsupported AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED',
    ],
    ['without volumes', { managed: null, volumes: [] }, {}, {}, 'unsupported UNMANAGED_EC2_INSTANCE'],
    ['that SSM reaches, where commands are wanted', {}, {}, { ec2Command: true }, 'eligible by ssm-command'],
    [
      'without an inventory, where commands are wanted',
      { managed: { ...managed, inventoryAt: null } },
      {},
      { ec2Command: true },
      'eligible by ssm-command',
    ],
    [
      'whose agent is silent, where commands are wanted',
      { managed: { ...managed, isOnline: false } },
      {},
      { ec2Command: true },
      'eligible by ssm-inventory',
    ],
    [
      'of Windows, where commands are wanted',
      { platform: 'WINDOWS' },
      {},
      { ec2Command: true },
      'eligible by ssm-inventory',
    ],
    ['of Windows that SSM tells of', { platform: 'WINDOWS' }, {}, {}, 'eligible by ssm-inventory'],
    ['of Windows without SSM', { platform: 'WINDOWS', managed: null }, {}, {}, 'unsupported UNSUPPORTED_OS'],
    ['of a kind that is switched off', {}, {}, { scans: { ec2: false, ecr: true, lambda: true } }, 'off IN_NO_TARGET'],
  ])('%s', (_name, facts, tags, policy, expected) => {
    expect(judged({ ...instance, ...facts }, tags, policy)).toBe(expected);
  });
});

describe('an image', () => {
  it.each<[string, Partial<EcrImageFacts>, Partial<ScanPolicy>, string]>([
    ['that was pushed lately', {}, {}, 'eligible by registry'],
    ['that is older than the window', { pushedAt: days(15) }, {}, 'not-assessed SCAN_ELIGIBILITY_EXPIRED'],
    [
      'that is old and runs',
      { pushedAt: days(400), inUse: { count: 1, clusters: ['c'], unread: [] } },
      {},
      'eligible by registry',
    ],
    [
      'that is old, where a cluster could not be asked',
      { pushedAt: days(400), inUse: { count: 0, clusters: [], unread: ['The EKS cluster a does not answer.'] } },
      {},
      'eligible by registry',
    ],
    [
      'that is old and was pulled, where pulls count',
      { pushedAt: days(400), pulledAt: days(2) },
      { imageUsedBy: 'pull' },
      'eligible by registry',
    ],
    [
      'that is old and was pulled, where they do not',
      { pushedAt: days(400), pulledAt: days(2) },
      {},
      'not-assessed SCAN_ELIGIBILITY_EXPIRED',
    ],
    [
      'that is an index',
      { manifestType: 'application/vnd.oci.image.index.v1+json' },
      {},
      'unsupported UNSUPPORTED_MEDIA_TYPE',
    ],
    ['that is archived', { isArchived: true }, {}, 'not-assessed IMAGE_ARCHIVED'],
  ])('%s', (_name, facts, policy, expected) => {
    expect(judged({ ...image, ...facts }, {}, policy)).toBe(expected);
  });
});

describe('a function', () => {
  it.each<[string, Partial<FunctionFacts>, Record<string, string>, string]>([
    ['that was changed lately', {}, {}, 'eligible by function-code'],
    ['that is idle', { modifiedAt: days(91) }, {}, 'not-assessed SCAN_ELIGIBILITY_EXPIRED'],
    ['that is old and was invoked', { modifiedAt: days(400), invokedAt: days(1) }, {}, 'eligible by function-code'],
    ['that is an image', { packageType: 'Image' }, {}, 'unsupported IMAGE_SCANNED_IN_ECR'],
    [
      'with the tag of Amazon Inspector',
      {},
      { InspectorExclusion: 'LambdaStandardScanning' },
      'excluded EXCLUDED_BY_TAG',
    ],
    ['with the tag and another value', {}, { InspectorExclusion: 'x' }, 'eligible by function-code'],
  ])('%s', (_name, facts, tags, expected) => {
    expect(judged({ ...lambda, ...facts }, tags)).toBe(expected);
  });
});

describe('reasons', () => {
  it('are all 34 of Amazon Inspector, in words', () => {
    expect(Object.keys(INSPECTOR_REASONS)).toHaveLength(34);
    expect(reasonOf('NO_INVENTORY').act).not.toBe('');
    expect(reasonOf('SOMETHING_NEW')).toEqual({ title: 'SOMETHING_NEW', act: '' });
  });
});
