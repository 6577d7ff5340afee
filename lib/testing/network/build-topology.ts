import { emptyTopology } from './empty-topology.ts';
import type {
  AclEntry,
  FamilyPorts,
  GroupRule,
  InterfaceAnswer,
  NetworkAcl,
  NetworkInterface,
  PeeringConnection,
  Ports,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  TopologyFile,
  TransitAttachment,
  TransitRoute,
  TransitTable,
  Vpc,
} from './topology-file.ts';

/** A hand-made case: what is asked of one interface, and what AWS would do. */
export interface Trap {
  name: string;
  topology: TopologyFile;
  interface: string;
  /** Each key that is present must be equal to the answer's. */
  expected: Partial<InterfaceAnswer>;
  /** Components that must be named as unknown; an empty list: none may be. */
  unknown?: string[];
}

/** One VPC with its subnet, table, list, group, interface and instance. */
export interface Site {
  vpc: Vpc;
  subnet: Subnet;
  table: RouteTable;
  acl: NetworkAcl;
  group: SecurityGroup;
  face: NetworkInterface;
  instance: { InstanceId: string; State?: { Name: string } };
}

export type Lists = Required<TopologyFile>;

/** The base world: the site of vpc-a, open on port 22 to the IPv4 internet through igw-a. */
export interface Base extends Site {
  file: Lists;
  gateway: Lists['InternetGateways'][number];
}

export const NOTHING: FamilyPorts = open({});

/** Port sets of both families, with what is not named empty. */
export function open(sets: { tcp4?: Ports; udp4?: Ports; tcp6?: Ports; udp6?: Ports }): FamilyPorts {
  return {
    ipv4: { tcp: sets.tcp4 ?? [], udp: sets.udp4 ?? [] },
    ipv6: { tcp: sets.tcp6 ?? [], udp: sets.udp6 ?? [] },
  };
}

export const SSH: FamilyPorts = open({ tcp4: [[22, 22]] });

/** The base world with one change. */
export function buildTopology(change: (base: Base) => void): TopologyFile {
  const file = emptyTopology();
  const site = addSite(file, 'a', '10.0');
  const gateway = { InternetGatewayId: 'igw-a', Attachments: [{ VpcId: 'vpc-a', State: 'available' }] };
  file.InternetGateways.push(gateway);
  site.table.Routes.push(route('0.0.0.0/0', 'igw-a'));
  site.group.IpPermissions = [rule('tcp', [22, 22], '0.0.0.0/0')];
  givePublicAddress(site.face);
  change({ file, gateway, ...site });
  return file;
}

/** A VPC `vpc-NAME` of block PREFIX.0.0/16 with subnet `subnet-NAME` and a running instance at PREFIX.1.10. */
export function addSite(file: Lists, name: string, prefix: string): Site {
  const id = `vpc-${name}`;
  const vpc: Vpc = { VpcId: id, OwnerId: '111122223333', CidrBlock: `${prefix}.0.0/16` };
  const table: RouteTable = {
    RouteTableId: `rtb-${name}`,
    VpcId: id,
    Associations: [{ Main: true }],
    Routes: [route(`${prefix}.0.0/16`, 'local')],
  };
  const acl = { NetworkAclId: `acl-${name}`, VpcId: id, IsDefault: true, Associations: [], Entries: openEntries() };
  const group: SecurityGroup = { GroupId: `sg-${name}`, VpcId: id, IpPermissions: [], IpPermissionsEgress: [] };
  file.Vpcs.push(vpc);
  file.RouteTables.push(table);
  file.NetworkAcls.push(acl);
  file.SecurityGroups.push(group);
  const subnet = addSubnet(file, vpc, `subnet-${name}`, `${prefix}.1.0/24`);
  const face = addInterface(file, subnet, name, `${prefix}.1.10`);
  const instance = { InstanceId: `i-${name}`, State: { Name: 'running' } };
  file.Instances.push(instance);
  return { vpc, subnet, table, acl, group, face, instance };
}

export function addSubnet(file: Lists, vpc: Vpc, id: string, block: string, zone = 'eu-central-1a'): Subnet {
  const subnet: Subnet = {
    SubnetId: id,
    VpcId: vpc.VpcId,
    OwnerId: '111122223333',
    CidrBlock: block,
    AvailabilityZone: zone,
  };
  file.Subnets.push(subnet);
  return subnet;
}

/** An interface `eni-NAME` of instance `i-NAME` in group `sg-NAME`. */
export function addInterface(file: Lists, subnet: Subnet, name: string, address: string): NetworkInterface {
  const face: NetworkInterface = {
    NetworkInterfaceId: `eni-${name}`,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }],
    Ipv6Addresses: [],
    Groups: [{ GroupId: `sg-${name}` }],
    Attachment: { InstanceId: `i-${name}`, DeviceIndex: 0, Status: 'attached' },
  };
  file.NetworkInterfaces.push(face);
  return face;
}

export function givePublicAddress(face: NetworkInterface): void {
  const [primary] = face.PrivateIpAddresses ?? [];
  if (primary !== undefined) primary.Association = { PublicIp: '54.0.0.10' };
  face.Association = { PublicIp: '54.0.0.10' };
}

export function takePublicAddress(face: NetworkInterface): void {
  for (const entry of face.PrivateIpAddresses ?? []) delete entry.Association;
  delete face.Association;
}

/** A global IPv6 address for the interface, and blocks for its subnet and VPC. */
export function giveIpv6({ vpc, subnet, face }: Site, site = 'a'): void {
  const state = { Ipv6CidrBlockState: { State: 'associated' } };
  vpc.Ipv6CidrBlockAssociationSet = [{ Ipv6CidrBlock: `2600:1f00:0:${site}00::/56`, ...state }];
  subnet.Ipv6CidrBlockAssociationSet = [{ Ipv6CidrBlock: `2600:1f00:0:${site}01::/64`, ...state }];
  face.Ipv6Addresses = [{ Ipv6Address: `2600:1f00:0:${site}01::10` }];
}

const TARGET_FIELDS: readonly (readonly [RegExp, keyof Route])[] = [
  [/^(local|igw|vgw|vpce)/, 'GatewayId'],
  [/^nat-/, 'NatGatewayId'],
  [/^tgw-/, 'TransitGatewayId'],
  [/^pcx-/, 'VpcPeeringConnectionId'],
  [/^eni-/, 'NetworkInterfaceId'],
  [/^eigw-/, 'EgressOnlyInternetGatewayId'],
];

/** A route whose fields follow from the looks of its destination and target. */
export function route(destination: string, target: string, fields: Partial<Route> = {}): Route {
  const field = TARGET_FIELDS.find(([pattern]) => pattern.test(target))?.[1] as keyof Route;
  return {
    [destinationField(destination)]: destination,
    [field]: target,
    Origin: 'CreateRoute',
    State: 'active',
    ...fields,
  };
}

function destinationField(destination: string): keyof Route {
  if (destination.startsWith('pl-')) return 'DestinationPrefixListId';
  return destination.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
}

/** A group rule; a source may be a block, a prefix list or a group. */
export function rule(protocol: string, ports: [number, number] | undefined, ...sources: string[]): GroupRule {
  const isGroup = (each: string) => each.startsWith('sg-');
  const isList = (each: string) => each.startsWith('pl-');
  const blocks = sources.filter((each) => !isGroup(each) && !isList(each));
  return {
    IpProtocol: protocol,
    ...(ports === undefined ? {} : { FromPort: ports[0], ToPort: ports[1] }),
    IpRanges: blocks.filter((each) => !each.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: blocks.filter((each) => each.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: sources.filter(isList).map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: sources.filter(isGroup).map((GroupId) => ({ GroupId })),
  };
}

/** A list entry for TCP, or for every protocol where no ports are named. */
export function entry(
  direction: 'in' | 'out',
  number: number,
  action: 'allow' | 'deny',
  block: string,
  ports?: [number, number],
): AclEntry {
  return {
    RuleNumber: number,
    Egress: direction === 'out',
    Protocol: ports === undefined ? '-1' : '6',
    RuleAction: action,
    ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    ...(ports === undefined ? {} : { PortRange: { From: ports[0], To: ports[1] } }),
  };
}

export function openEntries(): AclEntry[] {
  return (['in', 'out'] as const).flatMap((direction) => [
    entry(direction, 100, 'allow', '0.0.0.0/0'),
    entry(direction, 101, 'allow', '::/0'),
    entry(direction, 32767, 'deny', '0.0.0.0/0'),
    entry(direction, 32768, 'deny', '::/0'),
  ]);
}

/** A list of its own for a subnet; open but for the entries. */
export function addList(file: Lists, subnet: Subnet, ...entries: AclEntry[]): NetworkAcl {
  const acl: NetworkAcl = {
    NetworkAclId: `acl-of-${subnet.SubnetId}`,
    VpcId: subnet.VpcId,
    IsDefault: false,
    Associations: [{ SubnetId: subnet.SubnetId }],
    Entries: [...openEntries(), ...entries],
  };
  file.NetworkAcls.push(acl);
  return acl;
}

/** A table of its own for a subnet or a gateway. */
export function addTable(file: Lists, vpcId: string, owner: string, ...routes: Route[]): RouteTable {
  const association = owner.startsWith('subnet') ? { SubnetId: owner } : { GatewayId: owner };
  const table = { RouteTableId: `rtb-of-${owner}`, VpcId: vpcId, Associations: [association], Routes: routes };
  file.RouteTables.push(table);
  return table;
}

export function addPrefixList(file: Lists, id: string, ...blocks: string[]): void {
  file.ManagedPrefixLists.push({ PrefixListId: id, Entries: blocks.map((Cidr) => ({ Cidr })) });
}

export interface Peered {
  neighbour: Site;
  peering: PeeringConnection;
}

/** vpc-b of 10.1.0.0/16, peered with vpc-a and routed both ways; the group of vpc-a admits SSH from it. */
export function addPeer({ file, table, group }: Base): Peered {
  const neighbour = addSite(file, 'b', '10.1');
  const peering: PeeringConnection = {
    VpcPeeringConnectionId: 'pcx-1',
    Status: { Code: 'active' },
    RequesterVpcInfo: { VpcId: 'vpc-a', Region: 'eu-central-1', CidrBlock: '10.0.0.0/16' },
    AccepterVpcInfo: { VpcId: 'vpc-b', Region: 'eu-central-1', CidrBlock: '10.1.0.0/16' },
  };
  file.VpcPeeringConnections.push(peering);
  table.Routes.push(route('10.1.0.0/16', 'pcx-1'));
  neighbour.table.Routes.push(route('10.0.0.0/16', 'pcx-1'));
  group.IpPermissions = [rule('tcp', [22, 22], '10.1.0.0/16')];
  return { neighbour, peering };
}

export interface Joined {
  neighbour: Site;
  own: TransitAttachment;
  other: TransitAttachment;
  transit: TransitTable;
}

/** vpc-b of 10.1.0.0/16, joined with vpc-a by a transit gateway of one table; the group of vpc-a admits SSH from it. */
export function addTransit({ file, table, group }: Base): Joined {
  const neighbour = addSite(file, 'b', '10.1');
  const [own, other] = [attachment('a'), attachment('b')];
  const transit: TransitTable = {
    TransitGatewayRouteTableId: 'tgw-rtb-1',
    TransitGatewayId: 'tgw-1',
    Associations: [own, other].map(({ TransitGatewayAttachmentId, VpcId }) => ({
      TransitGatewayAttachmentId,
      ResourceType: 'vpc',
      ResourceId: VpcId,
      State: 'associated',
    })),
    Routes: [transitRoute('10.0.0.0/16', 'tgw-attach-a'), transitRoute('10.1.0.0/16', 'tgw-attach-b')],
  };
  file.TransitGateways.push({ TransitGatewayId: 'tgw-1', Options: { SecurityGroupReferencingSupport: 'enable' } });
  file.TransitGatewayVpcAttachments.push(own, other);
  file.TransitGatewayRouteTables.push(transit);
  table.Routes.push(route('10.1.0.0/16', 'tgw-1'));
  neighbour.table.Routes.push(route('10.0.0.0/16', 'tgw-1'));
  group.IpPermissions = [rule('tcp', [22, 22], '10.1.0.0/16')];
  return { neighbour, own, other, transit };
}

function attachment(name: string): TransitAttachment {
  return {
    TransitGatewayAttachmentId: `tgw-attach-${name}`,
    TransitGatewayId: 'tgw-1',
    VpcId: `vpc-${name}`,
    State: 'available',
    SubnetIds: [`subnet-${name}`],
    Options: { SecurityGroupReferencingSupport: 'enable' },
  };
}

/** A propagated route of a transit gateway's table; without an attachment it drops. */
export function transitRoute(block: string, attachmentId: string | undefined, type = 'propagated'): TransitRoute {
  if (attachmentId === undefined) return { DestinationCidrBlock: block, State: 'blackhole', Type: 'static' };
  return {
    DestinationCidrBlock: block,
    State: 'active',
    Type: type,
    TransitGatewayAttachments: [{ TransitGatewayAttachmentId: attachmentId }],
  };
}

/** vgw-1 of vpc-a, which SSH from 192.168.0.0/16 comes through. */
export function addVpn({ file, table, group }: Base): Lists['VpnGateways'][number] {
  const gateway = { VpnGatewayId: 'vgw-1', VpcAttachments: [{ VpcId: 'vpc-a', State: 'attached' }] };
  file.VpnGateways.push(gateway);
  table.Routes.push(route('192.168.0.0/16', 'vgw-1', { Origin: 'EnableVgwRoutePropagation' }));
  group.IpPermissions = [rule('tcp', [22, 22], '192.168.0.0/16')];
  return gateway;
}

export function addGroup(file: Lists, id: string, ...rules: GroupRule[]): SecurityGroup {
  const group = {
    GroupId: id,
    VpcId: 'vpc-a',
    IpPermissions: rules,
    IpPermissionsEgress: [rule('-1', undefined, '0.0.0.0/0', '::/0')],
  };
  file.SecurityGroups.push(group);
  return group;
}
