import { parseAddress } from './packet-cells.ts';
import { addressesOfInterface, primaryAddress, subnetById, type World } from './packet-filters.ts';
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

export interface Balancer {
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

/** A listener: what it takes, and where it sends that. */
export interface Front {
  port: number;
  protocols: Protocol[];
  forwards: Forward[];
}

export interface Forward {
  /** Each list narrows the clients to its blocks. */
  clientBlocks: string[][];
  targets: Target[];
  isAnyZone: boolean;
  keepsClient: boolean;
}

export interface MachineTarget {
  kind: 'machine';
  face: NetworkInterface;
  subnet: Subnet;
  family: Family;
  address: bigint;
  port: number;
}

export interface BalancerTarget {
  kind: 'balancer';
  balancer: Balancer;
  family: Family;
  port: number;
}

type Target = MachineTarget | BalancerTarget;

/** The load balancers of the world, each with the targets that its listeners forward to. */
export function balancersOf(world: World, isConsidered: (face: NetworkInterface) => boolean): Balancer[] {
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
