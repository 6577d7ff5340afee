import type { Address, Block } from './address.ts';

export type Protocol = 'tcp' | 'udp';
export const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp'];

/** Ports `from` up to `to` (not in it) of some protocols. */
export interface Ports {
  readonly protocols: readonly Protocol[];
  readonly from: number;
  readonly to: number;
}

/** Whom a rule of a security group speaks of. */
export type Party =
  | { readonly kind: 'block'; readonly block: Block; readonly text: string }
  | { readonly kind: 'prefix-list'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'unreadable'; readonly text: string };

/** One entry of a security group: ports and one party. `permission` is what AWS calls it by, to revoke it. */
export interface GroupRule {
  readonly groupId: string;
  readonly ports: Ports;
  readonly party: Party;
  readonly permission: { readonly protocol: string; readonly from: number | null; readonly to: number | null };
}

export interface SecurityGroup {
  readonly id: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
}

export interface AclEntry {
  readonly number: number;
  readonly allow: boolean;
  readonly block: Block;
  readonly text: string;
  readonly ports: Ports;
}

/** Entries of each direction by ascending number. One that cannot be read says nothing of what passes. */
export interface NetworkAcl {
  readonly id: string;
  readonly isReadable: boolean;
  readonly ingress: readonly AclEntry[];
  readonly egress: readonly AclEntry[];
}

/** A route to one target; a prefix list of which nothing is known has no blocks (`null`). */
export interface Route {
  readonly text: string;
  readonly blocks: readonly Block[] | null;
  readonly target: string;
  readonly isLocal: boolean;
  readonly isBlackhole: boolean;
  readonly isPropagated: boolean;
  readonly isList: boolean;
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  readonly routes: readonly Route[];
}

export interface Vpc {
  readonly id: string;
  readonly blocks: readonly Block[];
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly blocks: readonly Block[];
}

/** An address of an interface, and whether the internet has a name for it. */
export interface InterfaceAddress extends Address {
  readonly text: string;
  readonly isPrimary: boolean;
  readonly publicText: string | null;
}

export interface NetworkInterface {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly addresses: readonly InterfaceAddress[];
  readonly description: string;
  readonly instanceId: string | null;
  readonly deviceIndex: number;
}

export interface Instance {
  readonly id: string;
  readonly state: string;
}

export interface Gateway {
  readonly id: string;
  readonly kind: 'internet' | 'vpn';
  /** VPCs that it is attached to in a state that works. */
  readonly vpcIds: readonly string[];
}

export interface PeeringSide {
  readonly vpcId: string;
  readonly region: string | null;
  readonly blocks: readonly Block[];
}

export interface Peering {
  readonly id: string;
  readonly sides: readonly [PeeringSide, PeeringSide];
}

/** A place where a transit gateway ends: a VPC with a subnet in each zone that it serves, or another network. */
export interface TransitAttachment {
  readonly id: string;
  readonly kind: string;
  readonly vpcId: string | null;
  readonly subnetIds: readonly string[];
  readonly refersToGroups: boolean;
}

export interface TransitRoute {
  readonly text: string;
  readonly block: Block;
  readonly isBlackhole: boolean;
  readonly isPropagated: boolean;
  readonly attachmentIds: readonly string[];
}

export interface TransitTable {
  readonly id: string;
  readonly routes: readonly TransitRoute[];
}

export interface TransitGateway {
  readonly id: string;
  readonly refersToGroups: boolean;
  readonly attachments: readonly TransitAttachment[];
  /** The table of each attachment, by the id of the attachment. */
  readonly tables: ReadonlyMap<string, TransitTable>;
}

/** A way from a listener on to targets; `sources` are the only clients that its conditions let through (null: all). */
export interface Forwarding {
  readonly targetGroupId: string;
  readonly sources: readonly Block[] | null;
}

export interface Listener {
  readonly id: string;
  readonly port: number;
  readonly protocols: readonly Protocol[];
  readonly forwards: readonly Forwarding[];
}

export interface Target {
  readonly id: string;
  readonly port: number;
}

export interface TargetGroup {
  readonly id: string;
  readonly kind: 'instance' | 'ip' | 'alb';
  readonly isUdp: boolean;
  readonly targets: readonly Target[];
  readonly crossZone: boolean | null;
  readonly keepsClient: boolean | null;
}

export interface LoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'application' | 'network' | 'classic';
  readonly vpcId: string;
  readonly isInternetFacing: boolean;
  readonly isDualStack: boolean;
  readonly subnetIds: readonly string[];
  /** Null where it has none, and lets everything through. */
  readonly groupIds: readonly string[] | null;
  readonly crossZone: boolean;
  readonly listeners: readonly Listener[];
  /** As `Description` of its interfaces. */
  readonly description: string;
}

/** What was read of the configuration of a network: the VPCs of one region, of one account or of several. */
export interface Topology {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly aclOfSubnet: ReadonlyMap<string, NetworkAcl>;
  readonly defaultAclOf: ReadonlyMap<string, NetworkAcl>;
  readonly tableOfSubnet: ReadonlyMap<string, RouteTable>;
  readonly mainTableOf: ReadonlyMap<string, RouteTable>;
  readonly tableOfGateway: ReadonlyMap<string, RouteTable>;
  readonly gateways: readonly Gateway[];
  readonly interfaces: readonly NetworkInterface[];
  readonly instances: ReadonlyMap<string, Instance>;
  /** Null for a list whose entries could not be read. */
  readonly prefixLists: ReadonlyMap<string, readonly Block[] | null>;
  readonly peerings: readonly Peering[];
  readonly transitGateways: readonly TransitGateway[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  /** Whether block public access shuts the internet out of a subnet of a VPC. */
  readonly publicAccess: PublicAccess;
  /** Lists that nobody could read, under the names of the API, and why. */
  readonly unread: ReadonlyMap<string, string>;
}

export interface PublicAccess {
  readonly isBlocked: boolean;
  /** Ids of VPCs and subnets that are excluded from the block, both ways. */
  readonly allowed: ReadonlySet<string>;
}
