import { type Block, blockHolds, type Cells, isOnInternet, parseAddress, parseBlock } from './packet-cells.ts';
import type {
  AclEntry,
  Family,
  GroupRule,
  NetworkAcl,
  NetworkInterface,
  Protocol,
  Route,
  RouteTable,
  Subnet,
  TopologyFile,
  Vpc,
} from './topology-file.ts';

/** A topology with its cells. */
export interface World {
  file: TopologyFile;
  cells: Cells;
}

/** The half of a packet that a filter reads: the far address and the port. */
export interface Packet {
  family: Family;
  protocol: Protocol;
  address: bigint;
  port: number;
}

/** An interface whose ports are asked for, one family and protocol at a time. */
export interface Question {
  face: NetworkInterface;
  subnet: Subnet;
  family: Family;
  protocol: Protocol;
}

const PROTOCOL_NAMES: Record<Protocol, readonly string[]> = { tcp: ['tcp', '6'], udp: ['udp', '17'] };
const ALL_PROTOCOLS = '-1';
const sortedEntries = new WeakMap<NetworkAcl, AclEntry[]>();
const foundTargets = new WeakMap<RouteTable, Map<string, string>>();

export function subnetById(world: World, id: string | undefined): Subnet | undefined {
  return world.file.Subnets?.find((subnet) => subnet.SubnetId === id);
}

export function blocksOfSubnet(subnet: Subnet, family: Family): string[] {
  if (family === 'ipv4') return subnet.CidrBlock === undefined ? [] : [subnet.CidrBlock];
  return (subnet.Ipv6CidrBlockAssociationSet ?? [])
    .filter((entry) => isAssociated(entry.Ipv6CidrBlockState))
    .map((entry) => entry.Ipv6CidrBlock);
}

/** One address of each cell of the subnet's blocks. */
export function addressesOfSubnet(world: World, subnet: Subnet, family: Family): bigint[] {
  const blocks = blocksOfSubnet(subnet, family);
  return world.cells.addresses[family].filter((address) => blocks.some((block) => blockHolds(block, family, address)));
}

export function internetAddresses(world: World, family: Family): bigint[] {
  return world.cells.addresses[family].filter((address) => isOnInternet(family, address));
}

export function addressesOfInterface(face: NetworkInterface, family: Family): bigint[] {
  return privateTexts(face, family).map((text) => parseAddress(text)?.address as bigint);
}

export function primaryAddress(face: NetworkInterface): string | undefined {
  const list = face.PrivateIpAddresses ?? [];
  return face.PrivateIpAddress ?? (list.find((entry) => entry.Primary) ?? list[0])?.PrivateIpAddress;
}

/** The private IPv4 addresses that own a public one, or the global IPv6 addresses. */
export function publicDestinations(world: World, face: NetworkInterface, family: Family): bigint[] {
  if (family === 'ipv6') return addressesOfInterface(face, family).filter((address) => isOnInternet(family, address));
  return privateTexts(face, family)
    .filter((text) => hasPublicAddress(world, face, text))
    .map((text) => parseAddress(text)?.address as bigint);
}

export function groupsOfInterface(face: NetworkInterface): string[] {
  return (face.Groups ?? []).map((group) => group.GroupId);
}

/** Whether the list of the subnet lets the packet pass in this direction. */
export function aclAllows(world: World, subnet: Subnet, direction: 'in' | 'out', packet: Packet): boolean {
  const acl = aclOfSubnet(world, subnet);
  if (acl === undefined) return false;
  for (const entry of entriesInOrder(acl)) {
    if (entry.Egress === (direction === 'out') && entryMatches(entry, packet)) return entry.RuleAction === 'allow';
  }
  return false;
}

/** Whether one client port passes all of the reply's filters. */
export function someClientPort(world: World, passes: (port: number) => boolean): boolean {
  return world.cells.clientPorts.some(passes);
}

/** Whether any rule of the groups admits the packet; a referenced group is left to the caller. */
export function groupsAdmit(
  world: World,
  groups: readonly string[],
  direction: 'IpPermissions' | 'IpPermissionsEgress',
  packet: Packet,
  isReferenced: (groupId: string) => boolean = () => false,
): boolean {
  const worn = (world.file.SecurityGroups ?? []).filter((group) => groups.includes(group.GroupId));
  return worn.some((group) => (group[direction] ?? []).some((rule) => ruleAdmits(world, rule, packet, isReferenced)));
}

export function tableOfSubnet(world: World, subnet: Subnet): RouteTable | undefined {
  const tables = world.file.RouteTables ?? [];
  const explicit = tables.find((table) => table.Associations?.some((entry) => entry.SubnetId === subnet.SubnetId));
  if (explicit !== undefined) return explicit;
  return tables.find((table) => table.VpcId === subnet.VpcId && table.Associations?.some((entry) => entry.Main));
}

/** Where the subnet's table sends an address: the id of the target, `local`, `blackhole` or `none`. */
export function nextHop(world: World, subnet: Subnet, family: Family, address: bigint): string {
  const table = tableOfSubnet(world, subnet);
  return table === undefined ? 'none' : lookUp(world, table, family, address);
}

/** What a gateway's own table does with a packet for this address: `deliver`, `drop` or the id of an appliance. */
export function edgeOf(world: World, gateway: string, family: Family, destination: bigint): string {
  const table = world.file.RouteTables?.find((each) => each.Associations?.some((entry) => entry.GatewayId === gateway));
  const target = table === undefined ? 'none' : lookUp(world, table, family, destination);
  if (target === 'none' || target === 'local') return 'deliver';
  return /^(vpce|eni)-/.test(target) ? target : 'drop';
}

/** Whether block public access shuts the subnet for what comes from an internet gateway. */
export function isShutToPublic(world: World, subnet: Subnet): boolean {
  const mode = world.file.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode;
  if (mode !== 'block-bidirectional' && mode !== 'block-ingress') return false;
  const exclusions = world.file.VpcBlockPublicAccessExclusions ?? [];
  return !exclusions.some(
    (exclusion) =>
      exclusion.InternetGatewayExclusionMode === 'allow-bidirectional' &&
      ['create-complete', 'update-complete'].includes(exclusion.State ?? '') &&
      [`vpc/${subnet.VpcId}`, `subnet/${subnet.SubnetId}`].some((end) => exclusion.ResourceArn?.endsWith(end)),
  );
}

export function attachedInternetGateways(world: World, vpcId: string): string[] {
  return (world.file.InternetGateways ?? [])
    .filter((gateway) =>
      gateway.Attachments?.some((each) => each.VpcId === vpcId && ['available', 'attached'].includes(each.State ?? '')),
    )
    .map((gateway) => gateway.InternetGatewayId);
}

export function attachedVpnGateways(world: World, vpcId: string): string[] {
  return (world.file.VpnGateways ?? [])
    .filter((gateway) => gateway.VpcAttachments?.some((each) => each.VpcId === vpcId && each.State === 'attached'))
    .map((gateway) => gateway.VpnGatewayId);
}

/** Whether an interface of the VPC with this address wears the group. */
export function isWornAt(world: World, vpcId: string, groupId: string, family: Family, address: bigint): boolean {
  return (world.file.NetworkInterfaces ?? []).some(
    (face) =>
      face.VpcId === vpcId &&
      groupsOfInterface(face).includes(groupId) &&
      addressesOfInterface(face, family).includes(address),
  );
}

function isAssociated(state: { State: string } | undefined): boolean {
  return state === undefined || state.State === 'associated';
}

function privateTexts(face: NetworkInterface, family: Family): string[] {
  if (family === 'ipv6') return (face.Ipv6Addresses ?? []).map((entry) => entry.Ipv6Address);
  const list = (face.PrivateIpAddresses ?? []).map((entry) => entry.PrivateIpAddress);
  if (list.length > 0) return list;
  return face.PrivateIpAddress === undefined ? [] : [face.PrivateIpAddress];
}

function hasPublicAddress(world: World, face: NetworkInterface, address: string): boolean {
  const entry = face.PrivateIpAddresses?.find((each) => each.PrivateIpAddress === address);
  if (entry?.Association?.PublicIp) return true;
  const primary = primaryAddress(face);
  if (address === primary && face.Association?.PublicIp) return true;
  return (world.file.Addresses ?? []).some(
    (each) =>
      each.PublicIp !== undefined &&
      each.NetworkInterfaceId === face.NetworkInterfaceId &&
      (each.PrivateIpAddress ?? primary) === address,
  );
}

function aclOfSubnet(world: World, subnet: Subnet): NetworkAcl | undefined {
  const lists = world.file.NetworkAcls ?? [];
  const explicit = lists.find((list) => list.Associations?.some((entry) => entry.SubnetId === subnet.SubnetId));
  return explicit ?? lists.find((list) => list.VpcId === subnet.VpcId && list.IsDefault);
}

function entriesInOrder(acl: NetworkAcl): AclEntry[] {
  const known = sortedEntries.get(acl);
  if (known !== undefined) return known;
  const entries = [...acl.Entries].sort((a, b) => a.RuleNumber - b.RuleNumber);
  sortedEntries.set(acl, entries);
  return entries;
}

function entryMatches(entry: AclEntry, packet: Packet): boolean {
  const block = packet.family === 'ipv4' ? entry.CidrBlock : entry.Ipv6CidrBlock;
  if (block === undefined || !blockHolds(block, packet.family, packet.address)) return false;
  if (entry.Protocol === ALL_PROTOCOLS) return true;
  if (!PROTOCOL_NAMES[packet.protocol].includes(entry.Protocol)) return false;
  if (entry.PortRange === undefined) return true;
  return entry.PortRange.From <= packet.port && packet.port <= entry.PortRange.To;
}

function ruleAdmits(
  world: World,
  rule: GroupRule,
  packet: Packet,
  isReferenced: (groupId: string) => boolean,
): boolean {
  if (!ruleCoversPort(rule, packet)) return false;
  if (blocksOfRule(world, rule).some((block) => blockHolds(block, packet.family, packet.address))) return true;
  return (rule.UserIdGroupPairs ?? []).some((pair) => isReferenced(pair.GroupId));
}

function ruleCoversPort(rule: GroupRule, packet: Packet): boolean {
  if (rule.IpProtocol === ALL_PROTOCOLS) return true;
  if (!PROTOCOL_NAMES[packet.protocol].includes(rule.IpProtocol)) return false;
  const from = rule.FromPort ?? -1;
  const to = rule.ToPort ?? -1;
  return from === -1 || to === -1 || (from <= packet.port && packet.port <= to);
}

function blocksOfRule(world: World, rule: GroupRule): string[] {
  return [
    ...(rule.IpRanges ?? []).map((range) => range.CidrIp),
    ...(rule.Ipv6Ranges ?? []).map((range) => range.CidrIpv6),
    ...(rule.PrefixListIds ?? []).flatMap((list) => prefixListEntries(world, list.PrefixListId)),
  ];
}

function prefixListEntries(world: World, id: string): string[] {
  const list = world.file.ManagedPrefixLists?.find((each) => each.PrefixListId === id);
  return (list?.Entries ?? []).map((entry) => entry.Cidr);
}

function lookUp(world: World, table: RouteTable, family: Family, address: bigint): string {
  const known = foundTargets.get(table) ?? new Map<string, string>();
  foundTargets.set(table, known);
  const key = `${family} ${address}`;
  const target = known.get(key) ?? targetOf(bestRoute(world, table, family, address));
  known.set(key, target);
  return target;
}

interface Candidate {
  block: Block;
  route: Route;
  isLocal: boolean;
  isPropagated: boolean;
  isFromList: boolean;
}

function bestRoute(world: World, table: RouteTable, family: Family, address: bigint): Route | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidatesOf(world, table)) {
    const { block } = candidate;
    const matches = block.family === family && block.first <= address && address <= block.last;
    if (matches && (best === undefined || isBetter(candidate, best))) best = candidate;
  }
  return best?.route;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  if (one.block.length !== other.block.length) return one.block.length > other.block.length;
  if (one.isLocal !== other.isLocal) return one.isLocal;
  if (one.isPropagated !== other.isPropagated) return other.isPropagated;
  return !one.isFromList && other.isFromList;
}

function candidatesOf(world: World, table: RouteTable): Candidate[] {
  const listed = table.Routes.flatMap((route) => destinationsOf(world, route).map((text) => candidate(text, route)));
  const vpc = world.file.Vpcs?.find((each) => each.VpcId === table.VpcId);
  const implicit = (vpc === undefined ? [] : blocksOfVpc(vpc))
    .filter((text) => !table.Routes.some((route) => sameBlock(listedBlock(route), text)))
    .map((text) => candidate(text, { GatewayId: 'local' }));
  return [...listed, ...implicit].filter((each) => each !== null);
}

function candidate(text: string, route: Route): Candidate | null {
  const block = parseBlock(text);
  if (block === null) return null;
  return {
    block,
    route,
    isLocal: route.GatewayId === 'local',
    isPropagated: route.Origin === 'EnableVgwRoutePropagation',
    isFromList: listedBlock(route) === undefined && route.DestinationPrefixListId !== undefined,
  };
}

function listedBlock(route: Route): string | undefined {
  return route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
}

function destinationsOf(world: World, route: Route): string[] {
  const block = listedBlock(route);
  if (block !== undefined) return [block];
  return route.DestinationPrefixListId === undefined ? [] : prefixListEntries(world, route.DestinationPrefixListId);
}

function sameBlock(one: string | undefined, other: string): boolean {
  const [a, b] = [one === undefined ? null : parseBlock(one), parseBlock(other)];
  return a !== null && b !== null && a.family === b.family && a.first === b.first && a.last === b.last;
}

function blocksOfVpc(vpc: Vpc): string[] {
  const ipv4 = (vpc.CidrBlockAssociationSet ?? []).filter((entry) => isAssociated(entry.CidrBlockState));
  const ipv6 = (vpc.Ipv6CidrBlockAssociationSet ?? []).filter((entry) => isAssociated(entry.Ipv6CidrBlockState));
  const all = [vpc.CidrBlock, ...ipv4.map((entry) => entry.CidrBlock), ...ipv6.map((entry) => entry.Ipv6CidrBlock)];
  return [...new Set(all)];
}

function targetOf(route: Route | undefined): string {
  if (route === undefined) return 'none';
  if (route.State === 'blackhole') return 'blackhole';
  return (
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.NetworkInterfaceId ??
    route.EgressOnlyInternetGatewayId ??
    'other'
  );
}
