import type { RevokedRule } from './network.ts';

/** The permission of a rule as EC2's API takes it, to be revoked or authorized. */
export function permissionOf({ protocol, from, to, source }: RevokedRule): Readonly<Record<string, unknown>> {
  const ports = from === null || to === null ? {} : { FromPort: from, ToPort: to };
  return { IpProtocol: protocol, ...ports, ...partyOf(source) };
}

function partyOf(source: string): Readonly<Record<string, unknown>> {
  if (source.startsWith('sg-')) return { UserIdGroupPairs: [{ GroupId: source }] };
  if (source.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: source }] };
  return source.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: source }] } : { IpRanges: [{ CidrIp: source }] };
}

/** Arguments of the AWS CLI that revoke a rule of a security group. */
export function revokeArguments(rule: RevokedRule): readonly string[] {
  const permissions = JSON.stringify([permissionOf(rule)]);
  return ['ec2', 'revoke-security-group-ingress', '--group-id', rule.groupId, '--ip-permissions', permissions];
}

/** The same as a line for the shell; what a stranger named is quoted, and cannot run. */
export function revokeCommand(rule: RevokedRule, region: string): string {
  const words = ['aws', '--region', region, ...revokeArguments(rule)];
  return words.map((word) => (/^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
