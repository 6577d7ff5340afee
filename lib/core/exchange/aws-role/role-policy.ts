import { AWS_PERMISSIONS, type PermissionSet, QUEUE_ACTIONS, SNAPSHOT_TAG } from '../../model/aws-permission.ts';
import { QUEUE_NAME } from './change-queue.ts';

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

const SIDS: Readonly<Record<PermissionSet, string>> = {
  read: 'Read',
  snapshot: 'Snapshot',
  command: 'Command',
  organization: 'Organization',
  changes: 'ReadChanges',
};

/** Actions that need not reach everything. Source: Service Authorization Reference of EC2, EBS and KMS. */
function snapshotStatements(partition: string): readonly PolicyStatement[] {
  const snapshots = `arn:${partition}:ec2:*::snapshot/*`;
  return [
    {
      Sid: 'SnapshotOfInstances',
      Effect: 'Allow',
      Action: ['ec2:CreateSnapshots'],
      Resource: [`arn:${partition}:ec2:*:*:instance/*`, `arn:${partition}:ec2:*:*:volume/*`],
    },
    {
      Sid: 'SnapshotWithOwnTag',
      Effect: 'Allow',
      Action: ['ec2:CreateSnapshots'],
      Resource: snapshots,
      Condition: { StringLike: { [`aws:RequestTag/${SNAPSHOT_TAG}`]: '*' } },
    },
    {
      Sid: 'TagOwnSnapshots',
      Effect: 'Allow',
      Action: ['ec2:CreateTags'],
      Resource: snapshots,
      Condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
    },
    {
      Sid: 'ReadAndDeleteOwnSnapshots',
      Effect: 'Allow',
      Action: ['ec2:DeleteSnapshot', 'ebs:ListSnapshotBlocks', 'ebs:GetSnapshotBlock'],
      Resource: snapshots,
      Condition: { StringLike: { [`aws:ResourceTag/${SNAPSHOT_TAG}`]: '*' } },
    },
    {
      Sid: 'DecryptThroughEc2',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } },
    },
  ];
}

/** One document of Amazon's own, on instances alone. Source: Service Authorization Reference of Systems Manager. */
function commandStatements(partition: string): readonly PolicyStatement[] {
  return [
    {
      Sid: 'RunShellScriptOnInstances',
      Effect: 'Allow',
      Action: ['ssm:SendCommand'],
      Resource: [`arn:${partition}:ec2:*:*:instance/*`, `arn:${partition}:ssm:*::document/AWS-RunShellScript`],
    },
  ];
}

function changeStatements(queueArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: 'ReadChanges',
      Effect: 'Allow',
      Action: QUEUE_ACTIONS,
      Resource: queueArn,
    },
  ];
}

/** The policy of the sets: exactly the actions of the list, each as narrow as AWS lets it be. */
export function rolePolicy(
  sets: readonly PermissionSet[],
  partition = 'aws',
  queueArn = `arn:${partition}:sqs:*:*:${QUEUE_NAME}`,
): PolicyDocument {
  const narrowed = [
    ...(sets.includes('snapshot') ? snapshotStatements(partition) : []),
    ...(sets.includes('command') ? commandStatements(partition) : []),
    ...(sets.includes('changes') ? changeStatements(queueArn) : []),
  ];
  const isNarrowed = new Set(narrowed.flatMap(({ Action }) => Action));
  const wide = sets.flatMap((set): readonly PolicyStatement[] => {
    const actions = AWS_PERMISSIONS.filter((one) => one.set === set && !isNarrowed.has(one.action));
    return actions.length === 0
      ? []
      : [{ Sid: SIDS[set], Effect: 'Allow', Action: actions.map(({ action }) => action).sort(), Resource: '*' }];
  });
  return { Version: '2012-10-17', Statement: [...wide, ...narrowed] };
}
