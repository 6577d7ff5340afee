import type { IngressRule } from '../../core/model/network.ts';
import type { NetworkChange } from '../../core/model/network-change.ts';
import { permissionOf } from '../../core/model/revoke-rule.ts';
import type { GroupRule, TopologyFile } from './topology-file.ts';

/** The file as the API would tell it after some changes. */
export function applyChanges(file: TopologyFile, changes: readonly NetworkChange[]): TopologyFile {
  return changes.reduce(applyChange, file);
}

function applyChange(file: TopologyFile, change: NetworkChange): TopologyFile {
  switch (change.kind) {
    case 'revoke':
    case 'authorize':
      return {
        ...file,
        SecurityGroups: (file.SecurityGroups ?? []).map((group) => {
          if (group.GroupId !== change.rule.groupId) return group;
          const rules = group.IpPermissions ?? [];
          const added = permissionOf(change.rule) as unknown as GroupRule;
          const after = change.kind === 'revoke' ? without(rules, change.rule) : [...rules, added];
          return { ...group, IpPermissions: after };
        }),
      };
    case 'detach':
      return {
        ...file,
        NetworkInterfaces: (file.NetworkInterfaces ?? []).map((one) =>
          one.NetworkInterfaceId === change.interfaceId
            ? { ...one, Groups: (one.Groups ?? []).filter(({ GroupId }) => GroupId !== change.groupId) }
            : one,
        ),
      };
    case 'deny': {
      const block = change.source.includes(':') ? { Ipv6CidrBlock: change.source } : { CidrBlock: change.source };
      const entry = {
        RuleNumber: change.number,
        Egress: false,
        Protocol: change.protocol === 'tcp' ? '6' : '17',
        RuleAction: 'deny',
        PortRange: { From: change.begin, To: change.end },
        ...block,
      } as const;
      return {
        ...file,
        NetworkAcls: (file.NetworkAcls ?? []).map((acl) =>
          acl.NetworkAclId === change.aclId ? { ...acl, Entries: [...acl.Entries, entry] } : acl,
        ),
      };
    }
  }
}

/** Rules without one party of one of them. */
function without(rules: readonly GroupRule[], { protocol, from, to, source }: IngressRule): GroupRule[] {
  return rules.map((rule) => {
    const isIt = rule.IpProtocol === protocol && (rule.FromPort ?? null) === from && (rule.ToPort ?? null) === to;
    if (!isIt) return rule;
    return {
      ...rule,
      IpRanges: (rule.IpRanges ?? []).filter(({ CidrIp }) => CidrIp !== source),
      Ipv6Ranges: (rule.Ipv6Ranges ?? []).filter(({ CidrIpv6 }) => CidrIpv6 !== source),
      PrefixListIds: (rule.PrefixListIds ?? []).filter(({ PrefixListId }) => PrefixListId !== source),
      UserIdGroupPairs: (rule.UserIdGroupPairs ?? []).filter(({ GroupId }) => GroupId !== source),
    };
  });
}
