import { type Family, INTERNET } from '../address.ts';
import { has, type Intervals, intersect } from '../intervals.ts';
import type { Opening } from '../opening.ts';
import { intersectRegions, ofAddresses, type Region } from '../region.ts';
import type { InterfaceAddress, NetworkInterface, Protocol } from '../topology.ts';
import type { View } from '../view.ts';
import { entryAt, gatewaysOf, isShut } from './internet-gateway.ts';

/** What security groups and both directions of the list admit, by whatever gateway it may come. */
export function admittedBoth(view: View, to: NetworkInterface, family: Family, protocol: Protocol): Region {
  const admitted = view.admitted(to.groupIds, family, protocol);
  const entering = intersectRegions(admitted, view.aclIn(to.subnetId, family, protocol));
  return ofAddresses(entering, view.replies(to.subnetId, family, protocol));
}

/** Ways in from the internet through an internet gateway alone, plain or by an appliance. */
export function openingsFromInternet(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
  region: Region,
): readonly Opening[] {
  if (region.length === 0) return [];
  const reachable = to.addresses.filter((address) => isOfInternet(address, family));
  if (reachable.length === 0 || isShut(view.topology, { id: to.subnetId, vpcId: to.vpcId })) return [];
  const routes = view.routes(to.subnetId, family);
  return gatewaysOf(view.topology, to.vpcId, 'internet').flatMap((gateway) => {
    const openings = new Map<string, Opening>();
    for (const address of reachable) {
      const entry = entryAt(view.topology, gateway.id, to.vpcId, address);
      if (entry.kind === 'drop') continue;
      const isPlain = entry.kind === 'deliver';
      // An appliance sees both directions, or the connection breaks.
      const returns = routes.to(isPlain ? gateway.id : entry.id);
      const open = ofAddresses(region, intersect(returns, INTERNET[family]));
      if (open.length === 0) continue;
      openings.set(isPlain ? '' : entry.id, {
        category: isPlain ? 'internet' : 'conditional',
        via: gateway.id,
        family,
        protocol,
        region: open,
        passes: isPlain ? {} : { applianceId: entry.id },
      });
    }
    return [...openings.values()];
  });
}

/** Ways in from networks behind a virtual private gateway: whatever the subnet's table sends there. */
export function openingsFromVpn(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
  region: Region,
): readonly Opening[] {
  if (region.length === 0) return [];
  const addresses = to.addresses.filter((address) => address.family === family);
  return gatewaysOf(view.topology, to.vpcId, 'vpn').flatMap((gateway) => {
    const isDelivered = addresses.some(
      (address) => entryAt(view.topology, gateway.id, to.vpcId, address).kind === 'deliver',
    );
    const open = isDelivered ? ofAddresses(region, sourcesBehind(view, to.subnetId, family, gateway.id)) : [];
    return open.length === 0 ? [] : [{ category: 'vgw', via: gateway.id, family, protocol, region: open, passes: {} }];
  });
}

function sourcesBehind(view: View, subnetId: string, family: Family, gatewayId: string): Intervals {
  return view.routes(subnetId, family).to(gatewayId);
}

/** An IPv4 address that a public one is translated to, or a global IPv6 address. */
export function isOfInternet(address: InterfaceAddress, family: Family): boolean {
  if (address.family !== family || address.publicText === null) return false;
  return family === 'ipv4' || has(INTERNET.ipv6, address.point);
}
