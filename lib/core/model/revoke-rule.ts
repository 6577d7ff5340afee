import type { IngressRule } from './network.ts';
import { shellLine } from './shell-line.ts';

/** What tells a rule from all others. */
export function ruleName({ groupId, protocol, from, to, source }: IngressRule): string {
  return [groupId, protocol, from, to, source].join(' ');
}

/** The permission of a rule as EC2's API takes it, to be revoked or authorized. */
export function permissionOf({ protocol, from, to, source }: IngressRule): Readonly<Record<string, unknown>> {
  const ports = from === null || to === null ? {} : { FromPort: from, ToPort: to };
  return { IpProtocol: protocol, ...ports, ...partyOf(source) };
}

function partyOf(source: string): Readonly<Record<string, unknown>> {
  if (source.startsWith('sg-')) return { UserIdGroupPairs: [{ GroupId: source }] };
  if (source.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: source }] };
  return source.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: source }] } : { IpRanges: [{ CidrIp: source }] };
}

/** Arguments of the AWS CLI that revoke a rule of a security group. */
export function revokeArguments(rule: IngressRule): readonly string[] {
  const permissions = JSON.stringify([permissionOf(rule)]);
  return ['ec2', 'revoke-security-group-ingress', '--group-id', rule.groupId, '--ip-permissions', permissions];
}

/** The same as a line for the shell; what a stranger named is quoted, and cannot run. */
export function revokeCommand(rule: IngressRule, region: string): string {
  return shellLine('aws', '--region', region, ...revokeArguments(rule));
}

/** The page of a security group in the console of AWS, in the partition of its region. */
export function consoleLink(groupId: string, region: string): string {
  const place = encodeURIComponent(region);
  const path = `vpc/home?region=${place}#SecurityGroup:groupId=${encodeURIComponent(groupId)}`;
  if (region.startsWith('cn-')) return `https://${place}.console.amazonaws.cn/${path}`;
  if (region.startsWith('us-gov-')) return `https://console.amazonaws-us-gov.com/${path}`;
  return `https://${place}.console.aws.amazon.com/${path}`;
}

/** The rule as Terraform declares it, to be found and removed there, or the next apply brings it back. */
export function terraformRule({ groupId, protocol, from, to, source }: IngressRule): string {
  const ports = from === null || to === null ? [] : [`  from_port         = ${from}`, `  to_port           = ${to}`];
  return [
    'resource "aws_vpc_security_group_ingress_rule" "…" {',
    `  security_group_id = ${JSON.stringify(groupId)}`,
    `  ip_protocol       = ${JSON.stringify(protocol)}`,
    ...ports,
    `  ${terraformSource(source).padEnd(17)} = ${JSON.stringify(source)}`,
    '}',
  ].join('\n');
}

function terraformSource(source: string): string {
  if (source.startsWith('sg-')) return 'referenced_security_group_id';
  if (source.startsWith('pl-')) return 'prefix_list_id';
  return source.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4';
}
