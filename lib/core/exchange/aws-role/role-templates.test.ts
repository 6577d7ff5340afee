import { describe, expect, it } from 'vitest';
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

  it('of Terraform fills nothing in that somebody wrote, and asks for no external id where there is none', () => {
    const hostile = roleTemplate('terraform', { ...INPUT, externalId: '$'.concat('{file("/etc/passwd")}%{if}') }).text;

    expect(hostile).toContain('"$'.concat('$', '{file(\\"/etc/passwd\\")}%%{if}"'));
    expect(roleTemplate('terraform', { ...INPUT, externalId: null }).text).not.toContain('sts:ExternalId');
  });
});
