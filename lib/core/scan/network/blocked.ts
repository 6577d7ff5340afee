import { gatewaysOf } from './hops/internet-gateway.ts';
import type { Reach } from './reach.ts';
import type { NetworkInterface, Protocol } from './topology.ts';
import { type Blocker, blockersOf } from './why-not.ts';

/** An instance that one thing alone keeps from the internet at a port: the way to it, and where that is blocked. */
export interface BlockedPath {
  readonly instanceId: string;
  readonly interfaceId: string;
  /** Empty where the VPC has none. */
  readonly gatewayId: string;
  readonly subnetId: string;
  readonly subnetName: string;
  readonly groupIds: readonly string[];
  readonly blocker: Blocker;
}

interface Asked {
  readonly protocol: Protocol;
  readonly port: number;
}

/** Instances that one change would open to the internet at a port, over IPv4. At most `max` of them are told. */
export function blockedPathsAt(solved: Reach, asked: Asked, max: number): readonly BlockedPath[] {
  const blocked: BlockedPath[] = [];
  for (const one of solved.topology.interfaces) {
    if (blocked.length >= max) break;
    if (one.instanceId === null || isOpen(solved, one, asked)) continue;
    const [blocker, ...more] = blockersOf(solved.view, one, { family: 'ipv4', ...asked });
    if (blocker !== undefined && more.length === 0) blocked.push(blockedPath(solved, one, blocker));
  }
  return blocked;
}

function isOpen(solved: Reach, one: NetworkInterface, { protocol, port }: Asked): boolean {
  return solved
    .of(one)
    .openings.some(
      ({ category, region, ...opening }) =>
        (category === 'internet' || category === 'load-balancer') &&
        opening.protocol === protocol &&
        region.some(({ from, to }) => from <= port && port < to),
    );
}

function blockedPath({ topology }: Reach, one: NetworkInterface, blocker: Blocker): BlockedPath {
  return {
    instanceId: one.instanceId ?? '',
    interfaceId: one.id,
    gatewayId: gatewaysOf(topology, one.vpcId, 'internet')[0]?.id ?? '',
    subnetId: one.subnetId,
    subnetName: topology.subnets.get(one.subnetId)?.name ?? '',
    groupIds: one.groupIds,
    blocker,
  };
}
