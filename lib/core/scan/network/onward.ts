import { has, type Intervals, intersect, NOTHING } from './intervals.ts';
import type { Reach } from './reach.ts';
import { addressesIn, portsFrom } from './region.ts';
import { type InterfaceAddress, type NetworkInterface, PROTOCOLS, type Protocol } from './topology.ts';

/** Where somebody who holds an instance gets from it: its own VPC, or another by a connection. */
export interface Onward {
  /** Id of the VPC, or of the peering connection or transit gateway. */
  readonly by: string;
  readonly kind: 'vpc' | 'peer' | 'tgw';
  /** Instances at which at least one port can be called. */
  readonly instances: readonly string[];
}

/** What can be called from an interface, in its own VPC and over connections of it, most instances first. */
export function onwardFrom(solved: Reach, from: NetworkInterface): readonly Onward[] {
  const reached = new Map<string, { readonly kind: Onward['kind']; readonly instances: Set<string> }>();
  const add = (by: string, kind: Onward['kind'], instanceId: string): void => {
    const known = reached.get(by) ?? { kind, instances: new Set<string>() };
    reached.set(by, known);
    known.instances.add(instanceId);
  };
  for (const to of solved.topology.interfaces) {
    if (to.instanceId === null || to.instanceId === from.instanceId || !isRunning(solved, to)) continue;
    if (to.vpcId === from.vpcId) {
      if (isCalledInside(solved, from, to)) add(to.vpcId, 'vpc', to.instanceId);
      continue;
    }
    for (const { category, via, family, region, passes } of solved.of(to).openings) {
      if (category !== 'peer' && category !== 'tgw') continue;
      if (!passes.fromSubnetIds?.includes(from.subnetId)) continue;
      const isCaller = from.addresses.some((one) => one.family === family && has(addressesIn(region), one.point));
      if (isCaller) add(via, category, to.instanceId);
    }
  }
  return [...reached]
    .map(([by, { kind, instances }]) => ({ by, kind, instances: [...instances] }))
    .toSorted((a, b) => b.instances.length - a.instances.length || (a.by < b.by ? -1 : 1));
}

function isRunning({ topology }: Reach, { instanceId }: NetworkInterface): boolean {
  const state = topology.instances.get(instanceId ?? '')?.state;
  return state === 'running' || state === 'pending';
}

/** Whether an interface of the same VPC can be called: by groups, and by the lists of both subnets where they are two. */
function isCalledInside({ view }: Reach, from: NetworkInterface, to: NetworkInterface): boolean {
  return from.addresses.some((source) =>
    to.addresses.some((target) => {
      if (source.family !== target.family) return false;
      return PROTOCOLS.some((protocol) => {
        const region = view.admittedFrom(to.vpcId, to.groupIds, source.family, protocol);
        const admitted = portsFrom(region, source.point);
        if (admitted.length === 0 || from.subnetId === to.subnetId) return admitted.length > 0;
        return intersect(admitted, between({ view }, [from, source], [to, target], protocol)).length > 0;
      });
    }),
  );
}

/** Ports that the lists of two subnets let through from one to the other, where they let answers back. */
function between(
  { view }: Pick<Reach, 'view'>,
  [from, source]: readonly [NetworkInterface, InterfaceAddress],
  [to, target]: readonly [NetworkInterface, InterfaceAddress],
  protocol: Protocol,
): Intervals {
  const there = intersect(
    view.aclPorts(from.subnetId, 'egress', target, protocol),
    view.aclPorts(to.subnetId, 'ingress', source, protocol),
  );
  const back = intersect(
    view.aclPorts(to.subnetId, 'egress', source, protocol),
    view.aclPorts(from.subnetId, 'ingress', target, protocol),
  );
  return intersect(back, view.clientPorts).length > 0 ? there : NOTHING;
}
