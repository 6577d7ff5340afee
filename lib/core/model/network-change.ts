import type { IngressRule } from './network.ts';
import { permissionOf, revokeArguments } from './revoke-rule.ts';
import { shellLine } from './shell-line.ts';

/** A change of a network's configuration, in the words of the API. */
export type NetworkChange =
  | { readonly kind: 'revoke' | 'authorize'; readonly rule: IngressRule }
  | {
      readonly kind: 'detach';
      readonly interfaceId: string;
      readonly groupId: string;
      /** Groups that the interface goes on wearing; EC2 asks for one at least. */
      readonly left: readonly string[];
    }
  | {
      /** An entry of a network ACL that denies what enters. */
      readonly kind: 'deny';
      readonly aclId: string;
      readonly number: number;
      readonly protocol: 'tcp' | 'udp';
      readonly begin: number;
      readonly end: number;
      readonly source: string;
    };

/** A change as a line for the shell; what a stranger named is quoted, and cannot run. */
export function changeCommand(change: NetworkChange, region: string): string {
  return shellLine('aws', '--region', region, ...argumentsOf(change));
}

/** Arguments of the AWS CLI that make a change. */
export function argumentsOf(change: NetworkChange): readonly string[] {
  switch (change.kind) {
    case 'revoke':
      return revokeArguments(change.rule);
    case 'authorize': {
      const permissions = JSON.stringify([permissionOf(change.rule)]);
      const group = ['--group-id', change.rule.groupId];
      return ['ec2', 'authorize-security-group-ingress', ...group, '--ip-permissions', permissions];
    }
    case 'detach':
      return [
        'ec2',
        'modify-network-interface-attribute',
        '--network-interface-id',
        change.interfaceId,
        '--groups',
        ...change.left,
      ];
    case 'deny':
      return [
        'ec2',
        'create-network-acl-entry',
        '--network-acl-id',
        change.aclId,
        '--ingress',
        '--rule-number',
        String(change.number),
        '--protocol',
        change.protocol,
        '--port-range',
        `From=${change.begin},To=${change.end}`,
        change.source.includes(':') ? '--ipv6-cidr-block' : '--cidr-block',
        change.source,
        '--rule-action',
        'deny',
      ];
  }
}
