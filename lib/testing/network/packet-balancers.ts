import { blockHolds, parseAddress } from './packet-cells.ts';
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
  primaryAddress,
  someClientPort,
  subnetById,
  type World,
} from './packet-filters.ts';
import type {
  Attribute,
  ClassicBalancer,
  Family,
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  NetworkInterface,
  PlainTarget,
  Protocol,
  Subnet,
  TargetGroup,
} from './topology-file.ts';

interface Balancer {
  kind: 'application' | 'network' | 'classic';
  arn: string;
  description: string;
  vpcId: string | undefined;
  isOpen: boolean;
  isDualStack: boolean;
  subnets: Subnet[];
  groups: string[] | undefined;
  listeners: Front[];
}

interface Front {
  port: number;
  protocols: Protocol[];
  forwards: Forward[];
}

interface Forward {
  /** Each list narrows the clients to its blocks. */
  clientBlocks: string[][];
  targets: Target[];
  isAnyZone: boolean;
  keepsClient: boolean;
}

interface MachineTarget {
  kind: 'machine';
  face: NetworkInterface;
  subnet: Subnet;
  family: Family;
  address: bigint;
  port: number;
}

interface BalancerTarget {
  kind: 'balancer';
  balancer: Balancer;
  family: Family;
  port: number;
}

type Target = MachineTarget | BalancerTarget;

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

function balancersOf(world: World, isConsidered: (face: NetworkInterface) => boolean): Balancer[] {
  const modern = (world.file.LoadBalancers ?? [])
    .filter((each) => each.Type !== 'gateway')
    .map((each) => modernBalancer(world, each));
  for (const balancer of modern) {
    const listeners = (world.file.Listeners ?? []).filter((each) => each.LoadBalancerArn === balancer.arn);
    balancer.listeners = listeners.map((each) => frontOf(world, balancer, modern, each, isConsidered));
  }
  const classic = (world.file.LoadBalancerDescriptions ?? []).map((each) => classicBalancer(world, each, isConsidered));
  return [...modern, ...classic];
}

function modernBalancer(world: World, raw: LoadBalancer): Balancer {
  const isNetwork = raw.Type === 'network';
  const isWorking = ['active', 'provisioning', 'active_impaired'].includes(raw.State?.Code ?? 'active');
  const groups = raw.SecurityGroups ?? [];
  return {
    kind: isNetwork ? 'network' : 'application',
    arn: raw.LoadBalancerArn,
    description: `ELB ${raw.LoadBalancerArn.split('loadbalancer/')[1]}`,
    vpcId: raw.VpcId,
    isOpen: raw.Scheme === 'internet-facing' && isWorking,
    isDualStack: raw.IpAddressType?.startsWith('dualstack') ?? false,
    subnets: subnetsOf(
      world,
      (raw.AvailabilityZones ?? []).map((zone) => zone.SubnetId),
    ),
    groups: isNetwork && groups.length === 0 ? undefined : groups,
    listeners: [],
  };
}

function classicBalancer(
  world: World,
  raw: ClassicBalancer,
  isConsidered: (face: NetworkInterface) => boolean,
): Balancer {
  const groups = raw.SecurityGroups ?? [];
  const isAnyZone = raw.Attributes?.CrossZoneLoadBalancing?.Enabled ?? true;
  const listeners = (raw.ListenerDescriptions ?? []).map(({ Listener }) => ({
    port: Listener.LoadBalancerPort,
    protocols: ['tcp' as const],
    forwards: [
      {
        clientBlocks: [],
        isAnyZone,
        keepsClient: false,
        targets: (raw.Instances ?? []).flatMap((instance) =>
          instanceTargets(world, instance.InstanceId, Listener.InstancePort, isConsidered),
        ),
      },
    ],
  }));
  return {
    kind: 'classic',
    arn: raw.LoadBalancerName,
    description: `ELB ${raw.LoadBalancerName}`,
    vpcId: raw.VPCId,
    isOpen: raw.Scheme === 'internet-facing',
    isDualStack: false,
    subnets: subnetsOf(world, raw.Subnets ?? []),
    groups: groups.length === 0 ? undefined : groups,
    listeners,
  };
}

function subnetsOf(world: World, ids: readonly string[]): Subnet[] {
  return ids.map((id) => subnetById(world, id)).filter((subnet) => subnet !== undefined);
}

function frontOf(
  world: World,
  balancer: Balancer,
  others: readonly Balancer[],
  listener: Listener,
  isConsidered: (face: NetworkInterface) => boolean,
): Front {
  const rules = (world.file.Rules ?? []).filter((rule) => rule.ListenerArn === listener.ListenerArn);
  const sets = [{ actions: listener.DefaultActions ?? [], clientBlocks: [] as string[][] }].concat(
    rules.map((rule) => ({ actions: rule.Actions ?? [], clientBlocks: clientBlocksOf(rule) })),
  );
  const forwards = sets.flatMap(({ actions, clientBlocks }) =>
    actions.flatMap(forwardedGroups).flatMap((arn) => {
      const group = world.file.TargetGroups?.find((each) => each.TargetGroupArn === arn);
      return group === undefined ? [] : [forwardTo(world, balancer, others, group, clientBlocks, isConsidered)];
    }),
  );
  return { port: listener.Port, protocols: protocolsOf(balancer, listener), forwards };
}

function protocolsOf(balancer: Balancer, listener: Listener): Protocol[] {
  if (balancer.kind === 'application' || ['TCP', 'TLS'].includes(listener.Protocol)) return ['tcp'];
  if (listener.Protocol === 'UDP') return ['udp'];
  return listener.Protocol === 'TCP_UDP' ? ['tcp', 'udp'] : [];
}

function clientBlocksOf(rule: ListenerRule): string[][] {
  return (rule.Conditions ?? [])
    .filter((condition) => condition.Field === 'source-ip')
    .map((condition) => condition.SourceIpConfig?.Values ?? condition.Values ?? []);
}

function forwardedGroups(action: ListenerAction): string[] {
  if (action.Type !== 'forward') return [];
  const weighted = action.ForwardConfig?.TargetGroups ?? [];
  if (weighted.length === 0) return action.TargetGroupArn === undefined ? [] : [action.TargetGroupArn];
  return weighted.filter((each) => each.Weight === undefined || each.Weight > 0).map((each) => each.TargetGroupArn);
}

function forwardTo(
  world: World,
  balancer: Balancer,
  others: readonly Balancer[],
  group: TargetGroup,
  clientBlocks: string[][],
  isConsidered: (face: NetworkInterface) => boolean,
): Forward {
  const targets = (group.Targets ?? []).flatMap((raw) => {
    if ('TargetHealth' in raw && raw.TargetHealth?.State === 'draining') return [];
    return resolveTarget(world, balancer, others, group, 'Target' in raw ? raw.Target : raw, isConsidered);
  });
  return {
    clientBlocks,
    targets,
    isAnyZone: servesAnyZone(world, balancer, group),
    keepsClient: balancer.kind === 'network' && keepsByDefault(group),
  };
}

function attribute(list: readonly Attribute[] | undefined, key: string): string | undefined {
  return list?.find((each) => each.Key === key)?.Value;
}

function servesAnyZone(world: World, balancer: Balancer, group: TargetGroup): boolean {
  const own = attribute(group.Attributes, 'load_balancing.cross_zone.enabled');
  if (own === 'true' || own === 'false') return own === 'true';
  if (balancer.kind === 'application') return true;
  const raw = world.file.LoadBalancers?.find((each) => each.LoadBalancerArn === balancer.arn);
  return attribute(raw?.Attributes, 'load_balancing.cross_zone.enabled') === 'true';
}

function keepsByDefault(group: TargetGroup): boolean {
  if (group.TargetType === 'alb' || ['UDP', 'TCP_UDP'].includes(group.Protocol ?? '')) return true;
  const set = attribute(group.Attributes, 'preserve_client_ip.enabled');
  return set === undefined ? group.TargetType !== 'ip' : set === 'true';
}

function resolveTarget(
  world: World,
  balancer: Balancer,
  others: readonly Balancer[],
  group: TargetGroup,
  target: PlainTarget,
  isConsidered: (face: NetworkInterface) => boolean,
): Target[] {
  const port = target.Port ?? group.Port;
  if (port === undefined) return [];
  const type = group.TargetType ?? 'instance';
  if (type === 'instance') return instanceTargets(world, target.Id, port, isConsidered);
  if (type === 'ip') return addressTargets(world, balancer, target.Id, port, isConsidered);
  if (type !== 'alb' || balancer.kind !== 'network') return [];
  const family = group.IpAddressType === 'ipv6' ? 'ipv6' : 'ipv4';
  return others
    .filter((each) => each.arn === target.Id && each.kind === 'application')
    .map((each) => ({ kind: 'balancer', balancer: each, family, port }));
}

function instanceTargets(
  world: World,
  instanceId: string,
  port: number,
  isConsidered: (face: NetworkInterface) => boolean,
): MachineTarget[] {
  return (world.file.NetworkInterfaces ?? [])
    .filter((face) => face.Attachment?.InstanceId === instanceId && face.Attachment.DeviceIndex === 0)
    .filter(isConsidered)
    .flatMap((face) => machineTarget(world, face, primaryAddress(face), port));
}

function addressTargets(
  world: World,
  balancer: Balancer,
  text: string,
  port: number,
  isConsidered: (face: NetworkInterface) => boolean,
): MachineTarget[] {
  const place = parseAddress(text);
  if (place === null) return [];
  return (world.file.NetworkInterfaces ?? [])
    .filter((face) => face.VpcId === balancer.vpcId)
    .filter((face) => addressesOfInterface(face, place.family).includes(place.address))
    .filter(isConsidered)
    .flatMap((face) => machineTarget(world, face, text, port));
}

function machineTarget(world: World, face: NetworkInterface, text: string | undefined, port: number): MachineTarget[] {
  const place = text === undefined ? null : parseAddress(text);
  const subnet = subnetById(world, face.SubnetId);
  if (place === null || subnet === undefined) return [];
  return [{ kind: 'machine', face, subnet, port, ...place }];
}
