import { createRandom } from '../random.ts';
import { addBalancers } from './random-balancers.ts';
import { createDice, type Dice, type Draft, type Net, PORT_RANGES } from './random-parts.ts';
import type {
  AclEntry,
  GroupRule,
  InterfaceAnswer,
  NetworkInterface,
  PacketAnswer,
  ProtocolPorts,
  Route,
  RouteTable,
  Subnet,
  TopologyFile,
} from './topology-file.ts';

const IPV4_POOL = [
  '0.0.0.0/1',
  '128.0.0.0/1',
  '198.51.100.0/24',
  '198.51.100.0/25',
  '203.0.113.7/32',
  '8.0.0.0/5',
].concat([
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.1.0.0/16',
  '10.0.1.0/24',
  '10.0.0.0/15',
  '10.0.1.0/28',
  '192.168.0.0/16',
  '172.16.0.0/12',
]);
const IPV6_POOL = ['2000::/3', '2001:db8::/32', '2001:db8:8000::/33', '2600:1f00::/32', '2600:1f00:0:100::/56'];
const REMOTE_BLOCKS = ['192.168.0.0/16', '192.168.7.0/24', '172.16.0.0/12', '0.0.0.0/0', 'fd00::/8'];
const ZONES = ['eu-central-1a', 'eu-central-1b'];
const WORLD = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** A small well-formed topology full of awkward cases; the same for the same seed. */
export function randomTopology(seed: number): TopologyFile {
  const dice = createDice(createRandom(seed * 7919 + 1));
  const draft = emptyDraft(dice);
  const vpcCount = 2 + dice.below(3);
  for (let index = 0; index < vpcCount; index++) addNet(draft, index);
  addPrefixLists(draft);
  for (const net of draft.nets) addGroups(draft, net);
  for (const net of draft.nets) addLists(draft, net);
  for (const net of draft.nets) addTables(draft, net);
  addInterfaces(draft);
  addPeerings(draft);
  addTransit(draft);
  addBalancers(draft);
  addBlockPublicAccess(draft);
  return draft.file;
}

function emptyDraft(dice: Dice): Draft {
  return {
    dice,
    nets: [],
    lastHost: 9,
    file: {
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
      VpcBlockPublicAccessExclusions: [],
    },
  };
}

function addNet(draft: Draft, index: number): void {
  const { dice, file } = draft;
  const prefix = dice.chance(0.08) ? `198.${18 + index}` : `10.${index}`;
  const net: Net = { index, id: `vpc-${index}`, prefix, subnets: [], tables: [], groups: [], appliance: undefined };
  draft.nets.push(net);
  file.Vpcs.push({
    VpcId: net.id,
    OwnerId: '111122223333',
    CidrBlock: `${prefix}.0.0/16`,
    CidrBlockAssociationSet: [{ CidrBlock: `${prefix}.0.0/16`, CidrBlockState: { State: 'associated' } }],
    Ipv6CidrBlockAssociationSet: [
      { Ipv6CidrBlock: `2600:1f00:0:${index}00::/56`, Ipv6CidrBlockState: { State: 'associated' } },
    ],
  });
  const count = index < 2 ? 1 + dice.below(2) : 1;
  for (let number = 1; number <= count; number++) addSubnet(draft, net, number);
  addGateways(draft, net);
}

function addSubnet(draft: Draft, net: Net, number: number): void {
  const block = `2600:1f00:0:${net.index}0${number}::/64`;
  const subnet: Subnet = {
    SubnetId: `subnet-${net.index}-${number}`,
    VpcId: net.id,
    OwnerId: '111122223333',
    CidrBlock: `${net.prefix}.${number}.0/24`,
    AvailabilityZone: draft.dice.one(ZONES),
  };
  if (draft.dice.chance(0.85)) {
    subnet.Ipv6CidrBlockAssociationSet = [{ Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } }];
  }
  net.subnets.push(subnet);
  draft.file.Subnets.push(subnet);
}

function addGateways(draft: Draft, net: Net): void {
  const { dice, file } = draft;
  const state = dice.one(['available', 'available', 'attached', 'detaching']);
  file.InternetGateways.push({
    InternetGatewayId: `igw-${net.index}`,
    Attachments: dice.chance(0.93) ? [{ VpcId: net.id, State: dice.chance(0.3) ? state : 'available' }] : [],
  });
  const vpn = dice.chance(0.9) ? 'attached' : 'detached';
  if (dice.chance(0.4)) {
    file.VpnGateways.push({ VpnGatewayId: `vgw-${net.index}`, VpcAttachments: [{ VpcId: net.id, State: vpn }] });
  }
  file.EgressOnlyInternetGateways.push({ EgressOnlyInternetGatewayId: `eigw-${net.index}` });
  file.NatGateways.push({ NatGatewayId: `nat-${net.index}`, VpcId: net.id, State: 'available' });
  if (dice.chance(0.35)) net.appliance = dice.chance(0.6) ? `vpce-${net.index}` : addAppliance(draft, net);
}

function addAppliance(draft: Draft, net: Net): string {
  const subnet = net.subnets[0] as Subnet;
  const id = `eni-appliance-${net.index}`;
  draft.file.NetworkInterfaces.push({
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: net.id,
    PrivateIpAddress: `${net.prefix}.1.5`,
    PrivateIpAddresses: [{ PrivateIpAddress: `${net.prefix}.1.5`, Primary: true }],
    Groups: [],
  });
  return id;
}

function addPrefixLists({ dice, file }: Draft): void {
  for (const [id, pool] of [
    ['pl-v4', IPV4_POOL],
    ['pl-v6', IPV6_POOL],
  ] as const) {
    const entries = dice.some(pool, 1 + dice.below(3));
    file.ManagedPrefixLists.push({
      PrefixListId: id,
      AddressFamily: id === 'pl-v4' ? 'IPv4' : 'IPv6',
      Entries: entries.map((Cidr) => ({ Cidr })),
    });
  }
}

function addGroups(draft: Draft, net: Net): void {
  for (let number = 1; number <= 2; number++) {
    const id = `sg-${net.index}-${number}`;
    net.groups.push(id);
    const rules = Array.from({ length: 1 + draft.dice.below(4) }, () => randomGroupRule(draft));
    draft.file.SecurityGroups.push({
      GroupId: id,
      VpcId: net.id,
      IpPermissions: rules,
      IpPermissionsEgress: randomEgress(draft),
    });
  }
}

function randomGroupRule(draft: Draft): GroupRule {
  const { dice } = draft;
  const protocol = dice.one(['tcp', 'tcp', 'tcp', 'udp', '6', '17', '-1', 'icmp', '50']);
  const [from, to] = protocol === 'icmp' ? [8, -1] : dice.one(PORT_RANGES);
  const rule: GroupRule = { IpProtocol: protocol, ...randomSources(draft) };
  if (protocol === '-1' || dice.chance(0.05)) return rule;
  return dice.chance(0.04) ? { ...rule, FromPort: -1, ToPort: -1 } : { ...rule, FromPort: from, ToPort: to };
}

function randomSources(draft: Draft): Partial<GroupRule> {
  const { dice } = draft;
  const sources: Partial<GroupRule> = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  const kind = dice.unit();
  if (kind < 0.5) sources.IpRanges?.push({ CidrIp: dice.chance(0.5) ? WORLD.ipv4 : dice.one(IPV4_POOL) });
  if (kind > 0.3 && kind < 0.75) {
    sources.Ipv6Ranges?.push({ CidrIpv6: dice.chance(0.6) ? WORLD.ipv6 : dice.one(IPV6_POOL) });
  }
  if (kind > 0.7 && kind < 0.85) sources.PrefixListIds?.push({ PrefixListId: dice.one(['pl-v4', 'pl-v6']) });
  if (kind > 0.8 || dice.chance(0.1)) sources.UserIdGroupPairs?.push({ GroupId: anyGroup(draft) });
  return sources;
}

function anyGroup({ dice, nets }: Draft): string {
  if (dice.chance(0.04)) return 'sg-gone';
  return `sg-${dice.below(nets.length)}-${1 + dice.below(2)}`;
}

function randomEgress(draft: Draft): GroupRule[] {
  const { dice } = draft;
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: WORLD.ipv4 }], Ipv6Ranges: [{ CidrIpv6: WORLD.ipv6 }] };
  return dice.chance(0.75) ? [all] : [randomGroupRule(draft), randomGroupRule(draft)];
}

function addLists(draft: Draft, net: Net): void {
  const { dice, file } = draft;
  const own = net.subnets.filter(() => dice.chance(0.45));
  file.NetworkAcls.push({
    NetworkAclId: `acl-${net.index}-default`,
    VpcId: net.id,
    IsDefault: true,
    Associations: net.subnets.filter((each) => !own.includes(each)).map(({ SubnetId }) => ({ SubnetId })),
    Entries: dice.chance(0.6) ? openEntries(dice) : randomEntries(draft),
  });
  if (own.length === 0) return;
  file.NetworkAcls.push({
    NetworkAclId: `acl-${net.index}-own`,
    VpcId: net.id,
    IsDefault: false,
    Associations: own.map(({ SubnetId }) => ({ SubnetId })),
    Entries: randomEntries(draft),
  });
}

function openEntries(dice: Dice): AclEntry[] {
  const isBoth = dice.chance(0.85);
  return [false, true].flatMap((egress) => [
    ...finalDenies(egress),
    allow(100, egress, '-1', 'ipv4'),
    ...(isBoth ? [allow(101, egress, '-1', 'ipv6')] : []),
  ]);
}

function finalDenies(Egress: boolean): AclEntry[] {
  const deny = { Egress, Protocol: '-1', RuleAction: 'deny' as const };
  return [
    { RuleNumber: 32767, ...deny, CidrBlock: WORLD.ipv4 },
    { RuleNumber: 32768, ...deny, Ipv6CidrBlock: WORLD.ipv6 },
  ];
}

function allow(RuleNumber: number, Egress: boolean, Protocol: string, family: 'ipv4' | 'ipv6'): AclEntry {
  const block = family === 'ipv4' ? { CidrBlock: WORLD.ipv4 } : { Ipv6CidrBlock: WORLD.ipv6 };
  return { RuleNumber, Egress, Protocol, RuleAction: 'allow', ...block };
}

function randomEntries({ dice }: Draft): AclEntry[] {
  const entries: AclEntry[] = [];
  for (const egress of [false, true]) {
    const numbers = dice.shuffle([90, 80, 70, 60, 110, 120, 130]);
    const count = 1 + dice.below(3);
    entries.push(...finalDenies(egress));
    for (const number of numbers.slice(0, count)) entries.push(randomEntry(dice, number, egress));
    entries.push(...backEntries(dice, egress));
  }
  return dice.shuffle(entries);
}

function randomEntry(dice: Dice, RuleNumber: number, Egress: boolean): AclEntry {
  const [From, To] = dice.one(PORT_RANGES);
  const protocol = dice.one(['6', '6', '6', '17', '17', '-1', '1']);
  const isIpv4 = dice.chance(0.6);
  const block = isIpv4
    ? { CidrBlock: dice.chance(0.3) ? WORLD.ipv4 : dice.one(IPV4_POOL) }
    : { Ipv6CidrBlock: dice.chance(0.3) ? WORLD.ipv6 : dice.one(IPV6_POOL) };
  const hasPorts = ['6', '17'].includes(protocol) && dice.chance(0.93);
  const RuleAction = dice.chance(0.6) ? 'deny' : 'allow';
  const entry: AclEntry = { RuleNumber, Egress, Protocol: protocol, RuleAction, ...block };
  return hasPorts ? { ...entry, PortRange: { From, To } } : entry;
}

/** The allows that keep a list from shutting everything. */
function backEntries(dice: Dice, egress: boolean): AclEntry[] {
  const style = dice.unit();
  if (style < 0.08) return [];
  if (style < 0.7) return [allow(200, egress, '-1', 'ipv4'), allow(201, egress, '-1', 'ipv6')];
  const [From, To] = dice.one(PORT_RANGES.filter(([first, last]) => last - first > 1000));
  return (['6', '17'] as const).flatMap((protocol, index) => [
    { ...allow(200 + index, egress, protocol, 'ipv4'), PortRange: { From, To } },
    { ...allow(210 + index, egress, protocol, 'ipv6'), PortRange: { From, To } },
  ]);
}

function addTables(draft: Draft, net: Net): void {
  const { dice } = draft;
  const own = net.subnets.filter(() => dice.chance(0.4));
  addTable(draft, net, 'main', [{ Main: true }]);
  if (own.length > 0) {
    addTable(
      draft,
      net,
      'own',
      own.map(({ SubnetId }) => ({ SubnetId })),
    );
  }
  if (net.appliance !== undefined) addEdgeTable(draft, net, `igw-${net.index}`, net.appliance);
  const hasVpn = draft.file.VpnGateways.some((each) => each.VpnGatewayId === `vgw-${net.index}`);
  if (hasVpn && dice.chance(0.25)) addEdgeTable(draft, net, `vgw-${net.index}`, net.appliance ?? `vpce-${net.index}`);
}

function addTable(draft: Draft, net: Net, name: string, associations: RouteTable['Associations']): void {
  const table: RouteTable = {
    RouteTableId: `rtb-${net.index}-${name}`,
    VpcId: net.id,
    Associations: associations ?? [],
    Routes: [],
  };
  draft.file.RouteTables.push(table);
  net.tables.push(table);
  if (draft.dice.chance(0.8)) {
    addRoute(table, `${net.prefix}.0.0/16`, { GatewayId: 'local' });
    addRoute(table, `2600:1f00:0:${net.index}00::/56`, { GatewayId: 'local' });
  }
  addInternetRoutes(draft, net, table);
  addAwkwardRoutes(draft, net, table);
  addVpnRoutes(draft, net, table);
}

/** AWS takes one static and one propagated route for a block. */
function addRoute(table: RouteTable, block: string, target: Partial<Route>, fields: Partial<Route> = {}): void {
  const destination = block.includes(':') ? { DestinationIpv6CidrBlock: block } : { DestinationCidrBlock: block };
  const route: Route = { ...destination, ...target, Origin: 'CreateRoute', State: 'active', ...fields };
  const isTaken = table.Routes.some(
    (each) => each.Origin === route.Origin && (each.DestinationCidrBlock ?? each.DestinationIpv6CidrBlock) === block,
  );
  if (!isTaken) table.Routes.push(route);
}

function addInternetRoutes({ dice }: Draft, net: Net, table: RouteTable): void {
  const gateway = { GatewayId: `igw-${net.index}` };
  const appliance = net.appliance?.startsWith('eni')
    ? { NetworkInterfaceId: net.appliance }
    : { GatewayId: net.appliance as string };
  const isThroughAppliance = net.appliance !== undefined && dice.chance(0.7);
  const target = isThroughAppliance ? appliance : gateway;
  const style = dice.unit();
  if (style < 0.72) addRoute(table, WORLD.ipv4, target);
  if (style > 0.55) addRoute(table, dice.one(['0.0.0.0/1', '128.0.0.0/1', '198.51.100.0/24', '8.0.0.0/5']), target);
  if (dice.chance(0.8)) addRoute(table, WORLD.ipv6, target);
  else addRoute(table, dice.one(IPV6_POOL), target);
  if (isThroughAppliance && dice.chance(0.2)) addRoute(table, '128.0.0.0/1', gateway);
}

function addAwkwardRoutes({ dice }: Draft, net: Net, table: RouteTable): void {
  const targets: Partial<Route>[] = [
    { NatGatewayId: `nat-${net.index}` },
    { GatewayId: `igw-${net.index}` },
    { GatewayId: `igw-${net.index}`, State: 'blackhole' },
    { NatGatewayId: `nat-${net.index}`, State: 'blackhole' },
  ];
  if (dice.chance(0.45)) addRoute(table, dice.one(IPV4_POOL), dice.one(targets));
  if (dice.chance(0.25)) addRoute(table, dice.one(IPV4_POOL), dice.one(targets));
  if (dice.chance(0.25)) addRoute(table, dice.one(IPV6_POOL), { EgressOnlyInternetGatewayId: `eigw-${net.index}` });
  if (dice.chance(0.2)) {
    const DestinationPrefixListId = dice.one(['pl-v4', 'pl-v6']);
    table.Routes.push({ DestinationPrefixListId, Origin: 'CreateRoute', State: 'active', ...dice.one(targets) });
  }
}

function addVpnRoutes({ dice, file }: Draft, net: Net, table: RouteTable): void {
  const id = `vgw-${net.index}`;
  if (!file.VpnGateways.some((each) => each.VpnGatewayId === id)) return;
  const propagated = { Origin: 'EnableVgwRoutePropagation' };
  for (const block of dice.some(REMOTE_BLOCKS, 1 + dice.below(3))) {
    addRoute(table, block, { GatewayId: id }, dice.chance(0.6) ? propagated : {});
  }
}

function addEdgeTable(draft: Draft, net: Net, gateway: string, appliance: string): void {
  const { dice } = draft;
  const hop = appliance.startsWith('eni') ? { NetworkInterfaceId: appliance } : { GatewayId: appliance };
  const table: RouteTable = {
    RouteTableId: `rtb-${gateway}`,
    VpcId: net.id,
    Associations: [{ GatewayId: gateway }],
    Routes: [],
  };
  for (const subnet of net.subnets) {
    const fields = dice.chance(0.1) ? { State: 'blackhole' } : {};
    if (dice.chance(0.7)) addRoute(table, subnet.CidrBlock as string, hop, fields);
    const [ipv6] = subnet.Ipv6CidrBlockAssociationSet ?? [];
    if (ipv6 !== undefined && dice.chance(0.7)) addRoute(table, ipv6.Ipv6CidrBlock, hop, fields);
  }
  if (dice.chance(0.15)) addRoute(table, `${net.prefix}.0.0/16`, hop);
  if (dice.chance(0.15)) addRoute(table, `${net.prefix}.1.0/28`, { GatewayId: 'local' });
  draft.file.RouteTables.push(table);
}

function addInterfaces(draft: Draft): void {
  const { dice, nets } = draft;
  const places = nets.flatMap((net) => net.subnets.map((subnet) => ({ net, subnet })));
  const count = Math.max(places.length, 3 + dice.below(5));
  for (let number = 0; number < count; number++) {
    const place = places[number % places.length] as (typeof places)[number];
    addInterface(draft, place.net, place.subnet, number);
  }
}

function addInterface(draft: Draft, net: Net, subnet: Subnet, number: number): void {
  const { dice, file } = draft;
  const instanceId = `i-${number}`;
  const face: NetworkInterface = {
    NetworkInterfaceId: `eni-${number}`,
    SubnetId: subnet.SubnetId,
    VpcId: net.id,
    ...privateAddresses(draft, subnet),
    Groups: dice.some(net.groups, dice.chance(0.4) ? 2 : 1).map((GroupId) => ({ GroupId })),
  };
  if (dice.chance(0.95)) face.Attachment = { InstanceId: instanceId, DeviceIndex: 0, Status: 'attached' };
  if (face.Attachment && dice.chance(0.04)) face.Attachment.Status = 'detaching';
  addPublicAddress(draft, face, number);
  file.NetworkInterfaces.push(face);
  const state = dice.chance(0.93) ? dice.one(['running', 'running', 'pending']) : dice.one(['stopped', 'stopping']);
  file.Instances.push({ InstanceId: instanceId, State: { Name: state } });
  if (face.Attachment && dice.chance(0.12)) addSecondInterface(draft, face, number);
}

function addSecondInterface(draft: Draft, first: NetworkInterface, number: number): void {
  const subnet = draft.file.Subnets.find((each) => each.SubnetId === first.SubnetId) as Subnet;
  const face: NetworkInterface = {
    ...first,
    NetworkInterfaceId: `eni-${number}-second`,
    ...privateAddresses(draft, subnet),
    Attachment: { InstanceId: `i-${number}`, DeviceIndex: 1, Status: 'attached' },
  };
  delete face.Association;
  addPublicAddress(draft, face, number + 100);
  draft.file.NetworkInterfaces.push(face);
}

function privateAddresses(draft: Draft, subnet: Subnet): Partial<NetworkInterface> {
  const { dice } = draft;
  const base = (subnet.CidrBlock as string).replace('0/24', '');
  draft.lastHost += 3;
  const host = draft.lastHost;
  const addresses = [{ PrivateIpAddress: `${base}${host}`, Primary: true }];
  if (dice.chance(0.3)) addresses.push({ PrivateIpAddress: `${base}${host + 1}`, Primary: false });
  const [ipv6] = subnet.Ipv6CidrBlockAssociationSet ?? [];
  const global = ipv6?.Ipv6CidrBlock.replace('/64', host.toString(16));
  return {
    PrivateIpAddress: `${base}${host}`,
    PrivateIpAddresses: addresses,
    Ipv6Addresses: global !== undefined && dice.chance(0.8) ? [{ Ipv6Address: global }] : [],
  };
}

function addPublicAddress({ dice, file }: Draft, face: NetworkInterface, number: number): void {
  const PublicIp = `54.0.${number}.1`;
  const [primary, secondary] = face.PrivateIpAddresses ?? [];
  const kind = dice.unit();
  if (kind < 0.5 && primary !== undefined) {
    primary.Association = { PublicIp };
    face.Association = { PublicIp };
  } else if (kind < 0.6 && secondary !== undefined) {
    secondary.Association = { PublicIp };
  } else if (kind < 0.7) {
    file.Addresses.push({ AllocationId: `eip-${number}`, PublicIp, NetworkInterfaceId: face.NetworkInterfaceId });
  } else if (kind < 0.78 && secondary !== undefined) {
    const { NetworkInterfaceId } = face;
    file.Addresses.push({ PublicIp, NetworkInterfaceId, PrivateIpAddress: secondary.PrivateIpAddress });
  } else if (kind < 0.83) {
    face.Association = { CarrierIp: PublicIp };
  }
}

function addPeerings(draft: Draft): void {
  const { dice, nets, file } = draft;
  for (const [index, accepter] of nets.entries()) {
    const requester = nets[index - 1];
    if (requester === undefined || dice.chance(0.45)) continue;
    const id = `pcx-${requester.index}-${accepter.index}`;
    const region = dice.chance(0.85) ? 'eu-central-1' : 'eu-west-1';
    file.VpcPeeringConnections.push({
      VpcPeeringConnectionId: id,
      Status: { Code: dice.chance(0.92) ? 'active' : 'deleted' },
      RequesterVpcInfo: { ...peeringSide(requester), Region: 'eu-central-1' },
      AccepterVpcInfo: { ...peeringSide(accepter), Region: region },
    });
    routeBetween(draft, requester, accepter, { VpcPeeringConnectionId: id });
    routeBetween(draft, accepter, requester, { VpcPeeringConnectionId: id });
  }
}

function peeringSide(net: Net): { VpcId: string; OwnerId: string; CidrBlock: string } {
  return { VpcId: net.id, OwnerId: '111122223333', CidrBlock: `${net.prefix}.0.0/16` };
}

function routeBetween({ dice }: Draft, from: Net, to: Net, target: Partial<Route>): void {
  for (const table of from.tables) {
    if (dice.chance(0.1)) continue;
    const state = dice.chance(0.05) ? { State: 'blackhole' } : {};
    const ipv4 = [`${to.prefix}.0.0/16`, `${to.prefix}.0.0/16`, `${to.prefix}.1.0/24`, '10.0.0.0/8'];
    addRoute(table, dice.one(ipv4), target, state);
    if (dice.chance(0.8)) addRoute(table, `2600:1f00:0:${to.index}00::/56`, target, state);
  }
}

function addTransit(draft: Draft): void {
  const { dice, nets, file } = draft;
  if (dice.chance(0.35)) return;
  const support = () => ({ SecurityGroupReferencingSupport: dice.chance(0.7) ? 'enable' : 'disable' });
  file.TransitGateways.push({ TransitGatewayId: 'tgw-1', Options: support() });
  const members = nets.length === 2 ? nets : nets.filter(() => dice.chance(0.85));
  for (const net of members) {
    file.TransitGatewayVpcAttachments.push({
      TransitGatewayAttachmentId: `tgw-attach-${net.index}`,
      TransitGatewayId: 'tgw-1',
      VpcId: net.id,
      State: dice.chance(0.94) ? 'available' : 'deleting',
      SubnetIds: attachmentSubnets(draft, net),
      Options: support(),
    });
    for (const other of members) if (other !== net) routeBetween(draft, net, other, { TransitGatewayId: 'tgw-1' });
  }
  addTransitTables(draft, members);
}

function attachmentSubnets({ dice }: Draft, net: Net): string[] {
  const doors = ZONES.map((zone) => dice.shuffle(net.subnets).find((each) => each.AvailabilityZone === zone));
  const ids = doors.filter((each) => each !== undefined).map((each) => each.SubnetId);
  return ids.length > 1 && dice.chance(0.2) ? ids.slice(1) : ids;
}

function addTransitTables(draft: Draft, members: readonly Net[]): void {
  const { dice, file } = draft;
  const count = 1 + dice.below(2);
  const remote = dice.chance(0.5) ? dice.one(['vpn', 'direct-connect-gateway']) : undefined;
  const tables = Array.from({ length: count }, (_, index) => ({
    TransitGatewayRouteTableId: `tgw-rtb-${index}`,
    TransitGatewayId: 'tgw-1',
    Associations: [] as { TransitGatewayAttachmentId: string; ResourceType: string; State: string }[],
    Routes: transitRoutes(draft, members, remote),
  }));
  file.TransitGatewayRouteTables.push(...tables);
  const associate = (TransitGatewayAttachmentId: string, ResourceType: string) => {
    dice.one(tables).Associations.push({ TransitGatewayAttachmentId, ResourceType, State: 'associated' });
  };
  for (const net of members) if (dice.chance(0.96)) associate(`tgw-attach-${net.index}`, 'vpc');
  if (remote === undefined) return;
  associate('tgw-attach-remote', remote);
  for (const table of members.flatMap((net) => net.tables)) {
    if (dice.chance(0.8)) addRoute(table, dice.one(REMOTE_BLOCKS), { TransitGatewayId: 'tgw-1' });
  }
}

type TransitRoutes = NonNullable<NonNullable<TopologyFile['TransitGatewayRouteTables']>[number]['Routes']>;

function transitRoutes({ dice }: Draft, members: readonly Net[], remote: string | undefined): TransitRoutes {
  const routes: TransitRoutes = [];
  const add = (DestinationCidrBlock: string, attachment: string | undefined, Type: string) => {
    if (routes.some((each) => each.DestinationCidrBlock === DestinationCidrBlock && each.Type === Type)) return;
    const common = { DestinationCidrBlock, Type };
    if (attachment === undefined) routes.push({ ...common, State: 'blackhole' });
    else
      routes.push({
        ...common,
        State: 'active',
        TransitGatewayAttachments: [{ TransitGatewayAttachmentId: attachment }],
      });
  };
  for (const net of members) {
    const type = dice.chance(0.6) ? 'propagated' : 'static';
    if (dice.chance(0.12)) add(`${net.prefix}.0.0/16`, undefined, 'static');
    if (dice.chance(0.15)) add(dice.one([`${net.prefix}.1.0/24`, `${net.prefix}.1.0/28`]), undefined, 'static');
    if (dice.chance(0.92)) add(`${net.prefix}.0.0/16`, `tgw-attach-${net.index}`, type);
    if (dice.chance(0.12)) add(`${net.prefix}.0.0/16`, `tgw-attach-${dice.one(members).index}`, 'static');
    if (dice.chance(0.85)) add(`2600:1f00:0:${net.index}00::/56`, `tgw-attach-${net.index}`, type);
  }
  if (remote !== undefined)
    for (const block of dice.some(REMOTE_BLOCKS, 3)) add(block, 'tgw-attach-remote', 'propagated');
  return routes;
}

function addBlockPublicAccess({ dice, file, nets }: Draft): void {
  const mode = dice.chance(0.12) ? dice.one(['block-bidirectional', 'block-ingress']) : 'off';
  file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: mode };
  for (const [number, net] of nets.entries()) {
    if (dice.chance(0.3)) continue;
    const resource = dice.chance(0.5) ? `vpc/${net.id}` : `subnet/${dice.one(net.subnets).SubnetId}`;
    file.VpcBlockPublicAccessExclusions.push({
      ExclusionId: `vpcbpa-exclude-${number}`,
      ResourceArn: `arn:aws:ec2:eu-central-1:111122223333:${resource}`,
      InternetGatewayExclusionMode: dice.chance(0.75) ? 'allow-bidirectional' : 'allow-egress',
      State: dice.one(['create-complete', 'update-complete', 'create-complete', 'delete-complete']),
    });
  }
}

/** How often something of a kind is open: in topologies, on interfaces, and on interfaces only for some ports. */
export interface CensusCount {
  topologies: number;
  interfaces: number;
  partial: number;
}

const CATEGORIES = ['directIpv4', 'directIpv6', 'conditional', 'loadBalancer', 'peer', 'vgw', 'tgw'] as const;

export type Census = Record<(typeof CATEGORIES)[number], CensusCount>;

/** Counts what is open in the answers, so that a test can prove that its topologies are not all shut. */
export function censusOf(answers: readonly PacketAnswer[]): Census {
  const census = Object.fromEntries(
    CATEGORIES.map((category) => [category, { topologies: 0, interfaces: 0, partial: 0 }]),
  ) as Census;
  for (const answer of answers) {
    for (const category of CATEGORIES) {
      const sets = Object.values(answer).map((face) => portSetsOf(face)[category]);
      const open = sets.filter((each) => each.some(isOpen));
      if (open.length > 0) census[category].topologies++;
      census[category].interfaces += open.length;
      census[category].partial += open.filter((each) => each.some(isPartlyOpen)).length;
    }
  }
  return census;
}

function portSetsOf(face: InterfaceAnswer): Record<(typeof CATEGORIES)[number], ProtocolPorts[]> {
  const gateways = (each: InterfaceAnswer['peer']) => Object.values(each).flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  return {
    directIpv4: [face.direct.ipv4],
    directIpv6: [face.direct.ipv6],
    conditional: [face.conditional.ipv4, face.conditional.ipv6],
    loadBalancer: [face.loadBalancer],
    peer: gateways(face.peer),
    vgw: gateways(face.vgw),
    tgw: gateways(face.tgw),
  };
}

function isOpen({ tcp, udp }: ProtocolPorts): boolean {
  return tcp.length + udp.length > 0;
}

function isPartlyOpen({ tcp, udp }: ProtocolPorts): boolean {
  return [tcp, udp].some(
    ([first, ...others]) => first !== undefined && (others.length > 0 || first[1] - first[0] < 65535),
  );
}
