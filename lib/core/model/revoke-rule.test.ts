import { expect, it } from 'vitest';
import { consoleLink, permissionOf, revokeCommand, terraformRule } from './revoke-rule.ts';

const RULE = { groupId: 'sg-1', protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0' };

it('a rule is revoked by exactly what it permits', () => {
  expect(revokeCommand(RULE, 'eu-west-1')).toBe(
    `aws --region eu-west-1 ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
  );
  expect(permissionOf({ ...RULE, protocol: '-1', from: null, to: null, source: '::/0' })).toEqual({
    IpProtocol: '-1',
    Ipv6Ranges: [{ CidrIpv6: '::/0' }],
  });
  expect(permissionOf({ ...RULE, source: 'sg-2' })).toMatchObject({ UserIdGroupPairs: [{ GroupId: 'sg-2' }] });
  expect(permissionOf({ ...RULE, source: 'pl-2' })).toMatchObject({ PrefixListIds: [{ PrefixListId: 'pl-2' }] });
});

it('a name of a stranger runs nothing', () => {
  expect(revokeCommand({ ...RULE, groupId: "sg-1'; rm -rf ~ #" }, 'eu-west-1')).toContain(`'sg-1'\\''; rm -rf ~ #'`);
});

it('a rule is found in Terraform by what it says, and its group in the console of its partition', () => {
  expect(terraformRule(RULE)).toBe(
    [
      'resource "aws_vpc_security_group_ingress_rule" "…" {',
      '  security_group_id = "sg-1"',
      '  ip_protocol       = "tcp"',
      '  from_port         = 22',
      '  to_port           = 22',
      '  cidr_ipv4         = "0.0.0.0/0"',
      '}',
    ].join('\n'),
  );
  expect(terraformRule({ ...RULE, protocol: '-1', from: null, to: null, source: 'sg-2' })).toContain(
    'referenced_security_group_id = "sg-2"',
  );
  expect(consoleLink('sg-1', 'eu-west-1')).toBe(
    'https://eu-west-1.console.aws.amazon.com/vpc/home?region=eu-west-1#SecurityGroup:groupId=sg-1',
  );
  expect(consoleLink('sg-1', 'cn-north-1')).toContain('https://cn-north-1.console.amazonaws.cn/');
  expect(consoleLink('sg-1', 'us-gov-west-1')).toContain('https://console.amazonaws-us-gov.com/');
  expect(consoleLink('sg-1"><script>', 'eu-west-1')).not.toContain('<');
});
