import { EVERYWHERE, type Family } from '../address.ts';
import type { Category, Opening } from '../opening.ts';
import { intersectRegions, ofAddresses } from '../region.ts';
import type { NetworkInterface, Protocol } from '../topology.ts';
import type { View } from '../view.ts';

/** What the target of a route is, by its id, and the list that would tell of it. */
const KINDS: readonly { readonly id: RegExp; readonly list: string; readonly category: Category }[] = [
  { id: /^pcx-/, list: 'VpcPeeringConnections', category: 'peer' },
  { id: /^tgw-/, list: 'TransitGateways', category: 'tgw' },
  { id: /^vgw-/, list: 'VpnGateways', category: 'vgw' },
];
const BALANCERS = ['LoadBalancers', 'LoadBalancerDescriptions'];

/** Lists that nobody could read and that could matter to an interface, with the category that each would tell of. */
export function unreadBy(view: View): readonly { readonly list: string; readonly category: Category }[] {
  const { unread } = view.topology;
  const balancers = BALANCERS.map((list) => ({ list, category: 'load-balancer' as const }));
  return [...KINDS, ...balancers].filter(({ list }) => unread.has(list));
}

/** Ways that there may be by gateways and load balancers of which nobody could read anything. */
export function openingsFromUnread(
  view: View,
  to: NetworkInterface,
  family: Family,
  protocol: Protocol,
): readonly Opening[] {
  const unread = view.hopeful ? unreadBy(view) : [];
  if (unread.length === 0) return [];
  const referred = to.groupIds.flatMap((id) => view.topology.groups.get(id)?.ingress ?? []).map(({ party }) => party);
  const anybody = new Map(
    referred.flatMap((party) => (party.kind === 'group' ? [[party.id, EVERYWHERE[family]]] : [])),
  );
  const admitted = view.admitted(to.groupIds, family, protocol, 'anybody', anybody);
  const entering = intersectRegions(admitted, view.aclIn(to.subnetId, family, protocol));
  const region = ofAddresses(entering, view.replies(to.subnetId, family, protocol));
  const routes = view.routes(to.subnetId, family);
  const common = { family, protocol, passes: {} };
  return unread.flatMap(({ category, list }): readonly Opening[] => {
    if (category === 'load-balancer') return [{ ...common, category, via: '', region: admitted }];
    const id = KINDS.find((kind) => kind.list === list)?.id;
    return routes.targets
      .filter((target) => id?.test(target) === true)
      .map((via) => ({ ...common, category, via, region: ofAddresses(region, routes.to(via)) }));
  });
}
