import { type Address, addressesOf, EVERYWHERE, type Family, holds } from '../address.ts';
import { has, type Intervals, intersect, NOTHING, subtract, union } from '../intervals.ts';
import type { Opening } from '../opening.ts';
import { addressesIn, intersectRegions, ofAddresses, ofPorts, type Region } from '../region.ts';
import type {
  NetworkInterface,
  Protocol,
  Subnet,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitTable,
} from '../topology.ts';
import type { View } from '../view.ts';
import { refersToUnseen } from './peering.ts';

/** The interface's end of a transit gateway: its attachment and the attachment's subnet in the interface's zone. */
interface End {
  readonly gateway: TransitGateway;
  readonly attachment: TransitAttachment;
  readonly subnetId: string;
}

/** Ways in from whatever else is attached to the transit gateways of the VPC. */
export function openingsFromTransit(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
): readonly Opening[] {
  return endsOf(view, to).flatMap((end) => {
    const returning = view.routes(to.subnetId, family).to(end.gateway.id);
    if (returning.length === 0) return [];
    return end.gateway.attachments
      .filter((other) => other.id !== end.attachment.id)
      .flatMap((other) => {
        const sources = intersect(returning, sentTo(view, end, family, other.id));
        if (sources.length === 0) return [];
        return to.addresses
          .filter((address) => address.family === family && isForwarded(view, end, other.id, address))
          .flatMap((address) => fromAttachment(view, to, protocol, end, other, address, sources))
          .filter((opening) => opening.region.length > 0);
      });
  });
}

function endsOf(view: View, to: NetworkInterface): readonly End[] {
  const zone = view.topology.subnets.get(to.subnetId)?.zone;
  return view.topology.transitGateways.flatMap((gateway) =>
    gateway.attachments
      .filter(({ vpcId }) => vpcId === to.vpcId)
      .flatMap((attachment) => {
        const subnetId = inZone(view, attachment, zone);
        return subnetId === undefined ? [] : [{ gateway, attachment, subnetId }];
      }),
  );
}

function inZone(view: View, attachment: TransitAttachment, zone: string | undefined): string | undefined {
  return attachment.subnetIds.find((id) => view.topology.subnets.get(id)?.zone === zone && zone !== undefined);
}

/** Without any table the gateway was not described; an attachment without one sends nothing on. */
function isDescribed({ tables }: TransitGateway): boolean {
  return tables.size > 0;
}

function sentTo(view: View, { gateway, attachment }: End, family: Family, other: string): Intervals {
  if (!isDescribed(gateway)) return view.hopeful ? EVERYWHERE[family] : NOTHING;
  const table = gateway.tables.get(attachment.id);
  let decided = NOTHING;
  let sent = NOTHING;
  for (const route of ranked(table, family)) {
    const own = subtract(addressesOf([route.block]), decided);
    decided = union(decided, own);
    if (!route.isBlackhole && route.attachmentIds.includes(other)) sent = union(sent, own);
  }
  return sent;
}

function isForwarded(view: View, { gateway, attachment }: End, from: string, address: Address): boolean {
  if (!isDescribed(gateway)) return view.hopeful;
  const route = bestTransitRoute(gateway.tables.get(from), address);
  return route !== undefined && !route.isBlackhole && route.attachmentIds.includes(attachment.id);
}

export function bestTransitRoute(table: TransitTable | undefined, address: Address): TransitRoute | undefined {
  return ranked(table, address.family).find(({ block }) => holds(block, address));
}

const RANKED = new WeakMap<TransitTable, Map<Family, readonly TransitRoute[]>>();

/** Longest prefix first, then static before propagated; each table is ranked once. */
function ranked(table: TransitTable | undefined, family: Family): readonly TransitRoute[] {
  if (table === undefined) return [];
  const known = RANKED.get(table) ?? new Map<Family, readonly TransitRoute[]>();
  RANKED.set(table, known);
  const routes = known.get(family) ?? rank(table, family);
  known.set(family, routes);
  return routes;
}

function rank(table: TransitTable, family: Family): readonly TransitRoute[] {
  return table.routes
    .filter(({ block }) => block.family === family)
    .toSorted((a, b) => b.block.length - a.block.length || Number(a.isPropagated) - Number(b.isPropagated));
}

function fromAttachment(
  view: View,
  to: NetworkInterface,
  protocol: Protocol,
  end: End,
  other: TransitAttachment,
  address: Address,
  sources: Intervals,
): readonly Opening[] {
  const { family } = address;
  const isUnseen = other.vpcId !== null && !view.topology.vpcs.has(other.vpcId);
  if (isUnseen && !view.hopeful) return [];
  if (other.vpcId === null || isUnseen) {
    const unseen = isUnseen && end.gateway.refersToGroups ? refersToUnseen(view, to.groupIds, family) : undefined;
    const admitted = view.admitted(to.groupIds, family, protocol, unseen === undefined ? '' : 'unseen', unseen);
    const name = `${end.attachment.id} ${other.id} ${to.subnetId} ${family} ${protocol} ${view.cellOf(address)}`;
    const through = view.shared(name, () => {
      const arriving = arrive(view, to, protocol, end, address, view.everyPort(sources));
      return answered(view, to, protocol, end, address, arriving);
    });
    return [openingBy(end, other, null, protocol, family, intersectRegions(admitted, through))];
  }
  const vpcId = other.vpcId;
  const isReferred = end.gateway.refersToGroups && end.attachment.refersToGroups && other.refersToGroups;
  const referred = isReferred ? { referredVpcId: vpcId } : {};
  const admitted = view.admittedFrom(referred.referredVpcId, to.groupIds, family, protocol);
  const attachedOf = (subnet: Subnet): string | undefined => inZone(view, other, subnet.zone);
  const kinds = view.kindsOfSubnets(vpcId, other.id, (subnet) => wayOut(view, subnet, attachedOf(subnet)));
  return kinds.flatMap(({ subnets, addresses }) => {
    const [from] = subnets;
    const own = intersect(addresses[family], sources);
    const attached = attachedOf(from);
    const isSent = own.length > 0 && has(view.routes(from.id, family).to(end.gateway.id), address.point);
    if (attached === undefined || !isSent) return [];
    const name = `${end.attachment.id} ${other.id} ${to.subnetId} ${from.id} ${family} ${protocol} ${view.cellOf(address)}`;
    const through = view.shared(name, () => {
      const leaving = leave(view, protocol, from, attached, address, view.everyPort(own));
      const arriving = arrive(view, to, protocol, end, address, leaving);
      return answered(view, to, protocol, end, address, arriving, { from, attached });
    });
    const region = intersectRegions(admitted, through);
    return [openingBy(end, other, { subnets, attached, ...referred }, protocol, family, region)];
  });
}

/** What tells subnets apart at the source: the list of the attachment's subnet, and whether it is their own. */
function wayOut(view: View, subnet: Subnet, attached: string | undefined): unknown {
  if (attached === undefined || attached === subnet.id) return attached;
  return view.aclOf(attached) ?? attached;
}

/** The lists at the source: out of its subnet by destination, into the attachment's subnet by source. */
function leave(view: View, protocol: Protocol, from: Subnet, attached: string, to: Address, region: Region): Region {
  const called = ofPorts(region, view.aclPorts(from.id, 'egress', to, protocol));
  return intersectRegions(called, view.aclIn(attached, to.family, protocol));
}

/**
 * The lists at the target. Traffic of the transit gateway to an interface in the attachment's own subnet is not judged
 * (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html).
 */
function arrive(
  view: View,
  to: NetworkInterface,
  protocol: Protocol,
  end: End,
  address: Address,
  region: Region,
): Region {
  if (end.subnetId === to.subnetId) return region;
  const called = ofPorts(region, view.aclPorts(end.subnetId, 'egress', address, protocol));
  return intersectRegions(called, view.aclIn(to.subnetId, address.family, protocol));
}

/** What of it gets an answer: the lists of both sides let it through on one port of the client. */
function answered(
  view: View,
  to: NetworkInterface,
  protocol: Protocol,
  end: End,
  address: Address,
  region: Region,
  source?: { readonly from: Subnet; readonly attached: string },
): Region {
  const { family } = address;
  let ports = intersect(view.clientPorts, view.aclPorts(end.subnetId, 'ingress', address, protocol));
  let leaving = view.aclOut(to.subnetId, family, protocol);
  if (source !== undefined && source.from.id !== source.attached) {
    ports = intersect(ports, view.aclPorts(source.from.id, 'ingress', address, protocol));
    leaving = intersectRegions(leaving, view.aclOut(source.attached, family, protocol));
  }
  return ofAddresses(region, addressesIn(ofPorts(leaving, ports)));
}

function openingBy(
  end: End,
  other: TransitAttachment,
  source: { readonly subnets: readonly Subnet[]; readonly attached: string; readonly referredVpcId?: string } | null,
  protocol: Protocol,
  family: Family,
  region: Region,
): Opening {
  return {
    category: 'tgw',
    via: end.gateway.id,
    family,
    protocol,
    region,
    passes: {
      ...(source === null ? {} : { fromSubnetIds: source.subnets.map(({ id }) => id) }),
      ...(source?.referredVpcId === undefined ? {} : { referredVpcId: source.referredVpcId }),
      attachments: [
        { attachmentId: other.id, subnetId: source?.attached ?? null },
        { attachmentId: end.attachment.id, subnetId: end.subnetId },
      ],
    },
  };
}
