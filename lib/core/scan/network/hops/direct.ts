import { type Family, INTERNET } from '../address.ts';
import { has, intersect } from '../intervals.ts';
import type { Opening } from '../opening.ts';
import { intersectRegions, ofAddresses, type Region } from '../region.ts';
import type { InterfaceAddress, NetworkInterface, Protocol } from '../topology.ts';
import type { View } from '../view.ts';
import { entryAt, gatewaysOf, isShut } from './internet-gateway.ts';

/** What gets into a subnet from sources that its table answers by a target, and gets its answer out again. */
function throughSubnet(
  view: View,
  { subnetId }: NetworkInterface,
  family: Family,
  protocol: Protocol,
  target: string,
  isInternet: boolean,
): Region {
  return view.shared(`direct ${subnetId} ${family} ${protocol} ${target} ${isInternet}`, () => {
    const returns = view.routes(subnetId, family).to(target);
    const sources = isInternet ? intersect(returns, INTERNET[family]) : returns;
    const answered = intersect(sources, view.replies(subnetId, family, protocol));
    return ofAddresses(view.aclIn(subnetId, family, protocol), answered);
  });
}

/** Ways in from the internet through an internet gateway alone, plain or by an appliance. */
export function openingsFromInternet(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
): readonly Opening[] {
  const reachable = to.addresses.filter((address) => isOfInternet(address, family));
  if (reachable.length === 0 || isShut(view.topology, { id: to.subnetId, vpcId: to.vpcId })) return [];
  const admitted = view.admitted(to.groupIds, family, protocol);
  return gatewaysOf(view.topology, to.vpcId, 'internet').flatMap((gateway) => {
    const openings = new Map<string, Opening>();
    for (const address of reachable) {
      const entry = entryAt(view.topology, gateway.id, to.vpcId, address);
      if (entry.kind === 'drop') continue;
      const isPlain = entry.kind === 'deliver';
      // An appliance sees both directions, or the connection breaks.
      const through = throughSubnet(view, to, family, protocol, isPlain ? gateway.id : entry.id, true);
      const open = intersectRegions(admitted, through);
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
): readonly Opening[] {
  const addresses = to.addresses.filter((address) => address.family === family);
  return gatewaysOf(view.topology, to.vpcId, 'vpn').flatMap((gateway) => {
    const isDelivered = addresses.some(
      (address) => entryAt(view.topology, gateway.id, to.vpcId, address).kind === 'deliver',
    );
    if (!isDelivered) return [];
    const through = throughSubnet(view, to, family, protocol, gateway.id, false);
    const open = intersectRegions(view.admitted(to.groupIds, family, protocol), through);
    return open.length === 0 ? [] : [{ category: 'vgw', via: gateway.id, family, protocol, region: open, passes: {} }];
  });
}

/** An IPv4 address that a public one is translated to, or a global IPv6 address. */
export function isOfInternet(address: InterfaceAddress, family: Family): boolean {
  if (address.family !== family || address.publicText === null) return false;
  return family === 'ipv4' || has(INTERNET.ipv6, address.point);
}
