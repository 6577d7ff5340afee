import {
  addList,
  addPeer,
  addSite,
  addSubnet,
  addTable,
  addTransit,
  addVpn,
  type Base,
  buildTopology,
  entry,
  giveIpv6,
  type Joined,
  open,
  type Peered,
  route,
  rule,
  SSH,
  type Trap,
  transitRoute,
} from './build-topology.ts';

function peer(name: string, isOpen: boolean, change: (base: Base, peered: Peered) => void): Trap {
  const topology = buildTopology((base) => change(base, addPeer(base)));
  return { name, topology, interface: 'eni-a', expected: { peer: isOpen ? { 'pcx-1': SSH } : {} } };
}

function transit(name: string, isOpen: boolean, change: (base: Base, joined: Joined) => void): Trap {
  const topology = buildTopology((base) => change(base, addTransit(base)));
  return { name, topology, interface: 'eni-a', expected: { tgw: isOpen ? { 'tgw-1': SSH } : {} } };
}

export const PEER_TRAPS: readonly Trap[] = [
  peer('an active peering routed both ways is open', true, () => {}),
  peer('a peering needs no public address', true, ({ face }) => {
    delete face.Association;
    face.PrivateIpAddresses = [{ PrivateIpAddress: '10.0.1.10', Primary: true }];
  }),
  peer('block public access does not touch a peering', true, ({ file }) => {
    file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-bidirectional' };
  }),
  peer('a peering without a return route is shut', false, ({ table }) => {
    table.Routes = table.Routes.filter((each) => each.VpcPeeringConnectionId === undefined);
  }),
  peer('a peering that the other side does not route is shut', false, (_, { neighbour }) => {
    neighbour.table.Routes = neighbour.table.Routes.filter((each) => each.VpcPeeringConnectionId === undefined);
  }),
  peer('a peering that waits for acceptance is shut', false, (_, { peering }) => {
    peering.Status = { Code: 'pending-acceptance' };
  }),
  peer('a peering is no way for a third VPC behind it', false, ({ file, group, table }, { neighbour, peering }) => {
    const third = addSite(file, 'c', '10.2');
    file.VpcPeeringConnections.push({
      ...peering,
      VpcPeeringConnectionId: 'pcx-2',
      RequesterVpcInfo: { VpcId: 'vpc-b', Region: 'eu-central-1', CidrBlock: '10.1.0.0/16' },
      AccepterVpcInfo: { VpcId: 'vpc-c', Region: 'eu-central-1', CidrBlock: '10.2.0.0/16' },
    });
    third.table.Routes.push(route('10.0.0.0/16', 'pcx-2'));
    neighbour.table.Routes.push(route('10.2.0.0/16', 'pcx-2'));
    table.Routes.push(route('10.2.0.0/16', 'pcx-1'));
    group.IpPermissions = [rule('tcp', [22, 22], '10.2.0.0/16')];
  }),
  peer('a group worn in the peered VPC is admitted by reference', true, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
  }),
  peer('a group of another region cannot be referenced', false, ({ group }, { peering }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
    peering.AccepterVpcInfo.Region = 'eu-west-1';
  }),
  peer('a block of another region is admitted', true, (_, { peering }) => {
    peering.AccepterVpcInfo.Region = 'eu-west-1';
  }),
  peer('a referenced group that nobody wears admits nobody', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-gone')];
  }),
  peer('a group that names itself does not admit the peer', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-a')];
  }),
  peer('a return route for one half of the peer does not serve a wearer in the other', false, ({ group, table }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
    table.Routes.push(route('10.1.1.0/28', 'nat-a'));
  }),
  peer('the list of the source subnet may stop what leaves', false, (_, { neighbour }) => {
    neighbour.acl.Entries.push(entry('out', 50, 'deny', '10.0.1.0/24', [22, 22]));
  }),
  peer('the list of the source subnet may stop the reply', false, (_, { neighbour }) => {
    neighbour.acl.Entries.push(entry('in', 50, 'deny', '10.0.1.0/24', [1024, 65535]));
  }),
  peer('one client port must suit the reply at both ends', false, ({ acl }, { neighbour }) => {
    acl.Entries.push(entry('out', 50, 'deny', '10.1.0.0/16', [1024, 32767]));
    neighbour.acl.Entries.push(entry('in', 50, 'deny', '10.0.0.0/16', [32768, 65535]));
  }),
  peer('the outbound rules of the source do not matter', true, (_, { neighbour }) => {
    neighbour.group.IpPermissionsEgress = [];
  }),
  peer('the peer may route to the one address of the interface', true, (_, { neighbour }) => {
    neighbour.table.Routes = [route('10.0.1.10/32', 'pcx-1')];
  }),
  peer('the internet is no source behind a peering', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], '198.51.100.0/24')];
  }),
  peer('addresses of the VPC outside of its subnets are no sources', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], '10.1.2.0/24')];
  }),
  {
    name: 'IPv6 crosses a peering that routes it both ways',
    topology: buildTopology((base) => {
      const { neighbour } = addPeer(base);
      giveIpv6(base);
      giveIpv6(neighbour, 'b');
      base.table.Routes.push(route('2600:1f00:0:b00::/56', 'pcx-1'));
      neighbour.table.Routes.push(route('2600:1f00:0:a00::/56', 'pcx-1'));
      base.group.IpPermissions = [rule('tcp', [22, 22], '2600:1f00:0:b00::/56')];
    }),
    interface: 'eni-a',
    expected: { peer: { 'pcx-1': open({ tcp6: [[22, 22]] }) } },
  },
  {
    name: 'IPv6 does not cross a peering that only one side routes',
    topology: buildTopology((base) => {
      const { neighbour } = addPeer(base);
      giveIpv6(base);
      giveIpv6(neighbour, 'b');
      neighbour.table.Routes.push(route('2600:1f00:0:a00::/56', 'pcx-1'));
      base.group.IpPermissions = [rule('tcp', [22, 22], '2600:1f00:0:b00::/56')];
    }),
    interface: 'eni-a',
    expected: { peer: {} },
  },
];

/** Gives vpc-a an attachment subnet of its own, so that lists between the two subnets apply. */
function moveDoor({ file, vpc }: Base, { own }: Joined): ReturnType<typeof addSubnet> {
  own.SubnetIds = ['subnet-door'];
  return addSubnet(file, vpc, 'subnet-door', '10.0.9.0/28');
}

/** The same for vpc-b, whose first subnet stays the only admitted source. */
function moveOtherDoor({ file, group }: Base, { other, neighbour }: Joined): ReturnType<typeof addSubnet> {
  group.IpPermissions = [rule('tcp', [22, 22], '10.1.1.0/24')];
  other.SubnetIds = ['subnet-far'];
  return addSubnet(file, neighbour.vpc, 'subnet-far', '10.1.9.0/28');
}

/** A VPN behind the transit gateway, which announces 192.168.0.0/16. */
function addRemote({ table, group }: Base, joined: Joined): void {
  joined.transit.Associations?.push({ TransitGatewayAttachmentId: 'tgw-attach-vpn', ResourceType: 'vpn' });
  joined.transit.Routes?.push(transitRoute('192.168.0.0/16', 'tgw-attach-vpn'));
  table.Routes.push(route('192.168.0.0/16', 'tgw-1'));
  group.IpPermissions = [rule('tcp', [22, 22], '192.168.0.0/16')];
}

export const TRANSIT_TRAPS: readonly Trap[] = [
  transit('two VPCs joined by a transit gateway reach each other', true, () => {}),
  transit('a blackhole on the way there shuts the path', false, (_, { transit: table }) => {
    table.Routes?.push(transitRoute('10.0.1.0/24', undefined));
  }),
  transit('a blackhole in the table of the way back shuts the path', false, ({ file }, joined) => {
    const [own, other] = joined.transit.Associations ?? [];
    joined.transit.Associations = other === undefined ? [] : [other];
    file.TransitGatewayRouteTables.push({
      TransitGatewayRouteTableId: 'tgw-rtb-2',
      TransitGatewayId: 'tgw-1',
      Associations: own === undefined ? [] : [own],
      Routes: [transitRoute('10.1.0.0/16', undefined)],
    });
  }),
  transit('a static blackhole wins over a propagated route of the same block', false, (_, joined) => {
    joined.transit.Routes?.push(transitRoute('10.1.0.0/16', undefined));
  }),
  transit('a static route wins over a propagated one of the same block', false, (_, joined) => {
    joined.transit.Routes?.push(transitRoute('10.0.0.0/16', 'tgw-attach-other', 'static'));
  }),
  transit('a longer propagated route wins over a shorter blackhole', true, (_, joined) => {
    joined.transit.Routes?.push(transitRoute('10.0.0.0/8', undefined));
  }),
  transit('an attachment that is associated with no table reaches nothing', false, (_, joined) => {
    joined.transit.Associations = joined.transit.Associations?.slice(0, 1) ?? [];
  }),
  transit('a target whose attachment is associated with no table cannot answer', false, (_, joined) => {
    joined.transit.Associations = joined.transit.Associations?.slice(1) ?? [];
  }),
  transit('an attachment that is being deleted is no way', false, (_, { own }) => {
    own.State = 'deleting';
  }),
  transit('a transit gateway without a return route of the subnet is shut', false, ({ table }) => {
    table.Routes = table.Routes.filter((each) => each.TransitGatewayId === undefined);
  }),
  transit('a source subnet that does not route to the transit gateway is shut', false, (_, { neighbour }) => {
    neighbour.table.Routes = [];
  }),
  transit('a source in a zone without an attachment subnet does not get through', false, (base, joined) => {
    moveOtherDoor(base, joined);
    joined.neighbour.subnet.AvailabilityZone = 'eu-central-1b';
  }),
  transit('a target in a zone without an attachment subnet is not reached', false, (base, joined) => {
    moveDoor(base, joined).AvailabilityZone = 'eu-central-1b';
  }),
  transit('a group is admitted by reference where all three allow it', true, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
  }),
  transit('a group is not admitted by reference where one attachment forbids it', false, ({ group }, { other }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
    other.Options = { SecurityGroupReferencingSupport: 'disable' };
  }),
  transit('a group is not admitted by reference where the gateway does not support it', false, ({ file, group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-b')];
    file.TransitGateways = [{ TransitGatewayId: 'tgw-1' }];
  }),
  transit('the inbound list does not see what enters by its own attachment subnet', true, ({ acl }) => {
    acl.Entries.push(entry('in', 50, 'deny', '10.1.0.0/16', [22, 22]));
  }),
  transit('the outbound list sees the reply that leaves by its own attachment subnet', false, ({ acl }) => {
    acl.Entries.push(entry('out', 50, 'deny', '10.1.0.0/16'));
  }),
  transit('the inbound list sees what enters by another attachment subnet', false, (base, joined) => {
    moveDoor(base, joined);
    base.acl.Entries.push(entry('in', 50, 'deny', '10.1.0.0/16', [22, 22]));
  }),
  transit('the list of the attachment subnet sees what leaves it towards the target', false, (base, joined) => {
    const door = moveDoor(base, joined);
    addList(base.file, door, entry('out', 50, 'deny', '10.0.1.0/24', [22, 22]));
  }),
  transit('the inbound list of the attachment subnet does not see what the gateway brings', true, (base, joined) => {
    const door = moveDoor(base, joined);
    addList(base.file, door, entry('in', 50, 'deny', '10.1.0.0/16'));
  }),
  transit('the inbound list of the attachment subnet sees the reply', false, (base, joined) => {
    const door = moveDoor(base, joined);
    addList(base.file, door, entry('in', 50, 'deny', '10.0.1.0/24', [1024, 65535]));
  }),
  transit("the list of the source's attachment subnet sees what enters it", false, (base, joined) => {
    const far = moveOtherDoor(base, joined);
    addList(base.file, far, entry('in', 50, 'deny', '10.1.1.0/24', [22, 22]));
  }),
  transit("the source's inbound list sees the reply from another attachment subnet", false, (base, joined) => {
    const far = moveOtherDoor(base, joined);
    addList(base.file, far);
    joined.neighbour.acl.Entries.push(entry('in', 50, 'deny', '10.0.0.0/16'));
  }),
  transit("the source's inbound list does not see the reply in its own attachment subnet", true, (_, joined) => {
    joined.neighbour.acl.Entries.push(entry('in', 50, 'deny', '10.0.0.0/16'));
  }),
  transit('a VPN behind the transit gateway reaches what both tables route', true, addRemote),
  transit('a VPN whose attachment no table takes in reaches nothing', false, (base, joined) => {
    addRemote(base, joined);
    joined.transit.Associations = joined.transit.Associations?.slice(0, 2) ?? [];
  }),
  transit('a VPN that the subnet does not answer through the gateway reaches nothing', false, (base, joined) => {
    addRemote(base, joined);
    base.table.Routes.push(route('192.168.0.0/17', 'nat-a'), route('192.168.128.0/17', 'nat-a'));
  }),
];

type VpnGateway = ReturnType<typeof addVpn>;

function vpn(name: string, isOpen: boolean, change: (base: Base, gateway: VpnGateway) => void): Trap {
  const topology = buildTopology((base) => change(base, addVpn(base)));
  return { name, topology, interface: 'eni-a', expected: { vgw: isOpen ? { 'vgw-1': SSH } : {} } };
}

export const VPN_TRAPS: readonly Trap[] = [
  vpn('private sources come through a virtual private gateway', true, () => {}),
  vpn('a detached virtual private gateway opens nothing', false, (_, gateway) => {
    gateway.VpcAttachments = [{ VpcId: 'vpc-a', State: 'detached' }];
  }),
  vpn('a static route to the internet gateway takes a remote prefix away', false, ({ table }) => {
    table.Routes.push(route('192.168.0.0/16', 'igw-a'));
  }),
  vpn('a list may stop what comes from the remote network', false, ({ acl }) => {
    acl.Entries.push(entry('in', 50, 'deny', '192.168.0.0/16'));
  }),
  vpn('a group reference does not admit a remote network', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-a')];
  }),
  vpn('a gateway table that sends the address to an appliance is no plain path', false, ({ file }) => {
    addTable(file, 'vpc-a', 'vgw-1', route('10.0.1.0/24', 'vpce-1'));
  }),
  vpn('block public access does not touch a virtual private gateway', true, ({ file }) => {
    file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-bidirectional' };
  }),
];
