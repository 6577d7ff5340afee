import { asObject, asText, objectsOf, textsOf } from '../../model/raw.ts';
import { type Block, readBlock } from './address.ts';
import type { Raw, Reader } from './reader.ts';
import type { Forwarding, Listener, LoadBalancer, Protocol, Target, TargetGroup } from './topology.ts';

const WORKING = ['active', 'provisioning', 'active_impaired'];

/** Load balancers that work, with their listeners; gateway load balancers are no way in of their own. */
export function readBalancers(reader: Reader): readonly LoadBalancer[] {
  const listeners = reader.list('Listeners', 'ListenerArn');
  const rules = reader.list('Rules', null);
  const modern = reader.list('LoadBalancers', 'LoadBalancerArn').flatMap((raw) => {
    const arn = String(raw.LoadBalancerArn);
    const own = listeners.filter((listener) => listener.LoadBalancerArn === arn);
    return readBalancer(raw, own, rules);
  });
  const classic = reader.list('LoadBalancerDescriptions', 'LoadBalancerName').map(readClassic);
  return [...modern, ...classic];
}

function readBalancer(raw: Raw, listeners: readonly Raw[], rules: readonly Raw[]): readonly LoadBalancer[] {
  const id = String(raw.LoadBalancerArn);
  const kind = asText(raw.Type) ?? 'application';
  const state = asText(asObject(raw.State)?.Code) ?? 'active';
  if (!WORKING.includes(state) || (kind !== 'application' && kind !== 'network')) return [];
  const groupIds = textsOf(raw.SecurityGroups);
  return [
    {
      id,
      name: asText(raw.LoadBalancerName) ?? id,
      kind,
      vpcId: asText(raw.VpcId) ?? '',
      isInternetFacing: raw.Scheme === 'internet-facing',
      isDualStack: (asText(raw.IpAddressType) ?? '').startsWith('dualstack'),
      subnetIds: objectsOf(raw.AvailabilityZones)
        .map((zone) => asText(zone.SubnetId))
        .filter((subnetId) => subnetId !== null),
      groupIds: kind === 'network' && groupIds.length === 0 ? null : groupIds,
      crossZone: kind === 'application' || attributeOf(raw, 'load_balancing.cross_zone.enabled') === true,
      listeners: listeners.flatMap((listener) => readListener(listener, kind, rules)),
      description: `ELB ${id.split('loadbalancer/')[1] ?? ''}`,
    },
  ];
}

function readListener(raw: Raw, kind: 'application' | 'network', rules: readonly Raw[]): readonly Listener[] {
  const id = String(raw.ListenerArn);
  const port = raw.Port;
  if (typeof port !== 'number') return [];
  const own = rules.filter((rule) => rule.ListenerArn === id && rule.IsDefault !== true);
  return [
    {
      id,
      port,
      protocols: kind === 'application' ? ['tcp'] : protocolsOf(asText(raw.Protocol) ?? 'TCP'),
      forwards: [
        ...forwardsOf(raw.DefaultActions, null),
        ...own.flatMap((rule) => forwardsOf(rule.Actions, sourcesOf(rule.Conditions))),
      ],
    },
  ];
}

function protocolsOf(protocol: string): readonly Protocol[] {
  if (protocol === 'TCP_UDP' || protocol === 'TCP_QUIC') return ['tcp', 'udp'];
  return protocol === 'UDP' || protocol === 'QUIC' ? ['udp'] : ['tcp'];
}

/** What the client chooses (host, path, header) protects nothing; its address is no choice of its own. */
function sourcesOf(conditions: unknown): readonly Block[] | null {
  const condition = objectsOf(conditions).find((one) => one.Field === 'source-ip');
  if (condition === undefined) return null;
  const values = textsOf(asObject(condition.SourceIpConfig)?.Values ?? condition.Values);
  return values.map(readBlock).filter((block) => block !== null);
}

function forwardsOf(actions: unknown, sources: readonly Block[] | null): readonly Forwarding[] {
  return objectsOf(actions)
    .filter((action) => action.Type === 'forward')
    .flatMap((action) => {
      const weighted = objectsOf(asObject(action.ForwardConfig)?.TargetGroups);
      const open = weighted.filter((one) => one.Weight !== 0).map((one) => asText(one.TargetGroupArn));
      const ids = weighted.length > 0 ? open : [asText(action.TargetGroupArn)];
      return ids.filter((id) => id !== null).map((targetGroupId) => ({ targetGroupId, sources }));
    });
}

export function readTargetGroups(reader: Reader): readonly TargetGroup[] {
  const groups = reader.list('TargetGroups', 'TargetGroupArn').flatMap((raw): readonly TargetGroup[] => {
    const kind = asText(raw.TargetType) ?? 'instance';
    if (kind !== 'instance' && kind !== 'ip' && kind !== 'alb') return [];
    const port = typeof raw.Port === 'number' ? raw.Port : 0;
    return [
      {
        id: String(raw.TargetGroupArn),
        kind,
        isUdp: /UDP|QUIC/.test(asText(raw.Protocol) ?? ''),
        targets: objectsOf(raw.Targets).flatMap((target) => readTarget(target, port)),
        crossZone: attributeOf(raw, 'load_balancing.cross_zone.enabled'),
        keepsClient: attributeOf(raw, 'preserve_client_ip.enabled'),
      },
    ];
  });
  const classic = reader.list('LoadBalancerDescriptions', 'LoadBalancerName').flatMap(classicGroups);
  return [...groups, ...classic];
}

/** As DescribeTargetHealth tells of a target, or the bare target. Whether it is well at this moment does not matter. */
function readTarget(raw: Raw, groupPort: number): readonly Target[] {
  const target = asObject(raw.Target) ?? raw;
  const id = asText(target.Id);
  const isDraining = asObject(raw.TargetHealth)?.State === 'draining';
  if (id === null || isDraining) return [];
  return [{ id, port: typeof target.Port === 'number' ? target.Port : groupPort }];
}

/** An attribute that is on or off; null where it is not set, or left to the balancer. */
function attributeOf(raw: Raw, key: string): boolean | null {
  const value = objectsOf(raw.Attributes).find((attribute) => attribute.Key === key)?.Value;
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

const listenersOf = (raw: Raw): readonly Raw[] =>
  objectsOf(raw.ListenerDescriptions)
    .map((one) => asObject(one.Listener))
    .filter((one) => one !== null);

const classicGroupId = (raw: Raw, port: unknown): string => `${String(raw.LoadBalancerName)}:${String(port)}`;

function readClassic(raw: Raw): LoadBalancer {
  const name = String(raw.LoadBalancerName);
  const groupIds = textsOf(raw.SecurityGroups);
  const cross = asObject(asObject(raw.Attributes)?.CrossZoneLoadBalancing ?? raw.CrossZoneLoadBalancing);
  return {
    id: name,
    name,
    kind: 'classic',
    vpcId: asText(raw.VPCId) ?? '',
    isInternetFacing: raw.Scheme === 'internet-facing',
    isDualStack: false,
    subnetIds: textsOf(raw.Subnets),
    groupIds: groupIds.length === 0 ? null : groupIds,
    crossZone: cross?.Enabled !== false,
    listeners: listenersOf(raw).flatMap((listener) =>
      typeof listener.LoadBalancerPort === 'number'
        ? {
            id: `${name}:${listener.LoadBalancerPort}`,
            port: listener.LoadBalancerPort,
            protocols: ['tcp'] as const,
            forwards: [{ targetGroupId: classicGroupId(raw, listener.InstancePort), sources: null }],
          }
        : [],
    ),
    description: `ELB ${name}`,
  };
}

/** The instances of a classic balancer, once for each port that its listeners send to. */
function classicGroups(raw: Raw): readonly TargetGroup[] {
  const instances = objectsOf(raw.Instances).map((one) => asText(one.InstanceId));
  const ports = new Set(listenersOf(raw).map((listener) => listener.InstancePort));
  return [...ports].map((port) => ({
    id: classicGroupId(raw, port),
    kind: 'instance',
    isUdp: false,
    targets: instances.filter((id) => id !== null).map((id) => ({ id, port: Number(port) })),
    crossZone: null,
    keepsClient: false,
  }));
}
