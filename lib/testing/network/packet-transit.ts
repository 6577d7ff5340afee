import { blockHolds, parseBlock } from './packet-cells.ts';
import {
  aclAllows,
  addressesOfInterface,
  addressesOfSubnet,
  groupsAdmit,
  groupsOfInterface,
  isWornAt,
  nextHop,
  type Packet,
  type Question,
  someClientPort,
  subnetById,
  type World,
} from './packet-filters.ts';
import type { Family, Subnet, TransitAttachment, TransitRoute, TransitTable } from './topology-file.ts';

interface Crossing {
  question: Question;
  gateway: string;
  port: number;
  /** The attachment of the asked interface's VPC and its subnet in that interface's zone. */
  own: TransitAttachment;
  door: Subnet;
}

interface Sender {
  subnet: Subnet;
  door: Subnet;
}

/** Whether some source behind another attachment of the transit gateway opens the port. */
export function tellTransit(world: World, question: Question, gateway: string, port: number): boolean {
  const attachments = (world.file.TransitGatewayVpcAttachments ?? []).filter(
    (each) => each.TransitGatewayId === gateway && each.State === 'available',
  );
  return attachments
    .filter((own) => own.VpcId === question.subnet.VpcId)
    .some((own) => {
      const door = doorOf(world, own, question.subnet);
      if (door === undefined) return false;
      const crossing = { question, gateway, port, own, door };
      const others = attachments.filter((each) => each.VpcId !== own.VpcId);
      return others.some((other) => arrivesFromVpc(world, crossing, other)) || arrivesFromElsewhere(world, crossing);
    });
}

/** The subnet of the attachment in the zone of this subnet. */
function doorOf(world: World, attachment: TransitAttachment, subnet: Subnet): Subnet | undefined {
  return (attachment.SubnetIds ?? [])
    .map((id) => subnetById(world, id))
    .find((each) => each !== undefined && each.AvailabilityZone === subnet.AvailabilityZone);
}

function arrivesFromVpc(world: World, crossing: Crossing, other: TransitAttachment): boolean {
  const { family } = crossing.question;
  return (world.file.Subnets ?? [])
    .filter((subnet) => subnet.VpcId === other.VpcId)
    .some((subnet) => {
      const door = doorOf(world, other, subnet);
      if (door === undefined) return false;
      return addressesOfSubnet(world, subnet, family)
        .filter((source) => returnsTo(world, crossing, source, other.TransitGatewayAttachmentId))
        .filter((source) => groupAdmits(world, crossing, source, other))
        .some((source) =>
          destinationsFrom(world, crossing, subnet, other).some((destination) =>
            passesEveryList(world, crossing, source, destination, { subnet, door }),
          ),
        );
    });
}

function destinationsFrom(world: World, crossing: Crossing, subnet: Subnet, other: TransitAttachment): bigint[] {
  const { face, family } = crossing.question;
  return addressesOfInterface(face, family).filter(
    (destination) =>
      nextHop(world, subnet, family, destination) === crossing.gateway &&
      leadsTo(world, crossing, other.TransitGatewayAttachmentId, destination, crossing.own.TransitGatewayAttachmentId),
  );
}

function arrivesFromElsewhere(world: World, crossing: Crossing): boolean {
  const { face, family } = crossing.question;
  const own = crossing.own.TransitGatewayAttachmentId;
  return foreignAttachments(world, crossing.gateway).some((foreign) => {
    const destinations = addressesOfInterface(face, family).filter((destination) =>
      leadsTo(world, crossing, foreign, destination, own),
    );
    if (destinations.length === 0) return false;
    return world.cells.addresses[family]
      .filter((source) => returnsTo(world, crossing, source, foreign))
      .filter((source) => groupAdmits(world, crossing, source))
      .some((source) => destinations.some((destination) => passesEveryList(world, crossing, source, destination)));
  });
}

function foreignAttachments(world: World, gateway: string): string[] {
  return tablesOf(world, gateway)
    .flatMap((table) => table.Associations ?? [])
    .filter((entry) => entry.ResourceType !== undefined && entry.ResourceType !== 'vpc')
    .map((entry) => entry.TransitGatewayAttachmentId);
}

function returnsTo(world: World, crossing: Crossing, source: bigint, attachment: string): boolean {
  const { subnet, family } = crossing.question;
  if (nextHop(world, subnet, family, source) !== crossing.gateway) return false;
  return leadsTo(world, crossing, crossing.own.TransitGatewayAttachmentId, source, attachment);
}

function groupAdmits(world: World, crossing: Crossing, address: bigint, other?: TransitAttachment): boolean {
  const { face, family, protocol } = crossing.question;
  const packet = { family, protocol, address, port: crossing.port };
  return groupsAdmit(world, groupsOfInterface(face), 'IpPermissions', packet, (group) =>
    other !== undefined && allowsReferences(world, crossing, other)
      ? isWornAt(world, other.VpcId, group, family, address)
      : false,
  );
}

function allowsReferences(world: World, crossing: Crossing, other: TransitAttachment): boolean {
  const gateway = world.file.TransitGateways?.find((each) => each.TransitGatewayId === crossing.gateway);
  return [gateway, crossing.own, other].every((each) => each?.Options?.SecurityGroupReferencingSupport === 'enable');
}

function passesEveryList(
  world: World,
  crossing: Crossing,
  source: bigint,
  destination: bigint,
  sender?: Sender,
): boolean {
  const { family, protocol } = crossing.question;
  const from = (port: number): Packet => ({ family, protocol, address: source, port });
  const to = (port: number): Packet => ({ family, protocol, address: destination, port });
  const goes = leavesSender(world, from(crossing.port), to(crossing.port), sender);
  if (!goes || !entersTarget(world, crossing, from(crossing.port), to(crossing.port))) return false;
  return someClientPort(
    world,
    (port) =>
      leavesTarget(world, crossing, from(port), to(port)) && returnsToSender(world, from(port), to(port), sender),
  );
}

function leavesSender(world: World, from: Packet, to: Packet, sender: Sender | undefined): boolean {
  if (sender === undefined) return true;
  return aclAllows(world, sender.subnet, 'out', to) && aclAllows(world, sender.door, 'in', from);
}

function entersTarget(world: World, { question, door }: Crossing, from: Packet, to: Packet): boolean {
  if (door.SubnetId === question.subnet.SubnetId) return true;
  return aclAllows(world, door, 'out', to) && aclAllows(world, question.subnet, 'in', from);
}

function leavesTarget(world: World, { question, door }: Crossing, from: Packet, to: Packet): boolean {
  return aclAllows(world, question.subnet, 'out', from) && aclAllows(world, door, 'in', to);
}

function returnsToSender(world: World, from: Packet, to: Packet, sender: Sender | undefined): boolean {
  if (sender === undefined || sender.subnet.SubnetId === sender.door.SubnetId) return true;
  return aclAllows(world, sender.door, 'out', from) && aclAllows(world, sender.subnet, 'in', to);
}

function tablesOf(world: World, gateway: string): TransitTable[] {
  return (world.file.TransitGatewayRouteTables ?? []).filter((table) => table.TransitGatewayId === gateway);
}

/** Whether the table associated with the first attachment sends the address to the second. */
function leadsTo(world: World, { gateway, question }: Crossing, from: string, address: bigint, to: string): boolean {
  const table = tablesOf(world, gateway).find((each) =>
    each.Associations?.some((entry) => entry.TransitGatewayAttachmentId === from),
  );
  const route = bestTransitRoute(table?.Routes ?? [], question.family, address);
  if (route === undefined || route.State === 'blackhole') return false;
  return (route.TransitGatewayAttachments ?? []).some((each) => each.TransitGatewayAttachmentId === to);
}

function bestTransitRoute(routes: readonly TransitRoute[], family: Family, address: bigint): TransitRoute | undefined {
  let best: TransitRoute | undefined;
  for (const route of routes) {
    if (!['active', 'blackhole'].includes(route.State)) continue;
    if (!blockHolds(route.DestinationCidrBlock, family, address)) continue;
    if (best === undefined || isBetter(route, best)) best = route;
  }
  return best;
}

function isBetter(one: TransitRoute, other: TransitRoute): boolean {
  const [length = 0, otherLength = 0] = [one, other].map((route) => parseBlock(route.DestinationCidrBlock)?.length);
  if (length !== otherLength) return length > otherLength;
  return one.Type !== 'propagated' && other.Type === 'propagated';
}
