import { describe, expect, it } from 'vitest';
import { changedPlace } from '../../coverage/change-event.ts';
import { rolePolicy } from './role-policy.ts';
import { roleTemplate } from './role-templates.ts';

const INPUT = {
  roleName: 'HarrierRole',
  principal: 'arn:aws:iam::101010101010:role/harrier',
  externalId: 'hr-7c1e92b4',
  sets: ['read', 'snapshot'],
} as const;

describe('a template', () => {
  it('of CloudFormation trusts one principal with the external id', () => {
    const { Properties } = JSON.parse(roleTemplate('cloudformation', INPUT).text).Resources.HarrierRole;

    expect(Properties.RoleName).toBe('HarrierRole');
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: INPUT.principal },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'hr-7c1e92b4' } },
      },
    ]);
  });

  it('of a stack set makes the same role in every account, and in new ones', () => {
    const { Properties } = JSON.parse(roleTemplate('stack-set', INPUT).text).Resources.HarrierRoles;

    expect(Properties.AutoDeployment.Enabled).toBe(true);
    expect(JSON.parse(Properties.TemplateBody)).toEqual(JSON.parse(roleTemplate('cloudformation', INPUT).text));
  });

  it('of the bare policy is the policy', () => {
    expect(JSON.parse(roleTemplate('policy', INPUT).text)).toEqual(rolePolicy(INPUT.sets));
  });

  it('of change events lets the rules alone send, and whoever is named read', () => {
    const { Resources } = JSON.parse(roleTemplate('changes', INPUT).text);
    const [send, read] = Resources.QueuePolicy.Properties.PolicyDocument.Statement;

    expect(send.Principal).toEqual({ Service: 'events.amazonaws.com' });
    expect(send.Condition.ArnEquals['aws:SourceArn']).toEqual([
      { 'Fn::GetAtt': ['StateRule', 'Arn'] },
      { 'Fn::GetAtt': ['FunctionRule', 'Arn'] },
    ]);
    expect(read.Action).toEqual(['sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:DeleteMessage']);
    expect(read.Principal).not.toEqual({ AWS: '*' });
    const sources = [Resources.StateRule, Resources.FunctionRule].flatMap(
      ({ Properties }) => Properties.EventPattern.source,
    );
    const body = (source: string) => JSON.stringify({ source, account: '111122223333', region: 'eu-west-1' });
    expect(sources.map((source) => changedPlace(body(source), ''))).not.toContain(null);
  });

  it('of the bare policy reads the queue that is named, and no other', () => {
    const queueArn = 'arn:aws:sqs:eu-west-1:101010101010:own-name';
    const { Statement } = JSON.parse(roleTemplate('policy', { ...INPUT, sets: ['changes'], queueArn }).text);

    expect(Statement).toMatchObject([{ Resource: queueArn }]);
  });

  it('of Terraform fills nothing in that somebody wrote, and asks for no external id where there is none', () => {
    const hostile = roleTemplate('terraform', { ...INPUT, externalId: '$'.concat('{file("/etc/passwd")}%{if}') }).text;

    expect(hostile).toContain('"$'.concat('$', '{file(\\"/etc/passwd\\")}%%{if}"'));
    expect(roleTemplate('terraform', { ...INPUT, externalId: null }).text).not.toContain('sts:ExternalId');
  });
});
