/** The raw API JSON that the oracle reads: every field may be absent. */
export type Family = 'ipv4' | 'ipv6';
export type Protocol = 'tcp' | 'udp';

export interface GroupRule {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp: string }[];
  Ipv6Ranges?: { CidrIpv6: string }[];
  PrefixListIds?: { PrefixListId: string }[];
  UserIdGroupPairs?: { GroupId: string; VpcId?: string }[];
}

export interface SecurityGroup {
  GroupId: string;
  VpcId?: string;
  IpPermissions?: GroupRule[];
  IpPermissionsEgress?: GroupRule[];
}

export interface AclEntry {
  RuleNumber: number;
  Egress: boolean;
  Protocol: string;
  RuleAction: 'allow' | 'deny';
  CidrBlock?: string;
  Ipv6CidrBlock?: string;
  PortRange?: { From: number; To: number };
}

export interface NetworkAcl {
  NetworkAclId: string;
  VpcId: string;
  IsDefault?: boolean;
  Associations?: { SubnetId: string }[];
  Entries: AclEntry[];
}

export interface Route {
  DestinationCidrBlock?: string;
  DestinationIpv6CidrBlock?: string;
  DestinationPrefixListId?: string;
  GatewayId?: string;
  NatGatewayId?: string;
  TransitGatewayId?: string;
  VpcPeeringConnectionId?: string;
  NetworkInterfaceId?: string;
  EgressOnlyInternetGatewayId?: string;
  CarrierGatewayId?: string;
  LocalGatewayId?: string;
  CoreNetworkArn?: string;
  InstanceId?: string;
  Origin?: string;
  State?: string;
}

export interface RouteTable {
  RouteTableId: string;
  VpcId: string;
  Associations?: { SubnetId?: string; GatewayId?: string; Main?: boolean }[];
  Routes: Route[];
}

export interface Vpc {
  VpcId: string;
  OwnerId?: string;
  CidrBlock: string;
  CidrBlockAssociationSet?: { CidrBlock: string; CidrBlockState?: { State: string } }[];
  Ipv6CidrBlockAssociationSet?: { Ipv6CidrBlock: string; Ipv6CidrBlockState?: { State: string } }[];
}

export interface Subnet {
  SubnetId: string;
  VpcId: string;
  OwnerId?: string;
  CidrBlock?: string;
  AvailabilityZone?: string;
  Ipv6CidrBlockAssociationSet?: { Ipv6CidrBlock: string; Ipv6CidrBlockState?: { State: string } }[];
}

export interface PublicAssociation {
  PublicIp?: string;
  CarrierIp?: string;
}

export interface NetworkInterface {
  NetworkInterfaceId: string;
  SubnetId?: string;
  VpcId?: string;
  Description?: string;
  PrivateIpAddress?: string;
  PrivateIpAddresses?: { PrivateIpAddress: string; Primary?: boolean; Association?: PublicAssociation }[];
  Ipv6Addresses?: { Ipv6Address: string }[];
  Association?: PublicAssociation;
  Groups?: { GroupId: string }[];
  Attachment?: { InstanceId?: string; DeviceIndex?: number; Status?: string };
}

export interface PeeringSide {
  VpcId: string;
  OwnerId?: string;
  Region?: string;
  CidrBlock?: string;
  CidrBlockSet?: { CidrBlock: string }[];
  Ipv6CidrBlockSet?: { Ipv6CidrBlock: string }[];
}

export interface PeeringConnection {
  VpcPeeringConnectionId: string;
  Status?: { Code: string };
  RequesterVpcInfo: PeeringSide;
  AccepterVpcInfo: PeeringSide;
}

export interface TransitAttachment {
  TransitGatewayAttachmentId: string;
  TransitGatewayId: string;
  VpcId: string;
  VpcOwnerId?: string;
  State?: string;
  SubnetIds?: string[];
  Options?: { SecurityGroupReferencingSupport?: string };
}

export interface TransitRoute {
  DestinationCidrBlock: string;
  State: string;
  Type?: string;
  TransitGatewayAttachments?: { TransitGatewayAttachmentId: string; ResourceType?: string; ResourceId?: string }[];
}

export interface TransitTable {
  TransitGatewayRouteTableId: string;
  TransitGatewayId: string;
  Associations?: {
    TransitGatewayAttachmentId: string;
    ResourceType?: string;
    ResourceId?: string;
    State?: string;
  }[];
  Routes?: TransitRoute[];
}

export interface Attribute {
  Key: string;
  Value: string;
}

export interface LoadBalancer {
  LoadBalancerArn: string;
  LoadBalancerName?: string;
  Type?: string;
  Scheme?: string;
  State?: { Code: string };
  VpcId: string;
  IpAddressType?: string;
  SecurityGroups?: string[];
  AvailabilityZones?: { ZoneName?: string; SubnetId: string }[];
  Attributes?: Attribute[];
}

export interface ListenerAction {
  Type: string;
  TargetGroupArn?: string;
  ForwardConfig?: { TargetGroups?: { TargetGroupArn: string; Weight?: number }[] };
}

export interface Listener {
  ListenerArn: string;
  LoadBalancerArn: string;
  Port: number;
  Protocol: string;
  DefaultActions?: ListenerAction[];
}

export interface ListenerRule {
  RuleArn?: string;
  ListenerArn: string;
  Priority?: string;
  IsDefault?: boolean;
  Conditions?: { Field: string; Values?: string[]; SourceIpConfig?: { Values?: string[] } }[];
  Actions?: ListenerAction[];
}

export interface PlainTarget {
  Id: string;
  Port?: number;
  AvailabilityZone?: string;
}

export interface TargetHealth {
  Target: PlainTarget;
  TargetHealth?: { State: string };
}

export interface TargetGroup {
  TargetGroupArn: string;
  TargetType?: string;
  Protocol?: string;
  Port?: number;
  VpcId?: string;
  IpAddressType?: string;
  LoadBalancerArns?: string[];
  Attributes?: Attribute[];
  Targets?: (PlainTarget | TargetHealth)[];
}

export interface ClassicBalancer {
  LoadBalancerName: string;
  Scheme?: string;
  VPCId?: string;
  Subnets?: string[];
  SecurityGroups?: string[];
  Instances?: { InstanceId: string }[];
  ListenerDescriptions?: { Listener: { Protocol?: string; LoadBalancerPort: number; InstancePort: number } }[];
  Attributes?: { CrossZoneLoadBalancing?: { Enabled: boolean } };
}

/** A topology file, section 5 of the contracts. */
export interface TopologyFile {
  Vpcs?: Vpc[];
  Subnets?: Subnet[];
  RouteTables?: RouteTable[];
  NetworkAcls?: NetworkAcl[];
  SecurityGroups?: SecurityGroup[];
  InternetGateways?: { InternetGatewayId: string; Attachments?: { VpcId: string; State?: string }[] }[];
  EgressOnlyInternetGateways?: { EgressOnlyInternetGatewayId: string }[];
  NatGateways?: { NatGatewayId: string; SubnetId?: string; VpcId?: string; State?: string }[];
  NetworkInterfaces?: NetworkInterface[];
  Instances?: { InstanceId: string; State?: { Name: string } }[];
  Addresses?: { AllocationId?: string; PublicIp?: string; NetworkInterfaceId?: string; PrivateIpAddress?: string }[];
  ManagedPrefixLists?: { PrefixListId: string; AddressFamily?: string; Entries?: { Cidr: string }[] }[];
  VpcPeeringConnections?: PeeringConnection[];
  VpnGateways?: { VpnGatewayId: string; VpcAttachments?: { VpcId: string; State?: string }[] }[];
  TransitGateways?: { TransitGatewayId: string; Options?: { SecurityGroupReferencingSupport?: string } }[];
  TransitGatewayVpcAttachments?: TransitAttachment[];
  TransitGatewayRouteTables?: TransitTable[];
  LoadBalancers?: LoadBalancer[];
  Listeners?: Listener[];
  Rules?: ListenerRule[];
  TargetGroups?: TargetGroup[];
  LoadBalancerDescriptions?: ClassicBalancer[];
  VpcBlockPublicAccessOptions?: { InternetGatewayBlockMode?: string };
  VpcBlockPublicAccessExclusions?: {
    ExclusionId?: string;
    ResourceArn?: string;
    InternetGatewayExclusionMode?: string;
    State?: string;
  }[];
}

export type Ports = [number, number][];
export type ProtocolPorts = Record<Protocol, Ports>;
export type FamilyPorts = Record<Family, ProtocolPorts>;

/** What a source outside of the VPC can open on one interface. */
export interface InterfaceAnswer {
  direct: FamilyPorts;
  conditional: FamilyPorts;
  loadBalancer: ProtocolPorts;
  peer: Record<string, FamilyPorts>;
  vgw: Record<string, FamilyPorts>;
  tgw: Record<string, FamilyPorts>;
  unknown: { reason: string; component: string }[];
}

/** The `interfaces` object of an answer. */
export type PacketAnswer = Record<string, InterfaceAnswer>;
