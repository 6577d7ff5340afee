/** Long because it is a table of cases and hardly anything else; in several files it would be harder to survey. */

import {
  addGroup,
  addInterface,
  addPrefixList,
  addTable,
  addVpn,
  type Base,
  buildTopology,
  entry,
  giveIpv6,
  givePublicAddress,
  NOTHING,
  open,
  openEntries,
  route,
  rule,
  SSH,
  type Trap,
  takePublicAddress,
} from './build-topology.ts';
import type { FamilyPorts } from './topology-file.ts';

const OFFICE = '198.51.100.0/24';
const SSH_IPV6 = open({ tcp6: [[22, 22]] });
const EVERYTHING = open({ tcp4: [[0, 65535]], udp4: [[0, 65535]] });

function direct(name: string, expected: FamilyPorts, change: (base: Base) => void, face = 'eni-a'): Trap {
  return { name, topology: buildTopology(change), interface: face, expected: { direct: expected } };
}

function admitOnly(base: Base, block: string): void {
  base.group.IpPermissions = [rule('tcp', [22, 22], block)];
}

function openIpv6(base: Base): void {
  giveIpv6(base);
  base.table.Routes.push(route('::/0', 'igw-a'));
  base.group.IpPermissions = [rule('tcp', [22, 22], '::/0')];
}

const GATEWAYS: readonly Trap[] = [
  direct("an instance with everything in place is open on its group's port", SSH, () => {}),
  direct('a group open to the world opens nothing without a route to the internet gateway', NOTHING, ({ table }) => {
    table.Routes = [route('10.0.0.0/16', 'local')];
  }),
  direct('a detached gateway whose route is still active opens nothing', NOTHING, ({ gateway }) => {
    gateway.Attachments = [];
  }),
  direct('a gateway that is being detached opens nothing', NOTHING, ({ gateway }) => {
    gateway.Attachments = [{ VpcId: 'vpc-a', State: 'detaching' }];
  }),
  direct('a gateway attached to another VPC opens nothing', NOTHING, ({ gateway }) => {
    gateway.Attachments = [{ VpcId: 'vpc-z', State: 'available' }];
  }),
  direct('a route to a second gateway that is not attached opens nothing', NOTHING, ({ file, table }) => {
    file.InternetGateways.push({ InternetGatewayId: 'igw-z', Attachments: [] });
    table.Routes = [route('0.0.0.0/0', 'igw-z')];
  }),
  direct('a blackhole default route opens nothing', NOTHING, ({ table }) => {
    table.Routes = [route('0.0.0.0/0', 'igw-a', { State: 'blackhole' })];
  }),
  direct('the main table does not count for a subnet that has its own', NOTHING, ({ file }) => {
    addTable(file, 'vpc-a', 'subnet-a', route('10.0.0.0/16', 'local'));
  }),
  direct("a subnet's own table counts although the main table leads nowhere", SSH, ({ file, table }) => {
    table.Routes = [];
    addTable(file, 'vpc-a', 'subnet-a', route('0.0.0.0/0', 'igw-a'));
  }),
];

const ADDRESSES: readonly Trap[] = [
  direct('an interface without a public address is not on the internet', NOTHING, ({ face }) =>
    takePublicAddress(face),
  ),
  direct('a public address of the second interface does not open the first', NOTHING, ({ file, subnet, face }) => {
    takePublicAddress(face);
    givePublicAddress(addInterface(file, subnet, 'a2', '10.0.1.11'));
  }),
  direct(
    'a public address of the second interface opens the second',
    SSH,
    ({ file, subnet, face }) => {
      takePublicAddress(face);
      const second = addInterface(file, subnet, 'a2', '10.0.1.11');
      givePublicAddress(second);
      second.Groups = [{ GroupId: 'sg-a' }];
      second.Attachment = { InstanceId: 'i-a', DeviceIndex: 1, Status: 'attached' };
    },
    'eni-a2',
  ),
  direct('a public address of a secondary private address opens the interface', SSH, ({ face }) => {
    takePublicAddress(face);
    face.PrivateIpAddresses?.push({ PrivateIpAddress: '10.0.1.12', Association: { PublicIp: '54.0.0.12' } });
  }),
  direct('an Elastic IP known only from the list of addresses opens the interface', SSH, ({ file, face }) => {
    takePublicAddress(face);
    file.Addresses.push({ PublicIp: '54.0.0.10', NetworkInterfaceId: 'eni-a', PrivateIpAddress: '10.0.1.10' });
  }),
  direct('an Elastic IP from a loopback block, as an emulator gives it, opens the interface', SSH, ({ face }) => {
    face.Association = { PublicIp: '127.38.0.1' };
  }),
  direct('a carrier address is no public address', NOTHING, ({ face }) => {
    takePublicAddress(face);
    face.Association = { CarrierIp: '155.146.0.10' };
  }),
  direct('a stopped instance is not open', NOTHING, ({ instance }) => {
    instance.State = { Name: 'stopped' };
  }),
  direct('a pending instance is open', SSH, ({ instance }) => {
    instance.State = { Name: 'pending' };
  }),
  direct('a free interface with an Elastic IP is not considered', NOTHING, ({ face }) => {
    delete face.Attachment;
  }),
  direct('an interface that is being detached is not considered', NOTHING, ({ face }) => {
    face.Attachment = { InstanceId: 'i-a', DeviceIndex: 0, Status: 'detaching' };
  }),
];

const LISTS: readonly Trap[] = [
  direct('a list that lets out part of the client ports lets replies out', SSH, ({ acl }) => {
    acl.Entries = [entry('in', 100, 'allow', '0.0.0.0/0'), entry('out', 100, 'allow', '0.0.0.0/0', [32768, 60999])];
  }),
  direct('one admitted client port is enough', SSH, ({ acl }) => {
    acl.Entries = [entry('in', 100, 'allow', '0.0.0.0/0'), entry('out', 100, 'allow', '0.0.0.0/0', [0, 1024])];
  }),
  direct('a list that lets out no client port shuts everything', NOTHING, ({ acl }) => {
    acl.Entries = [entry('in', 100, 'allow', '0.0.0.0/0'), entry('out', 100, 'allow', '0.0.0.0/0', [0, 1023])];
  }),
  direct('a deny with the lower number wins although it is listed last', NOTHING, ({ acl }) => {
    acl.Entries = [...openEntries(), entry('in', 50, 'deny', '0.0.0.0/0', [22, 22])];
  }),
  direct('a deny with the higher number loses although it is listed first', SSH, ({ acl }) => {
    acl.Entries = [entry('in', 150, 'deny', '0.0.0.0/0', [22, 22]), ...openEntries()];
  }),
  direct('a deny for part of the sources leaves the port open to the others', SSH, ({ acl }) => {
    acl.Entries.push(entry('in', 50, 'deny', '0.0.0.0/1'));
  }),
  direct('a deny for all sources that the group admits shuts the port', NOTHING, (base) => {
    admitOnly(base, OFFICE);
    base.acl.Entries.push(entry('in', 50, 'deny', '128.0.0.0/1'));
  }),
  direct('sources that come in by one half and replies that leave by the other do not meet', NOTHING, ({ acl }) => {
    acl.Entries.push(entry('in', 50, 'deny', '0.0.0.0/1'), entry('out', 50, 'deny', '128.0.0.0/1'));
  }),
  direct('an entry for every protocol ignores its port range', NOTHING, ({ acl }) => {
    const deny = entry('in', 50, 'deny', '0.0.0.0/0');
    acl.Entries.push({ ...deny, PortRange: { From: 80, To: 80 } });
  }),
  direct('an entry for UDP does not concern TCP', SSH, ({ acl }) => {
    acl.Entries.push({ ...entry('in', 50, 'deny', '0.0.0.0/0', [22, 22]), Protocol: '17' });
  }),
  direct('the default list does not count for a subnet that has its own', NOTHING, ({ file, acl }) => {
    const Associations = [{ SubnetId: 'subnet-a' }];
    file.NetworkAcls.push({ ...acl, NetworkAclId: 'acl-own', IsDefault: false, Associations, Entries: [] });
  }),
  direct(
    'a list cuts the range of a group into the rest',
    open({
      tcp4: [
        [20, 21],
        [23, 25],
      ],
    }),
    ({ acl, group }) => {
      group.IpPermissions = [rule('tcp', [20, 25], '0.0.0.0/0')];
      acl.Entries.push(entry('in', 50, 'deny', '0.0.0.0/0', [22, 22]));
    },
  ),
];

const ROUTES: readonly Trap[] = [
  direct('a blackhole that is more specific than the default drops the replies to its block', NOTHING, (base) => {
    admitOnly(base, OFFICE);
    base.table.Routes.push(route(OFFICE, 'nat-a', { State: 'blackhole' }));
  }),
  direct('a NAT route for exactly the admitted sources kills the path', NOTHING, (base) => {
    admitOnly(base, OFFICE);
    base.table.Routes.push(route(OFFICE, 'nat-a'));
  }),
  direct('a NAT route for half of the admitted sources leaves the other half', SSH, (base) => {
    admitOnly(base, OFFICE);
    base.table.Routes.push(route('198.51.100.0/25', 'nat-a'));
  }),
  direct('two half-default routes make a default', SSH, ({ table }) => {
    table.Routes = [route('0.0.0.0/1', 'igw-a'), route('128.0.0.0/1', 'igw-a')];
  }),
  direct('one half-default route does not serve the sources of the other half', NOTHING, (base) => {
    admitOnly(base, OFFICE);
    base.table.Routes = [route('0.0.0.0/1', 'igw-a')];
  }),
  direct('half-default routes to a NAT gateway shadow the default to the internet gateway', NOTHING, ({ table }) => {
    table.Routes.push(route('0.0.0.0/1', 'nat-a'), route('128.0.0.0/1', 'nat-a'));
  }),
  direct('a prefix list in a route is one route for each entry', SSH, (base) => {
    addPrefixList(base.file, 'pl-1', '203.0.113.0/24', OFFICE);
    admitOnly(base, '198.51.100.7/32');
    base.table.Routes = [route('pl-1', 'igw-a')];
  }),
  direct('a block wins over the prefix list that holds the same block', NOTHING, (base) => {
    addPrefixList(base.file, 'pl-1', OFFICE);
    admitOnly(base, OFFICE);
    base.table.Routes = [route('pl-1', 'igw-a'), route(OFFICE, 'nat-a')];
  }),
  direct('an entry of a prefix list wins over a shorter block', SSH, (base) => {
    addPrefixList(base.file, 'pl-1', OFFICE);
    admitOnly(base, OFFICE);
    base.table.Routes = [route('0.0.0.0/0', 'nat-a'), route('pl-1', 'igw-a')];
  }),
  {
    name: 'a static default wins over a propagated one',
    topology: buildTopology((base) => {
      addVpn(base);
      base.table.Routes = [
        route('0.0.0.0/0', 'vgw-1', { Origin: 'EnableVgwRoutePropagation' }),
        route('0.0.0.0/0', 'igw-a'),
      ];
      admitOnly(base, '0.0.0.0/0');
    }),
    interface: 'eni-a',
    expected: { direct: SSH, vgw: {} },
  },
  {
    name: 'a longer propagated route wins over a static default',
    topology: buildTopology((base) => {
      addVpn(base);
      base.table.Routes.push(route(OFFICE, 'vgw-1', { Origin: 'EnableVgwRoutePropagation' }));
      admitOnly(base, OFFICE);
    }),
    interface: 'eni-a',
    expected: { direct: NOTHING, vgw: { 'vgw-1': SSH } },
  },
  direct('sources inside of a VPC that uses a public block stay on the local route', NOTHING, (base) => {
    base.vpc.CidrBlock = '198.51.0.0/16';
    base.subnet.CidrBlock = '198.51.1.0/24';
    base.face.PrivateIpAddress = '198.51.1.10';
    base.face.PrivateIpAddresses = [{ PrivateIpAddress: '198.51.1.10', Primary: true }];
    base.table.Routes = [route('0.0.0.0/0', 'igw-a')];
    admitOnly(base, OFFICE);
  }),
  direct('a VPC that uses a public block is open to the rest of the internet', SSH, (base) => {
    base.vpc.CidrBlock = '198.51.0.0/16';
    base.subnet.CidrBlock = '198.51.1.0/24';
    base.face.PrivateIpAddress = '198.51.1.10';
    base.face.PrivateIpAddresses = [{ PrivateIpAddress: '198.51.1.10', Primary: true }];
    admitOnly(base, '203.0.113.0/24');
  }),
];

const GROUPS: readonly Trap[] = [
  direct('a prefix list in a rule is each of its blocks', SSH, (base) => {
    addPrefixList(base.file, 'pl-1', OFFICE);
    base.group.IpPermissions = [rule('tcp', [22, 22], 'pl-1')];
  }),
  direct('a prefix list without a public block admits nobody', NOTHING, (base) => {
    addPrefixList(base.file, 'pl-1', '10.0.0.0/8', '2001:db8::/32');
    base.group.IpPermissions = [rule('tcp', [22, 22], 'pl-1')];
  }),
  direct('a private block admits nobody on the internet', NOTHING, (base) => admitOnly(base, '10.0.0.0/8')),
  direct('shared address space of carriers is not the internet', NOTHING, (base) => admitOnly(base, '100.64.0.0/10')),
  direct('a group that names itself admits nobody on the internet', NOTHING, ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'sg-a')];
  }),
  direct(
    'two groups of one interface add up',
    open({
      tcp4: [
        [22, 22],
        [80, 80],
      ],
    }),
    ({ file, face }) => {
      addGroup(file, 'sg-web', rule('tcp', [80, 80], '0.0.0.0/0'));
      face.Groups?.push({ GroupId: 'sg-web' });
    },
  ),
  direct('neighbouring ranges of two rules are one interval', open({ tcp4: [[20, 25]] }), ({ group }) => {
    group.IpPermissions = [rule('tcp', [23, 25], OFFICE), rule('tcp', [20, 22], '203.0.113.0/24')];
  }),
  direct('a rule for every protocol opens all ports of both', EVERYTHING, ({ group }) => {
    group.IpPermissions = [rule('-1', undefined, '0.0.0.0/0')];
  }),
  direct('a rule for every protocol opens all ports whatever its port fields say', EVERYTHING, ({ group }) => {
    group.IpPermissions = [rule('-1', [22, 22], '0.0.0.0/0')];
  }),
  direct('type and code of an ICMP rule are no ports', NOTHING, ({ group }) => {
    group.IpPermissions = [rule('icmp', [8, 0], '0.0.0.0/0'), rule('1', [3, 4], '0.0.0.0/0')];
  }),
  direct(
    'protocol numbers of TCP and UDP are the same as their names',
    open({ tcp4: [[22, 22]], udp4: [[53, 53]] }),
    ({ group }) => {
      group.IpPermissions = [rule('6', [22, 22], '0.0.0.0/0'), rule('17', [53, 53], '0.0.0.0/0')];
    },
  ),
  direct('a protocol number without a name opens no port', NOTHING, ({ group }) => {
    group.IpPermissions = [rule('50', [22, 22], '0.0.0.0/0')];
  }),
  direct('a TCP rule without ports opens all of TCP', open({ tcp4: [[0, 65535]] }), ({ group }) => {
    group.IpPermissions = [rule('tcp', undefined, '0.0.0.0/0')];
  }),
  direct('a UDP rule of ports -1 opens all of UDP', open({ udp4: [[0, 65535]] }), ({ group }) => {
    group.IpPermissions = [rule('udp', [-1, -1], '0.0.0.0/0')];
  }),
];

const IPV6: readonly Trap[] = [
  direct('IPv6 may be open where IPv4 is shut', SSH_IPV6, openIpv6),
  direct('IPv4 may be open where IPv6 is shut', SSH, (base) => {
    openIpv6(base);
    base.group.IpPermissions = [rule('tcp', [22, 22], '0.0.0.0/0')];
  }),
  direct('IPv6 needs no public IPv4 address', SSH_IPV6, (base) => {
    openIpv6(base);
    takePublicAddress(base.face);
  }),
  direct('a default route of IPv4 carries no IPv6', NOTHING, (base) => {
    openIpv6(base);
    base.table.Routes = [route('0.0.0.0/0', 'igw-a')];
  }),
  direct('an egress-only gateway lets nothing in', NOTHING, (base) => {
    openIpv6(base);
    base.table.Routes = [route('::/0', 'eigw-a')];
  }),
  direct('a longer route to an egress-only gateway shadows the default', NOTHING, (base) => {
    openIpv6(base);
    base.table.Routes.push(route('2001:db8::/32', 'eigw-a'));
    admitOnly(base, '2001:db8:1::/48');
  }),
  direct('a list without IPv6 entries is shut for IPv6', SSH, (base) => {
    openIpv6(base);
    base.group.IpPermissions = [rule('tcp', [22, 22], '0.0.0.0/0', '::/0')];
    base.acl.Entries = base.acl.Entries.filter((each) => each.CidrBlock !== undefined);
  }),
  direct('a unique local address is not on the internet', NOTHING, (base) => {
    openIpv6(base);
    base.face.Ipv6Addresses = [{ Ipv6Address: 'fd00::10' }];
  }),
  direct('leading zeros of an IPv6 block change nothing', SSH_IPV6, (base) => {
    openIpv6(base);
    base.face.Ipv6Addresses = [{ Ipv6Address: '2600:1f00:0000:0a01:0000:0000:0000:0010' }];
    admitOnly(base, '2001:0db8:0000:0000::/32');
  }),
];

function edgeTrap(name: string, isDirect: boolean, isConditional: boolean, change: (base: Base) => void): Trap {
  const expected = { direct: isDirect ? SSH : NOTHING, conditional: isConditional ? SSH : NOTHING };
  return { name, topology: buildTopology(change), interface: 'eni-a', expected };
}

const EDGES: readonly Trap[] = [
  edgeTrap('entry and exit through the same appliance are a conditional path', false, true, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1'));
    base.table.Routes = [route('0.0.0.0/0', 'vpce-1')];
  }),
  edgeTrap('entry and exit through the same appliance interface are a conditional path', false, true, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'eni-fw'));
    base.table.Routes = [route('0.0.0.0/0', 'eni-fw')];
  }),
  edgeTrap('entry through an appliance and exit past it break the connection', false, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1'));
  }),
  edgeTrap('entry past an appliance and exit through it break the connection', false, false, (base) => {
    base.table.Routes = [route('0.0.0.0/0', 'vpce-1')];
  }),
  edgeTrap('entry and exit through different appliances break the connection', false, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1'));
    base.table.Routes = [route('0.0.0.0/0', 'vpce-2')];
  }),
  edgeTrap('a gateway table that delivers locally is a plain path', true, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.0.0/16', 'local'));
  }),
  edgeTrap('a gateway table without a match delivers locally', true, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.7.0/24', 'vpce-1'));
  }),
  edgeTrap('a gateway table may send the whole VPC to an appliance', false, true, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.0.0/16', 'vpce-1'));
    base.table.Routes = [route('0.0.0.0/0', 'vpce-1')];
  }),
  edgeTrap('a gateway table whose appliance is gone drops what enters', false, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1', { State: 'blackhole' }));
  }),
  edgeTrap('block public access shuts a path through an appliance too', false, false, (base) => {
    addTable(base.file, 'vpc-a', 'igw-a', route('10.0.1.0/24', 'vpce-1'));
    base.table.Routes = [route('0.0.0.0/0', 'vpce-1')];
    base.file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-ingress' };
  }),
];

function blockTrap(name: string, expected: FamilyPorts, mode: string, ...exclusions: [string, string, string][]): Trap {
  return direct(name, expected, ({ file }) => {
    file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: mode };
    file.VpcBlockPublicAccessExclusions = exclusions.map(([resource, kind, State]) => ({
      ResourceArn: `arn:aws:ec2:eu-central-1:111122223333:${resource}`,
      InternetGatewayExclusionMode: kind,
      State,
    }));
  });
}

const BLOCKS: readonly Trap[] = [
  blockTrap('blocking both directions shuts what enters', NOTHING, 'block-bidirectional'),
  blockTrap('blocking ingress shuts what enters', NOTHING, 'block-ingress'),
  blockTrap('an exclusion of the VPC for both directions opens it again', SSH, 'block-bidirectional', [
    'vpc/vpc-a',
    'allow-bidirectional',
    'create-complete',
  ]),
  blockTrap('an exclusion of the subnet for both directions opens it again', SSH, 'block-ingress', [
    'subnet/subnet-a',
    'allow-bidirectional',
    'update-complete',
  ]),
  blockTrap('an exclusion for egress stays shut to what enters', NOTHING, 'block-bidirectional', [
    'vpc/vpc-a',
    'allow-egress',
    'create-complete',
  ]),
  blockTrap('an exclusion that is deleted counts no more', NOTHING, 'block-bidirectional', [
    'vpc/vpc-a',
    'allow-bidirectional',
    'delete-complete',
  ]),
  blockTrap('an exclusion of another subnet does not help', NOTHING, 'block-bidirectional', [
    'subnet/subnet-z',
    'allow-bidirectional',
    'create-complete',
  ]),
  blockTrap(
    'an exclusion for both directions counts beside one for egress',
    SSH,
    'block-bidirectional',
    ['vpc/vpc-a', 'allow-egress', 'create-complete'],
    ['subnet/subnet-a', 'allow-bidirectional', 'create-complete'],
  ),
];

export const INTERNET_TRAPS: readonly Trap[] = [
  ...GATEWAYS,
  ...ADDRESSES,
  ...LISTS,
  ...ROUTES,
  ...GROUPS,
  ...IPV6,
  ...EDGES,
  ...BLOCKS,
];
