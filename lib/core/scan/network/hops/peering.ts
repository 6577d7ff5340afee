import { addressesOf, EVERYWHERE, type Family } from '../address.ts';
import { has, type Intervals, intersect } from '../intervals.ts';
import type { Opening } from '../opening.ts';
import { intersectRegions, ofAddresses, ofPorts, type Region } from '../region.ts';
import type { InterfaceAddress, NetworkInterface, Peering, PeeringSide, Protocol } from '../topology.ts';
import type { SubnetKind, View } from '../view.ts';

/** The other side of a peering; null where it is none of this VPC. */
export function otherSide(peering: Peering, vpcId: string): PeeringSide | null {
  const [one, other] = peering.sides;
  if (one.vpcId === vpcId) return other;
  return other.vpcId === vpcId ? one : null;
}

function refersAcross({ sides: [one, other] }: Peering): boolean {
  return one.region === null || other.region === null || one.region === other.region;
}

/** Ways in from the subnets of peered VPCs. Nothing passes through a peer from a third network. */
export function openingsFromPeers(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
): readonly Opening[] {
  return view.topology.peerings.flatMap((peering) => {
    const side = otherSide(peering, to.vpcId);
    const returning = side === null ? [] : view.routes(to.subnetId, family).to(peering.id);
    if (side === null || returning.length === 0) return [];
    if (!view.topology.vpcs.has(side.vpcId)) return fromUnseen(view, to, family, protocol, peering.id, side, returning);
    const referred = refersAcross(peering) ? { referredVpcId: side.vpcId } : {};
    const admitted = view.admittedFrom(referred.referredVpcId, to.groupIds, family, protocol);
    if (admitted.length === 0) return [];
    return view
      .kindsOfSubnets(side.vpcId, '', () => null)
      .flatMap((from) => {
        const sources = intersect(from.addresses[family], returning);
        if (sources.length === 0) return [];
        return to.addresses
          .filter((address) => address.family === family)
          .map((address): Opening => {
            const through = fromSubnets(view, to.subnetId, protocol, peering.id, from, address, sources);
            const passes = { fromSubnetIds: from.subnets.map(({ id }) => id), ...referred };
            const region = intersectRegions(admitted, through);
            return { category: 'peer', via: peering.id, family, protocol, region, passes };
          })
          .filter((opening) => opening.region.length > 0);
      });
  });
}

/** What the lists and routes of both sides let through from some subnets to an address, and back. */
function fromSubnets(
  view: View,
  subnetId: string,
  protocol: Protocol,
  via: string,
  { subnets: [from] }: SubnetKind,
  address: InterfaceAddress,
  sources: Intervals,
): Region {
  const { family } = address;
  return view.shared(`${via} ${subnetId} ${from.id} ${family} ${protocol} ${view.cellOf(address)}`, () => {
    if (!has(view.routes(from.id, family).to(via), address.point)) return [];
    const entering = ofAddresses(view.aclIn(subnetId, family, protocol), sources);
    const called = ofPorts(entering, view.aclPorts(from.id, 'egress', address, protocol));
    const back = intersect(view.clientPorts, view.aclPorts(from.id, 'ingress', address, protocol));
    return ofAddresses(called, view.replies(subnetId, family, protocol, back));
  });
}

/** A peer that nobody has described lets nothing through, or everything that this side would admit. */
function fromUnseen(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
  via: string,
  side: PeeringSide,
  returning: Intervals,
): readonly Opening[] {
  if (!view.hopeful || !to.addresses.some((address) => address.family === family)) return [];
  const own = addressesOf(side.blocks.filter((block) => block.family === family));
  const sources = intersect(side.blocks.length === 0 ? EVERYWHERE[family] : own, returning);
  const everyone = refersToUnseen(view, to.groupIds, family);
  const admitted = view.admitted(to.groupIds, family, protocol, 'unseen', everyone);
  const entering = intersectRegions(admitted, view.aclIn(to.subnetId, family, protocol));
  const region = ofAddresses(ofAddresses(entering, sources), view.replies(to.subnetId, family, protocol));
  return region.length === 0 ? [] : [{ category: 'peer', via, family, protocol, region, passes: {} }];
}

/** Groups that nobody has described may be worn by anybody in a VPC that nobody has described. */
export function refersToUnseen(view: View, groupIds: readonly string[], family: Family): Map<string, Intervals> {
  const named = groupIds.flatMap((id) => view.topology.groups.get(id)?.ingress ?? []).map(({ party }) => party);
  const unseen = named.filter((party) => party.kind === 'group' && !view.topology.groups.has(party.id));
  return new Map(unseen.map((party) => [party.kind === 'group' ? party.id : '', EVERYWHERE[family]]));
}
