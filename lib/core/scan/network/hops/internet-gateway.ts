import type { Address } from '../address.ts';
import type { Gateway, Subnet, Topology } from '../topology.ts';
import { bestRoute } from './route-table.ts';

/** Gateways of a kind that are attached to a VPC in a state that works, whatever the routes to them say. */
export function gatewaysOf(topology: Topology, vpcId: string, kind: Gateway['kind']): readonly Gateway[] {
  return topology.gateways.filter((gateway) => gateway.kind === kind && gateway.vpcIds.includes(vpcId));
}

/** Whether block public access shuts the internet out of a subnet. */
export function isShut(topology: Topology, subnet: Pick<Subnet, 'id' | 'vpcId'>): boolean {
  const { isBlocked, allowed } = topology.publicAccess;
  return isBlocked && !allowed.has(subnet.id) && !allowed.has(subnet.vpcId);
}

/** What a gateway does with a packet to an address of its VPC: deliver it, hand it to an appliance, or drop it. */
export type Entry =
  | { readonly kind: 'deliver' }
  | { readonly kind: 'appliance'; readonly id: string }
  | { readonly kind: 'drop' };

const DELIVER: Entry = { kind: 'deliver' };

/** A route table of the gateway itself decides; without one everything is delivered. */
export function entryAt(topology: Topology, gatewayId: string, vpcId: string, address: Address): Entry {
  const table = topology.tableOfGateway.get(gatewayId);
  if (table === undefined) return DELIVER;
  const route = bestRoute(table, topology.vpcs.get(vpcId), address);
  if (route === undefined || (route.isLocal && !route.isBlackhole)) return DELIVER;
  const isAppliance = /^(vpce|eni)-/.test(route.target) && !route.isBlackhole;
  return isAppliance ? { kind: 'appliance', id: route.target } : { kind: 'drop' };
}
