import { expect, it } from 'vitest';
import { permissionOf, revokeCommand } from './revoke-rule.ts';

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
