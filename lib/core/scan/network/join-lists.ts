import type { NetworkLists } from '../../model/network.ts';
import { asObject, asText, objectsOf } from '../../model/raw.ts';

type Row = Readonly<Record<string, unknown>>;

/** The key that names the rows of each list. */
const IDS: Readonly<Record<string, string>> = {
  Vpcs: 'VpcId',
  Subnets: 'SubnetId',
  RouteTables: 'RouteTableId',
  NetworkAcls: 'NetworkAclId',
  SecurityGroups: 'GroupId',
  InternetGateways: 'InternetGatewayId',
  VpnGateways: 'VpnGatewayId',
  NetworkInterfaces: 'NetworkInterfaceId',
  ManagedPrefixLists: 'PrefixListId',
  VpcPeeringConnections: 'VpcPeeringConnectionId',
  TransitGateways: 'TransitGatewayId',
  TransitGatewayVpcAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayRouteTables: 'TransitGatewayRouteTableId',
  LoadBalancers: 'LoadBalancerArn',
  Listeners: 'ListenerArn',
  TargetGroups: 'TargetGroupArn',
};

/** Accounts whose networks decide over this one: owners of shared subnets, peers, and what else a transit gateway joins. */
export function neighboursOf({ lists }: NetworkLists): readonly string[] {
  const owners = [
    ...objectsOf(lists.Subnets).map((row) => row.OwnerId),
    ...objectsOf(lists.VpcPeeringConnections).flatMap((row) => [
      asObject(row.RequesterVpcInfo)?.OwnerId,
      asObject(row.AccepterVpcInfo)?.OwnerId,
    ]),
    ...objectsOf(lists.TransitGateways).map((row) => row.OwnerId),
    ...objectsOf(lists.TransitGatewayVpcAttachments).map((row) => row.VpcOwnerId),
    ...objectsOf(lists.TransitGatewayRouteTables).flatMap((row) =>
      objectsOf(row.Associations).map((association) => association.ResourceOwnerId),
    ),
  ];
  return [...new Set(owners.map(asText).filter((id) => id !== null))].toSorted();
}

/**
 * One network of several accounts in a region. Zones are named by their ids, since accounts give one zone different names.
 * What an account alone can turn on, block public access, stays that of the first; so does what could not be read.
 */
export function joinLists(own: NetworkLists, others: readonly NetworkLists[]): NetworkLists {
  if (others.length === 0) return own;
  const joined: Record<string, unknown> = { ...own.lists };
  for (const [name, id] of Object.entries(IDS)) {
    const rows = new Map<string, Row>();
    for (const row of [own, ...others].flatMap(({ lists }) => objectsOf(lists[name]))) {
      const key = asText(row[id]) ?? '';
      const known = rows.get(key);
      // Who owns it tells more of it than who only takes part.
      if (known === undefined || Object.keys(known).length < Object.keys(row).length) rows.set(key, row);
    }
    joined[name] = [...rows.values()];
  }
  joined.Subnets = objectsOf(joined.Subnets).map((row) => ({
    ...row,
    AvailabilityZone: asText(row.AvailabilityZoneId) ?? row.AvailabilityZone,
  }));
  return { lists: joined, unread: own.unread };
}
