import type { IngressRule, NetworkHop } from '../../model/network.ts';
import { type Address, addressText, holds } from './address.ts';
import { isOfInternet } from './hops/direct.ts';
import { entryAt } from './hops/internet-gateway.ts';
import { decidingEntry } from './hops/network-acl.ts';
import { bestRoute } from './hops/route-table.ts';
import { bestTransitRoute } from './hops/transit-gateway.ts';
import { intersect, type Point } from './intervals.ts';
import type { Opening } from './opening.ts';
import { addressesAt, portsFrom } from './region.ts';
import type { PortRange } from './services.ts';
import type { AclEntry, GroupRule, InterfaceAddress, NetworkAcl, NetworkInterface, Protocol } from './topology.ts';
import type { View } from './view.ts';

/** A packet, for which each hop says what decided. */
interface Witness {
  readonly source: Address;
  readonly to: InterfaceAddress;
  readonly port: number;
  readonly protocol: Protocol;
}

const TYPES = {
  internet: 'AWS::EC2::InternetGateway',
  conditional: 'AWS::EC2::InternetGateway',
  vgw: 'AWS::EC2::VPNGateway',
  peer: 'AWS::EC2::VPCPeeringConnection',
  tgw: 'AWS::EC2::TransitGateway',
} as const;

/** The hops of an opening as far as the security groups, in the order in which a packet meets them. */
export function entryHops(
  view: View,
  to: NetworkInterface,
  opening: Opening,
  witness: Witness,
  admitting: readonly GroupRule[],
): readonly NetworkHop[] {
  const entry =
    opening.category === 'load-balancer' ? balancerHops(view, to, opening) : gatewayHops(view, to, opening, witness);
  return [...entry, ...groupHops(opening.protocol, admitting)];
}

/** The last hops: the interface and its instance. */
export function exitHops(view: View, to: NetworkInterface, opening: Opening, ports: PortRange): readonly NetworkHop[] {
  return [interfaceHop(to, opening, witnessOf(view, to, opening, ports)), instanceHop(view, to)];
}

/** One packet of an opening, to the first of some ports that it opens. */
export function witnessOf(view: View, to: NetworkInterface, opening: Opening, [first, last]: PortRange): Witness {
  const { family, protocol, region } = opening;
  const slab = region.find((one) => one.from <= last && first < one.to);
  const port = Math.max(first, slab?.from ?? first);
  const seen = opening.passes.seen;
  const point = (seen?.addresses ?? addressesAt(region, port))[0] as Point;
  const target = to.addresses.find((address) => isTargetOf(view, to, opening, address)) ?? to.addresses[0];
  if (target === undefined) throw new Error(`Interface ${to.id} has no address.`);
  return { source: { family: seen?.family ?? family, point }, to: target, port, protocol };
}

/** Whether an opening leads to an address: the gateway's own table may treat each address of an interface differently. */
function isTargetOf(view: View, to: NetworkInterface, opening: Opening, address: InterfaceAddress): boolean {
  const { category, via, family, passes } = opening;
  if (address.family !== (passes.seen?.family ?? family)) return false;
  if (category !== 'internet' && category !== 'conditional' && category !== 'vgw') return true;
  if (category !== 'vgw' && !isOfInternet(address, family)) return false;
  const entry = entryAt(view.topology, via, to.vpcId, address);
  return entry.kind === 'appliance' ? entry.id === passes.applianceId : entry.kind === 'deliver' && !passes.applianceId;
}

function gatewayHops(view: View, to: NetworkInterface, opening: Opening, witness: Witness): readonly NetworkHop[] {
  if (opening.category === 'load-balancer') return [];
  const { topology } = view;
  const { category, via, passes } = opening;
  const gateway: NetworkHop = { type: TYPES[category], id: via, because: joined(view, to, opening, witness) };
  const [source, target] = passes.attachments ?? [];
  const before = sourceHops(view, passes.fromSubnetIds ?? [], source?.subnetId ?? null, via, witness);
  const table = topology.tableOfGateway.get(via);
  const entry = entryAt(topology, via, to.vpcId, witness.to);
  const edge: readonly NetworkHop[] =
    table === undefined
      ? []
      : [{ type: 'AWS::EC2::RouteTable', id: table.id, because: edgeText(entry.kind, passes.applianceId) }];
  const appliance: readonly NetworkHop[] =
    passes.applianceId === undefined
      ? []
      : [
          {
            type: passes.applianceId.startsWith('vpce-') ? 'AWS::EC2::VPCEndpoint' : 'AWS::EC2::NetworkInterface',
            id: passes.applianceId,
            because: 'an appliance sees both directions; its rules are not modelled',
          },
        ];
  return [
    ...before,
    gateway,
    ...edge,
    ...appliance,
    returnHop(view, to, passes.applianceId ?? via, witness),
    ...targetLists(view, to.subnetId, target?.subnetId ?? null, witness),
  ];
}

/** The lists at the target. In the subnet of the transit gateway's attachment itself its list is not asked. */
function targetLists(view: View, subnetId: string, attached: string | null, witness: Witness): readonly NetworkHop[] {
  if (attached === subnetId) return [];
  const { to, protocol, port } = witness;
  const acl = attached === null ? undefined : view.aclOf(attached);
  const leaving = acl === undefined ? undefined : decidingEntry(acl.egress, protocol, to, port);
  return [...attachmentHop(acl, leaving, 'out of', witness), listHop(view, subnetId, witness)];
}

/** The list of the subnet that a transit gateway is attached to. */
function attachmentHop(
  acl: NetworkAcl | undefined,
  entry: AclEntry | undefined,
  direction: 'into' | 'out of',
  { protocol, port }: Witness,
): readonly NetworkHop[] {
  if (acl === undefined) return [];
  const because = `rule ${entry?.number ?? '-'} lets ${port}/${protocol} ${direction} the gateway's attachment`;
  return [{ type: 'AWS::EC2::NetworkAcl', id: acl.id, because }];
}

function edgeText(kind: 'deliver' | 'appliance' | 'drop', applianceId: string | undefined): string {
  return kind === 'appliance' ? `what enters is sent to ${applianceId}` : 'what enters is delivered';
}

function joined(
  view: View,
  to: NetworkInterface,
  { category, via, passes }: Opening,
  { to: target, source }: Witness,
): string {
  if (category === 'peer')
    return `is active between ${view.topology.subnets.get(passes.fromSubnetIds?.[0] ?? '')?.vpcId} and ${to.vpcId}`;
  if (category !== 'tgw') return `is attached to ${to.vpcId}`;
  const gateway = view.topology.transitGateways.find(({ id }) => id === via);
  const [from, until] = passes.attachments ?? [];
  const there = bestTransitRoute(gateway?.tables.get(from?.attachmentId ?? ''), target);
  const back = bestTransitRoute(gateway?.tables.get(until?.attachmentId ?? ''), source);
  const table = gateway?.tables.get(from?.attachmentId ?? '')?.id ?? 'its table';
  return `${table} sends ${there?.text ?? addressText(target)} to ${until?.attachmentId}, and ${back?.text ?? addressText(source)} returns to ${from?.attachmentId}`;
}

function sourceHops(
  view: View,
  ids: readonly string[],
  attached: string | null,
  via: string,
  witness: Witness,
): readonly NetworkHop[] {
  const { source, to, protocol, port } = witness;
  const subnetId = ids.find((id) => view.topology.subnets.get(id)?.blocks.some((block) => holds(block, source)));
  if (subnetId === undefined) return [];
  const table = view.tableOf(subnetId);
  const route = table === undefined ? undefined : bestRoute(table, view.topology.vpcs.get(table.vpcId), to);
  const acl = view.aclOf(subnetId);
  const leaving = acl === undefined ? undefined : decidingEntry(acl.egress, protocol, to, port);
  const joined = attached === null || attached === subnetId ? undefined : view.aclOf(attached);
  const entering = joined === undefined ? undefined : decidingEntry(joined.ingress, protocol, source, port);
  return [
    {
      type: 'AWS::EC2::Subnet',
      id: subnetId,
      because: `${table?.id ?? 'its table'} sends ${route?.text ?? addressText(to)} to ${via}`,
    },
    ...(acl === undefined
      ? []
      : [
          {
            type: 'AWS::EC2::NetworkAcl',
            id: acl.id,
            because: `rule ${leaving?.number ?? '-'} lets ${port}/${protocol} out`,
          },
        ]),
    ...attachmentHop(joined, entering, 'into', witness),
  ];
}

function returnHop(view: View, to: NetworkInterface, target: string, { source }: Witness): NetworkHop {
  const table = view.tableOf(to.subnetId);
  const route = table === undefined ? undefined : bestRoute(table, view.topology.vpcs.get(table.vpcId), source);
  return {
    type: 'AWS::EC2::RouteTable',
    id: table?.id ?? to.subnetId,
    because: `${route?.text ?? addressText(source)} goes to ${target}, so answers leave the way that calls come`,
  };
}

/** The list of the target's subnet, in and out. */
function listHop(view: View, subnetId: string, { source, protocol, port }: Witness): NetworkHop {
  const acl = view.aclOf(subnetId);
  if (acl === undefined) return { type: 'AWS::EC2::NetworkAcl', id: subnetId, because: 'was not read' };
  const entering = decidingEntry(acl.ingress, protocol, source, port);
  const back = intersect(view.clientPorts, portsFrom(view.aclOut(subnetId, source.family, protocol), source.point));
  const leaving = decidingEntry(acl.egress, protocol, source, Number(back[0] ?? 0));
  const numbers =
    entering?.number === leaving?.number
      ? `rule ${entering?.number} lets ${port}/${protocol} in, and answers out`
      : `rule ${entering?.number} lets ${port}/${protocol} in, and rule ${leaving?.number} lets answers out`;
  return { type: 'AWS::EC2::NetworkAcl', id: acl.id, because: numbers };
}

function balancerHops(view: View, to: NetworkInterface, { passes }: Opening): readonly NetworkHop[] {
  const listeners = passes.listeners ?? [];
  const hops = listeners.flatMap(({ balancerId, listenerId, port }, at): readonly NetworkHop[] => {
    const balancer = view.topology.loadBalancers.find(({ id }) => id === balancerId);
    const isClassic = balancer?.kind === 'classic';
    const type = isClassic ? 'AWS::ElasticLoadBalancing::LoadBalancer' : 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    const because =
      at === 0
        ? `${balancer?.name} faces the internet and listens at ${port}`
        : `${balancer?.name} is a target of the one before it, at ${port}`;
    const listener = {
      type: 'AWS::ElasticLoadBalancingV2::Listener',
      id: listenerId,
      because: `forwards what comes at ${port}`,
    };
    return [{ type, id: balancerId, because }, ...(isClassic ? [] : [listener])];
  });
  const isClassic = passes.targetGroupId?.startsWith('arn:') === false;
  const group = {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    id: passes.targetGroupId ?? '',
    because: `${to.id} is one of its targets`,
  };
  return isClassic ? hops : [...hops, group];
}

/** One hop for each group that admits some of the ports, with its rules. */
function groupHops(protocol: Protocol, admitting: readonly GroupRule[]): readonly NetworkHop[] {
  const ids = [...new Set(admitting.map(({ groupId }) => groupId))];
  return ids.map((id) => {
    const rules = admitting.filter(({ groupId }) => groupId === id).map((rule) => ruleText(rule, protocol));
    return {
      type: 'AWS::EC2::SecurityGroup',
      id,
      because: `admits ${rules.slice(0, 4).join('; ')}${rules.length > 4 ? `; and ${rules.length - 4} more` : ''}`,
    };
  });
}

/** A rule in words, such as `22/tcp from 0.0.0.0/0`. */
function ruleText({ ports, party }: GroupRule, protocol: Protocol): string {
  const last = ports.to - 1;
  const range = ports.from === last ? String(last) : `${ports.from}-${last}`;
  const all = ports.from === 0 && last === 65_535;
  return `${all ? 'every port' : range}/${protocol} from ${partyText(party)}`;
}

/** A rule in the words of the API. */
export function toIngressRule({ groupId, permission, party }: GroupRule): IngressRule {
  const { protocol, from, to } = permission;
  return { groupId, protocol, from, to, source: partyText(party) };
}

export function partyText(party: GroupRule['party']): string {
  return party.kind === 'block' || party.kind === 'unreadable' ? party.text : party.id;
}

function interfaceHop(to: NetworkInterface, { category, family }: Opening, { to: target }: Witness): NetworkHop {
  const type = 'AWS::EC2::NetworkInterface';
  if (category !== 'internet' && category !== 'conditional')
    return { type, id: to.id, because: `has ${addressText(target)}` };
  if (family === 'ipv6') return { type, id: to.id, because: `has the global address ${target.text}` };
  return { type, id: to.id, because: `has ${target.text}, which the internet calls ${target.publicText}` };
}

function instanceHop(view: View, to: NetworkInterface): NetworkHop {
  const state = view.topology.instances.get(to.instanceId ?? '')?.state ?? 'unknown';
  return { type: 'AWS::EC2::Instance', id: to.instanceId ?? '', because: `is ${state}` };
}
