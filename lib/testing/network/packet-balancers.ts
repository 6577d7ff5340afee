import {
  type Balancer,
  type BalancerTarget,
  balancersOf,
  type Forward,
  type Front,
  type MachineTarget,
} from './packet-balancer-model.ts';
import { blockHolds } from './packet-cells.ts';
import {
  aclAllows,
  addressesOfInterface,
  addressesOfSubnet,
  attachedInternetGateways,
  blocksOfSubnet,
  edgeOf,
  groupsAdmit,
  groupsOfInterface,
  internetAddresses,
  isShutToPublic,
  nextHop,
  type Packet,
  someClientPort,
  type World,
} from './packet-filters.ts';
import type { Family, NetworkInterface, Protocol, Subnet } from './topology-file.ts';

interface Place {
  family: Family;
  address: bigint;
}

/** A packet that has reached a node of a balancer: who sent it as the node sees it, and at which addresses. */
interface Arrival {
  balancer: Balancer;
  subnet: Subnet;
  seen: Place;
  nodes: bigint[];
  nodeFamily: Family;
}

interface BackHop {
  family: Family;
  protocol: Protocol;
  isClientKept: boolean;
  source: bigint;
  destination: bigint;
  port: number;
  subnet: Subnet;
  groups: string[];
}

type Report = (face: NetworkInterface, protocol: Protocol, port: number) => void;

/** Tells every port of an interface that a client on the internet reaches through a load balancer. */
export function tellBalanced(world: World, isConsidered: (face: NetworkInterface) => boolean, report: Report): void {
  for (const balancer of balancersOf(world, isConsidered).filter((each) => each.isOpen)) {
    for (const subnet of balancer.subnets) {
      for (const front of balancer.listeners) {
        for (const protocol of front.protocols) tellFront(world, balancer, subnet, front, protocol, report);
      }
    }
  }
}

function tellFront(
  world: World,
  balancer: Balancer,
  subnet: Subnet,
  front: Front,
  protocol: Protocol,
  report: Report,
): void {
  for (const family of ['ipv4', 'ipv6'] as const) {
    for (const address of internetAddresses(world, family)) {
      const packet = { family, protocol, address, port: front.port };
      const nodes = nodesReached(world, balancer, subnet, packet);
      if (nodes.length === 0) continue;
      const arrival = { balancer, subnet, seen: { family, address }, nodes, nodeFamily: family };
      tellBehind(world, arrival, front, protocol, report);
    }
  }
}

function nodesReached(world: World, balancer: Balancer, subnet: Subnet, packet: Packet): bigint[] {
  if (isShutToPublic(world, subnet)) return [];
  const { family, address } = packet;
  const gateway = attachedInternetGateways(world, subnet.VpcId).find(
    (each) => nextHop(world, subnet, family, address) === each,
  );
  if (gateway === undefined || !aclAllows(world, subnet, 'in', packet)) return [];
  if (balancer.groups !== undefined && !groupsAdmit(world, balancer.groups, 'IpPermissions', packet)) return [];
  if (!someClientPort(world, (port) => aclAllows(world, subnet, 'out', { ...packet, port }))) return [];
  return nodeAddresses(world, balancer, subnet, family).filter(
    (node) => edgeOf(world, gateway, family, node) === 'deliver',
  );
}

function nodeAddresses(world: World, balancer: Balancer, subnet: Subnet, family: Family): bigint[] {
  if (family === 'ipv6' && (!balancer.isDualStack || blocksOfSubnet(subnet, family).length === 0)) return [];
  const visible = (world.file.NetworkInterfaces ?? []).filter(
    (face) => face.Description === balancer.description && face.SubnetId === subnet.SubnetId,
  );
  if (visible.length === 0) return addressesOfSubnet(world, subnet, family);
  return visible.flatMap((face) => addressesOfInterface(face, family));
}

function tellBehind(world: World, arrival: Arrival, front: Front, protocol: Protocol, report: Report): void {
  for (const forward of front.forwards.filter((each) => admitsClient(each, arrival.seen))) {
    for (const target of forward.targets) {
      if (target.kind === 'balancer') tellNested(world, arrival, forward, target, protocol, report);
      else if (reachesMachine(world, arrival, forward, target, protocol)) report(target.face, protocol, target.port);
    }
  }
}

function admitsClient(forward: Forward, seen: Place): boolean {
  return forward.clientBlocks.every((blocks) => blocks.some((block) => blockHolds(block, seen.family, seen.address)));
}

function reachesMachine(
  world: World,
  arrival: Arrival,
  forward: Forward,
  target: MachineTarget,
  protocol: Protocol,
): boolean {
  if (!isZoneServed(arrival, forward, target.subnet)) return false;
  const isClientKept = keepsClient(arrival, forward, target.family);
  return sourcesSeen(world, arrival, isClientKept, target.family).some((source) =>
    passesBack(world, arrival, {
      family: target.family,
      protocol,
      isClientKept,
      source,
      destination: target.address,
      port: target.port,
      subnet: target.subnet,
      groups: groupsOfInterface(target.face),
    }),
  );
}

function tellNested(
  world: World,
  arrival: Arrival,
  forward: Forward,
  target: BalancerTarget,
  protocol: Protocol,
  report: Report,
): void {
  const inner = target.balancer;
  if (protocol !== 'tcp') return;
  for (const front of inner.listeners.filter((each) => each.port === target.port)) {
    for (const subnet of inner.subnets.filter((each) => isZoneServed(arrival, forward, each))) {
      for (const next of nestedArrivals(world, arrival, forward, target, subnet)) {
        tellBehind(world, next, front, protocol, report);
      }
    }
  }
}

function nestedArrivals(
  world: World,
  arrival: Arrival,
  forward: Forward,
  target: BalancerTarget,
  subnet: Subnet,
): Arrival[] {
  const { balancer, family, port } = target;
  const isClientKept = keepsClient(arrival, forward, family);
  const hop = { family, protocol: 'tcp' as const, isClientKept, port, subnet, groups: balancer.groups ?? [] };
  const arrivals: Arrival[] = [];
  for (const source of sourcesSeen(world, arrival, isClientKept, family)) {
    const nodes = nodeAddresses(world, balancer, subnet, family).filter((destination) =>
      passesBack(world, arrival, { ...hop, source, destination }),
    );
    if (nodes.length > 0) {
      arrivals.push({ balancer, subnet, seen: { family, address: source }, nodes, nodeFamily: family });
    }
  }
  return arrivals;
}

function isZoneServed(arrival: Arrival, forward: Forward, subnet: Subnet): boolean {
  const zone = subnet.AvailabilityZone;
  if (!forward.isAnyZone) return zone === arrival.subnet.AvailabilityZone;
  return arrival.balancer.subnets.some((each) => each.AvailabilityZone === zone);
}

function keepsClient(arrival: Arrival, forward: Forward, family: Family): boolean {
  return forward.keepsClient && arrival.seen.family === family;
}

function sourcesSeen(world: World, arrival: Arrival, isClientKept: boolean, family: Family): bigint[] {
  if (isClientKept) return [arrival.seen.address];
  if (family === arrival.nodeFamily) return arrival.nodes;
  return nodeAddresses(world, arrival.balancer, arrival.subnet, family);
}

function passesBack(world: World, arrival: Arrival, hop: BackHop): boolean {
  const own = arrival.balancer.groups;
  const { family, protocol, port } = hop;
  const outward = { family, protocol, address: hop.destination, port };
  const inward = { family, protocol, address: hop.source, port };
  if (own !== undefined) {
    if (!groupsAdmit(world, own, 'IpPermissionsEgress', outward, (id) => hop.groups.includes(id))) return false;
  }
  if (!groupsAdmit(world, hop.groups, 'IpPermissions', inward, (id) => own?.includes(id) ?? false)) return false;
  if (arrival.subnet.SubnetId === hop.subnet.SubnetId && arrival.balancer.kind !== 'classic') return true;
  return passesLists(world, arrival.subnet, hop, outward, inward);
}

function passesLists(world: World, node: Subnet, hop: BackHop, outward: Packet, inward: Packet): boolean {
  if (!aclAllows(world, node, 'out', outward) || !aclAllows(world, hop.subnet, 'in', inward)) return false;
  return someClientPort(
    world,
    (port) =>
      aclAllows(world, hop.subnet, 'out', { ...inward, port }) &&
      aclAllows(world, node, 'in', { ...outward, port }) &&
      (!hop.isClientKept || aclAllows(world, node, 'out', { ...inward, port })),
  );
}
