import type { TopologyFile } from './topology-file.ts';

/** A topology file with every list empty and public access not blocked. */
export function emptyTopology(): Required<TopologyFile> {
  return {
    Vpcs: [],
    Subnets: [],
    RouteTables: [],
    NetworkAcls: [],
    SecurityGroups: [],
    InternetGateways: [],
    EgressOnlyInternetGateways: [],
    NatGateways: [],
    NetworkInterfaces: [],
    Instances: [],
    Addresses: [],
    ManagedPrefixLists: [],
    VpcPeeringConnections: [],
    VpnGateways: [],
    TransitGateways: [],
    TransitGatewayVpcAttachments: [],
    TransitGatewayRouteTables: [],
    LoadBalancers: [],
    Listeners: [],
    Rules: [],
    TargetGroups: [],
    LoadBalancerDescriptions: [],
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
    VpcBlockPublicAccessExclusions: [],
  };
}
