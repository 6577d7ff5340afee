import { describe, expect, it } from 'vitest';
import { AWS_PERMISSIONS, PERMISSION_SETS } from '../../model/aws-permission.ts';
import { rolePolicy } from './role-policy.ts';

const allowed = (sets: Parameters<typeof rolePolicy>[0]): readonly string[] => [
  ...new Set(rolePolicy(sets).Statement.flatMap(({ Action }) => Action)),
];

describe('the policy of a role', () => {
  it.each(PERMISSION_SETS)('of the set "%s" has its actions and no others', (set) => {
    const own = AWS_PERMISSIONS.filter((one) => one.set === set).map(({ action }) => action);

    expect([...allowed([set])].sort()).toEqual([...own].sort());
  });

  it('lets nothing be written but own snapshots, one document of commands and what was read of one queue', () => {
    const writes = rolePolicy(PERMISSION_SETS).Statement.filter(({ Action }) =>
      Action.some((action) => !/:(?:Describe|Get|List|BatchGet|Search|Decrypt)/.test(action)),
    );

    expect(writes.flatMap(({ Action }) => Action).sort()).toEqual([
      'ebs:GetSnapshotBlock',
      'ebs:ListSnapshotBlocks',
      'ec2:CreateSnapshots',
      'ec2:CreateSnapshots',
      'ec2:CreateTags',
      'ec2:DeleteSnapshot',
      'sqs:DeleteMessage',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'ssm:SendCommand',
    ]);
    expect(writes.filter(({ Resource }) => Resource === '*')).toEqual([]);
  });

  it('is of the partition that it is made for', () => {
    const text = JSON.stringify(rolePolicy(['snapshot'], 'aws-cn'));

    expect(text).toContain('arn:aws-cn:ec2:*::snapshot/*');
    expect(text).not.toContain('arn:aws:');
  });
});
