import { tellBalanced } from './packet-balancers.ts';
import { cutIntoCells, eachFamily, type PortCell } from './packet-cells.ts';
import {
  aclAllows,
  addressesOfInterface,
  addressesOfSubnet,
  attachedInternetGateways,
  attachedVpnGateways,
  edgeOf,
  groupsAdmit,
  groupsOfInterface,
  internetAddresses,
  isShutToPublic,
  isWornAt,
  nextHop,
  type Packet,
  publicDestinations,
  type Question,
  someClientPort,
  subnetById,
  type World,
} from './packet-filters.ts';
import { tellTransit } from './packet-transit.ts';
import type {
  FamilyPorts,
  InterfaceAnswer,
  NetworkInterface,
  PacketAnswer,
  PeeringConnection,
  Ports,
  Protocol,
  Subnet,
  TopologyFile,
} from './topology-file.ts';

/** Decides every port of every interface packet by packet, with no set arithmetic at all. */
export function reachByPackets(file: TopologyFile): PacketAnswer {
  const world: World = { file, cells: cutIntoCells(file) };
  const answer: PacketAnswer = {};
  for (const face of file.NetworkInterfaces ?? []) answer[face.NetworkInterfaceId] = answerFor(world, face);
  const balanced = new Map<string, Set<number>>();
  tellBalanced(
    world,
    (face) => isConsidered(world, face),
    (face, protocol, port) => {
      const key = `${face.NetworkInterfaceId} ${protocol}`;
      balanced.set(key, (balanced.get(key) ?? new Set()).add(port));
    },
  );
  for (const [key, ports] of balanced) {
    const [id = '', protocol] = key.split(' ');
    const cells = [...ports].sort((a, b) => a - b).map((port) => ({ first: port, last: port }));
    (answer[id] as InterfaceAnswer).loadBalancer[protocol as Protocol] = merge(cells);
  }
  return answer;
}

function answerFor(world: World, face: NetworkInterface): InterfaceAnswer {
  const subnet = subnetById(world, face.SubnetId);
  if (subnet === undefined || !isConsidered(world, face)) return emptyAnswer();
  const ask = (open: (question: Question) => PortCell[]) => askAll(face, subnet, open);
  const everyGateway = <T>(ids: readonly T[], idOf: (each: T) => string, open: (q: Question, each: T) => PortCell[]) =>
    withoutEmpty(ids.map((each) => [idOf(each), ask((question) => open(question, each))]));
  return {
    ...emptyAnswer(),
    direct: ask((question) => directPorts(world, question)),
    conditional: ask((question) => conditionalPorts(world, question)),
    vgw: everyGateway(attachedVpnGateways(world, subnet.VpcId), String, (question, id) =>
      vpnPorts(world, question, id),
    ),
    peer: everyGateway(
      activePeerings(world, subnet.VpcId),
      (each) => each.VpcPeeringConnectionId,
      (question, each) => peerPorts(world, question, each),
    ),
    tgw: everyGateway(transitGatewaysOf(world, subnet.VpcId), String, (question, id) =>
      portsWhere(world, (port) => tellTransit(world, question, id, port)),
    ),
  };
}

function isConsidered(world: World, face: NetworkInterface): boolean {
  const attachment = face.Attachment;
  if (attachment?.InstanceId === undefined || ['detached', 'detaching'].includes(attachment.Status ?? '')) return false;
  const instance = world.file.Instances?.find((each) => each.InstanceId === attachment.InstanceId);
  return ['running', 'pending'].includes(instance?.State?.Name ?? '');
}

function directPorts(world: World, question: Question): PortCell[] {
  const gateway = openGateways(world, question).find((id) => edges(world, question, id).includes('deliver'));
  if (gateway === undefined) return [];
  return portsFrom(world, question, internetAddresses(world, question.family), [gateway]);
}

function conditionalPorts(world: World, question: Question): PortCell[] {
  const appliances = openGateways(world, question)
    .flatMap((id) => edges(world, question, id))
    .filter((edge) => edge !== 'deliver' && edge !== 'drop');
  if (appliances.length === 0) return [];
  return portsFrom(world, question, internetAddresses(world, question.family), appliances);
}

function openGateways(world: World, { subnet }: Question): string[] {
  return isShutToPublic(world, subnet) ? [] : attachedInternetGateways(world, subnet.VpcId);
}

function edges(world: World, { face, family }: Question, gateway: string): string[] {
  return publicDestinations(world, face, family).map((address) => edgeOf(world, gateway, family, address));
}

function vpnPorts(world: World, question: Question, gateway: string): PortCell[] {
  const { face, family } = question;
  const isDelivered = addressesOfInterface(face, family).some(
    (address) => edgeOf(world, gateway, family, address) === 'deliver',
  );
  return isDelivered ? portsFrom(world, question, world.cells.addresses[family], [gateway]) : [];
}

/** The ports that some of the sources open when the reply must leave through one of the hops. */
function portsFrom(world: World, question: Question, sources: readonly bigint[], hops: readonly string[]): PortCell[] {
  const { face, subnet, family, protocol } = question;
  const answered = sources.filter(
    (address) =>
      hops.includes(nextHop(world, subnet, family, address)) &&
      someClientPort(world, (port) => aclAllows(world, subnet, 'out', { family, protocol, address, port })),
  );
  return portsWhere(world, (port) =>
    answered.some((address) => {
      const packet = { family, protocol, address, port };
      return (
        aclAllows(world, subnet, 'in', packet) && groupsAdmit(world, groupsOfInterface(face), 'IpPermissions', packet)
      );
    }),
  );
}

function activePeerings(world: World, vpcId: string): PeeringConnection[] {
  return (world.file.VpcPeeringConnections ?? []).filter(
    (each) =>
      each.Status?.Code === 'active' && [each.RequesterVpcInfo.VpcId, each.AccepterVpcInfo.VpcId].includes(vpcId),
  );
}

function peerPorts(world: World, question: Question, peering: PeeringConnection): PortCell[] {
  const { RequesterVpcInfo: requester, AccepterVpcInfo: accepter } = peering;
  const other = requester.VpcId === question.subnet.VpcId ? accepter.VpcId : requester.VpcId;
  const isOneRegion =
    requester.Region === undefined || accepter.Region === undefined || requester.Region === accepter.Region;
  const isReferenced = (group: string, address: bigint) =>
    isOneRegion && isWornAt(world, other, group, question.family, address);
  const subnets = (world.file.Subnets ?? []).filter((subnet) => subnet.VpcId === other);
  return portsWhere(world, (port) =>
    subnets.some((source) => subnetPeers(world, question, peering.VpcPeeringConnectionId, source, port, isReferenced)),
  );
}

function subnetPeers(
  world: World,
  question: Question,
  peering: string,
  source: Subnet,
  port: number,
  isReferenced: (group: string, address: bigint) => boolean,
): boolean {
  const { face, subnet, family, protocol } = question;
  const destinations = addressesOfInterface(face, family).filter(
    (address) => nextHop(world, source, family, address) === peering,
  );
  if (destinations.length === 0) return false;
  const senders = addressesOfSubnet(world, source, family).filter(
    (address) =>
      nextHop(world, subnet, family, address) === peering &&
      groupsAdmit(world, groupsOfInterface(face), 'IpPermissions', { family, protocol, address, port }, (group) =>
        isReferenced(group, address),
      ),
  );
  return senders.some((sender) =>
    destinations.some((destination) =>
      passesBothLists(
        world,
        source,
        subnet,
        { family, protocol, address: sender, port },
        { family, protocol, address: destination, port },
      ),
    ),
  );
}

function passesBothLists(world: World, source: Subnet, subnet: Subnet, inward: Packet, outward: Packet): boolean {
  if (!aclAllows(world, source, 'out', outward) || !aclAllows(world, subnet, 'in', inward)) return false;
  return someClientPort(
    world,
    (port) =>
      aclAllows(world, subnet, 'out', { ...inward, port }) && aclAllows(world, source, 'in', { ...outward, port }),
  );
}

function transitGatewaysOf(world: World, vpcId: string): string[] {
  const attachments = (world.file.TransitGatewayVpcAttachments ?? []).filter(
    (each) => each.VpcId === vpcId && each.State === 'available',
  );
  return [...new Set(attachments.map((each) => each.TransitGatewayId))];
}

function portsWhere(world: World, isOpen: (port: number) => boolean): PortCell[] {
  return world.cells.ports.filter((cell) => isOpen(cell.first));
}

function askAll(face: NetworkInterface, subnet: Subnet, open: (question: Question) => PortCell[]): FamilyPorts {
  return eachFamily((family) => ({
    tcp: merge(open({ face, subnet, family, protocol: 'tcp' })),
    udp: merge(open({ face, subnet, family, protocol: 'udp' })),
  }));
}

function merge(cells: readonly PortCell[]): Ports {
  const merged: Ports = [];
  for (const { first, last } of cells) {
    const previous = merged.at(-1);
    if (previous !== undefined && previous[1] + 1 === first) previous[1] = last;
    else merged.push([first, last]);
  }
  return merged;
}

function emptyFamilies(): FamilyPorts {
  return eachFamily(() => ({ tcp: [], udp: [] }));
}

function emptyAnswer(): InterfaceAnswer {
  return {
    direct: emptyFamilies(),
    conditional: emptyFamilies(),
    loadBalancer: { tcp: [], udp: [] },
    peer: {},
    vgw: {},
    tgw: {},
    unknown: [],
  };
}

function withoutEmpty(entries: [string, FamilyPorts][]): Record<string, FamilyPorts> {
  const isOpen = ({ ipv4, ipv6 }: FamilyPorts) =>
    [ipv4.tcp, ipv4.udp, ipv6.tcp, ipv6.udp].some((ports) => ports.length > 0);
  return Object.fromEntries(entries.filter(([, ports]) => isOpen(ports)));
}
