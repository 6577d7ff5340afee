import { partyText } from './explain.ts';
import type { GroupRule } from './topology.ts';

/** Arguments of the AWS CLI, one call for each rule, that revoke rules of security groups. */
export function commandsOf(revokes: readonly GroupRule[]): readonly (readonly string[])[] {
  return revokes.map((rule) => [
    'ec2',
    'revoke-security-group-ingress',
    '--group-id',
    rule.groupId,
    '--ip-permissions',
    JSON.stringify([permissionOf(rule)]),
  ]);
}

/** A rule as the API takes it, to be revoked or authorized. */
export function permissionOf({ permission, party }: GroupRule): Readonly<Record<string, unknown>> {
  const { protocol, from, to } = permission;
  const ports = from === null || to === null ? {} : { FromPort: from, ToPort: to };
  return { IpProtocol: protocol, ...ports, ...partyField(party) };
}

function partyField(party: GroupRule['party']): Readonly<Record<string, unknown>> {
  const text = partyText(party);
  if (party.kind === 'group') return { UserIdGroupPairs: [{ GroupId: text }] };
  if (party.kind === 'prefix-list') return { PrefixListIds: [{ PrefixListId: text }] };
  return text.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: text }] } : { IpRanges: [{ CidrIp: text }] };
}
