/** Long because it is a table of cases and hardly anything else; in several files it would be harder to survey. */

import {
  addBalancer,
  addListener,
  addTargets,
  BALANCED,
  type Balanced,
  balancerArn,
  dropGroups,
  NOT_BALANCED,
} from './build-balancers.ts';
import {
  addGroup,
  addInterface,
  addList,
  addSubnet,
  addTable,
  type Base,
  buildTopology,
  entry,
  giveIpv6,
  route,
  rule,
  type Trap,
} from './build-topology.ts';
import type { ProtocolPorts } from './topology-file.ts';

type Change = (base: Base, balanced: Balanced) => void;

function balanced(name: string, type: 'application' | 'network', expected: ProtocolPorts, change: Change): Trap {
  const topology = buildTopology((base) => change(base, addBalancer(base, type)));
  return { name, topology, interface: 'eni-a', expected: { loadBalancer: expected } };
}

function application(name: string, isOpen: boolean, change: Change): Trap {
  return balanced(name, 'application', isOpen ? BALANCED : NOT_BALANCED, change);
}

function network(name: string, isOpen: boolean, change: Change): Trap {
  return balanced(name, 'network', isOpen ? BALANCED : NOT_BALANCED, change);
}

const FORWARD_WEIGHTS = (weight: number) => [
  { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'tg-1', Weight: weight }] } },
];

const APPLICATIONS: readonly Trap[] = [
  application("a target that admits only the balancer's group is reached through it", true, () => {}),
  application('a target that admits the block of the nodes is reached', true, ({ group }) => {
    group.IpPermissions = [rule('tcp', [8080, 8080], '10.0.2.0/24')];
  }),
  application('a target that admits only the internet is not reached from a node', false, ({ group }) => {
    group.IpPermissions = [rule('tcp', [8080, 8080], '198.51.100.0/24')];
  }),
  application("a target that admits the internet on the listener's port is not reached on its own", false, (base) => {
    base.group.IpPermissions = [rule('tcp', [80, 80], '0.0.0.0/0')];
  }),
  application("a balancer whose group admits another port than the listener's is shut", false, (_, each) => {
    each.balancerGroup.IpPermissions = [rule('tcp', [443, 443], '0.0.0.0/0')];
  }),
  application('an internal balancer is not on the internet', false, (_, { balancer }) => {
    balancer.Scheme = 'internal';
  }),
  application('a balancer that failed is not on the internet', false, (_, { balancer }) => {
    balancer.State = { Code: 'failed' };
  }),
  application('a balancer that is provisioning counts', true, (_, { balancer }) => {
    balancer.State = { Code: 'provisioning' };
  }),
  application('a target group of weight 0 gets nothing', false, (_, { listener }) => {
    listener.DefaultActions = FORWARD_WEIGHTS(0);
  }),
  application('a target group of weight 1 gets its part', true, (_, { listener }) => {
    listener.DefaultActions = FORWARD_WEIGHTS(1);
  }),
  application('a redirect reaches nothing', false, (_, { listener }) => {
    listener.DefaultActions = [{ Type: 'redirect' }];
  }),
  application('a balancer whose egress is shut reaches nothing', false, (_, { balancerGroup }) => {
    balancerGroup.IpPermissionsEgress = [];
  }),
  application("a balancer may name the target's group in its egress", true, (_, { balancerGroup }) => {
    balancerGroup.IpPermissionsEgress = [rule('tcp', [8080, 8080], 'sg-a')];
  }),
  application('a list of the target may stop the node', false, ({ file, subnet }) => {
    addList(file, subnet, entry('in', 50, 'deny', '10.0.2.0/24', [8080, 8080]));
  }),
  application("a list of the nodes' subnet may stop the target's reply", false, ({ file }, { nodes }) => {
    addList(file, nodes, entry('in', 50, 'deny', '10.0.1.0/24', [1024, 65535]));
  }),
  application("a target's list that stops only the internet does not matter", true, ({ file, subnet }) => {
    addList(
      file,
      subnet,
      entry('in', 50, 'allow', '10.0.0.0/16'),
      entry('in', 60, 'deny', '0.0.0.0/0'),
      entry('out', 50, 'allow', '10.0.0.0/16'),
      entry('out', 60, 'deny', '0.0.0.0/0'),
    );
  }),
  application('lists between subnets do not apply within one', true, ({ subnet, acl }, { balancer }) => {
    balancer.AvailabilityZones = [{ SubnetId: subnet.SubnetId }];
    acl.Entries.push(entry('in', 50, 'deny', '10.0.0.0/16'), entry('out', 50, 'deny', '10.0.0.0/16'));
  }),
  application("a target's subnet needs no route to the internet", true, ({ file }) => {
    addTable(file, 'vpc-a', 'subnet-a', route('10.0.0.0/16', 'local'));
  }),
  application('nodes without a route to the internet gateway get no clients', false, ({ file }, { nodes }) => {
    addTable(file, 'vpc-a', nodes.SubnetId, route('10.0.0.0/16', 'local'));
  }),
  application('a detached gateway brings no clients to the nodes', false, ({ gateway }) => {
    gateway.Attachments = [];
  }),
  application("a list of the nodes' subnet may stop every client", false, ({ file }, { nodes }) => {
    addList(file, nodes, entry('in', 50, 'deny', '0.0.0.0/0', [80, 80]));
  }),
  application("block public access shuts the nodes' subnet", false, ({ file }) => {
    file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-ingress' };
  }),
  application("an exclusion of the nodes' subnet alone opens the balancer", true, ({ file }) => {
    file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-ingress' };
    file.VpcBlockPublicAccessExclusions = [
      {
        ResourceArn: 'arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-n',
        InternetGatewayExclusionMode: 'allow-bidirectional',
        State: 'create-complete',
      },
    ];
  }),
  application('a draining target counts no more', false, (_, { targets }) => {
    targets.Targets = [{ Target: { Id: 'i-a', Port: 8080 }, TargetHealth: { State: 'draining' } }];
  }),
  application('an unhealthy target counts', true, (_, { targets }) => {
    targets.Targets = [{ Target: { Id: 'i-a', Port: 8080 }, TargetHealth: { State: 'unhealthy' } }];
  }),
  application("the target's own port goes before the group's", true, (_, { targets }) => {
    targets.Port = 9999;
  }),
  application('a target of a stopped instance is not reached', false, ({ instance }) => {
    instance.State = { Name: 'stopped' };
  }),
  application('a target in a zone that the balancer does not serve is not reached', false, ({ subnet }) => {
    subnet.AvailabilityZone = 'eu-central-1b';
  }),
  application('a target in another zone of the balancer is reached', true, ({ file, vpc, subnet }, { balancer }) => {
    subnet.AvailabilityZone = 'eu-central-1b';
    addSubnet(file, vpc, 'subnet-n2', '10.0.3.0/24', 'eu-central-1b');
    addTable(file, 'vpc-a', 'subnet-n2', route('10.0.0.0/16', 'local'));
    balancer.AvailabilityZones?.push({ SubnetId: 'subnet-n2' });
  }),
  application('a target group may be kept to its own zone', false, ({ file, vpc, subnet }, { balancer, targets }) => {
    subnet.AvailabilityZone = 'eu-central-1b';
    addSubnet(file, vpc, 'subnet-n2', '10.0.3.0/24', 'eu-central-1b');
    addTable(file, 'vpc-a', 'subnet-n2', route('10.0.0.0/16', 'local'));
    balancer.AvailabilityZones?.push({ SubnetId: 'subnet-n2' });
    targets.Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'false' }];
  }),
  application('a target group of Lambda functions reaches no interface', false, (_, { targets }) => {
    targets.TargetType = 'lambda';
  }),
  application('an address of a target group belongs to the interface that owns it', true, (_, { targets }) => {
    targets.TargetType = 'ip';
    targets.Targets = [{ Id: '10.0.1.10', Port: 8080 }];
  }),
  application('a rule that matches a path does not protect its targets', true, ({ file }, { listener }) => {
    listener.DefaultActions = [{ Type: 'fixed-response' }];
    file.Rules.push({
      ListenerArn: listener.ListenerArn,
      Conditions: [{ Field: 'path-pattern', Values: ['/admin/*'] }],
      Actions: FORWARD_WEIGHTS(1),
    });
  }),
  application('a rule for private clients lets nobody on the internet through', false, ({ file }, { listener }) => {
    listener.DefaultActions = [{ Type: 'fixed-response' }];
    file.Rules.push({
      ListenerArn: listener.ListenerArn,
      Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }],
      Actions: FORWARD_WEIGHTS(1),
    });
  }),
  application('clients that a rule names and clients that the group admits must meet', false, ({ file }, each) => {
    each.listener.DefaultActions = [{ Type: 'fixed-response' }];
    each.balancerGroup.IpPermissions = [rule('tcp', [80, 80], '203.0.113.0/24')];
    file.Rules.push({
      ListenerArn: each.listener.ListenerArn,
      Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['198.51.100.0/24'] } }],
      Actions: FORWARD_WEIGHTS(1),
    });
  }),
  application('a visible node is the only source that the target must admit', false, ({ file, group }, { nodes }) => {
    addNode(file, nodes.SubnetId);
    group.IpPermissions = [rule('tcp', [8080, 8080], '10.0.2.128/25')];
  }),
  application('an invisible node may have any address of its subnet', true, ({ group }) => {
    group.IpPermissions = [rule('tcp', [8080, 8080], '10.0.2.128/25')];
  }),
  application('a gateway table that sends the nodes to an appliance is no plain path', false, ({ file }) => {
    addTable(file, 'vpc-a', 'igw-a', route('10.0.2.0/24', 'vpce-1'));
  }),
  application('IPv6 clients reach a dual-stack balancer where IPv4 clients do not', true, openToIpv6Only),
  application('IPv6 clients do not reach a balancer of IPv4 only', false, (base, each) => {
    openToIpv6Only(base, each);
    each.balancer.IpAddressType = 'ipv4';
  }),
];

function openToIpv6Only(base: Base, { balancer, balancerGroup, nodes }: Balanced): void {
  giveIpv6({ ...base, subnet: nodes });
  base.face.Ipv6Addresses = [];
  base.table.Routes.push(route('::/0', 'igw-a'));
  balancer.IpAddressType = 'dualstack';
  balancerGroup.IpPermissions = [rule('tcp', [80, 80], '::/0')];
}

function addNode(file: Base['file'], subnetId: string): void {
  file.NetworkInterfaces.push({
    NetworkInterfaceId: 'eni-node',
    SubnetId: subnetId,
    VpcId: 'vpc-a',
    Description: 'ELB app/front/1',
    PrivateIpAddress: '10.0.2.7',
    PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.7', Primary: true }],
    Groups: [{ GroupId: 'sg-lb' }],
    Attachment: { Status: 'attached' },
  });
}

const PRESERVE = 'preserve_client_ip.enabled';
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

function moveToOtherZone({ file, vpc, subnet }: Base, { balancer }: Balanced): void {
  subnet.AvailabilityZone = 'eu-central-1b';
  addSubnet(file, vpc, 'subnet-n2', '10.0.3.0/24', 'eu-central-1b');
  addTable(file, 'vpc-a', 'subnet-n2', route('10.0.0.0/16', 'local'));
  balancer.AvailabilityZones?.push({ SubnetId: 'subnet-n2' });
}

function admitOffice({ group }: Base): void {
  group.IpPermissions = [rule('tcp', [8080, 8080], '198.51.100.0/24')];
}

function admitNodes({ group }: Base): void {
  group.IpPermissions = [rule('tcp', [8080, 8080], '10.0.2.0/24')];
}

const NETWORKS: readonly Trap[] = [
  network('an instance behind a network load balancer may admit its group', true, () => {}),
  network('an instance sees the client, which its group must admit', true, (base, each) => {
    dropGroups(each);
    admitOffice(base);
  }),
  network('an instance that admits only the nodes shuts its clients out', false, (base, each) => {
    dropGroups(each);
    admitNodes(base);
  }),
  network("without the client's address an instance sees the node", true, (base, each) => {
    dropGroups(each);
    admitNodes(base);
    each.targets.Attributes = [{ Key: PRESERVE, Value: 'false' }];
  }),
  network("without the client's address an instance that admits only clients is shut", false, (base, each) => {
    dropGroups(each);
    admitOffice(base);
    each.targets.Attributes = [{ Key: PRESERVE, Value: 'false' }];
  }),
  network('an address target sees the node', true, (base, each) => {
    dropGroups(each);
    admitNodes(base);
    each.targets.TargetType = 'ip';
    each.targets.Targets = [{ Target: { Id: '10.0.1.10', Port: 8080 } }];
  }),
  network('an address target sees the client where that is switched on', true, (base, each) => {
    dropGroups(each);
    admitOffice(base);
    each.targets.TargetType = 'ip';
    each.targets.Targets = [{ Target: { Id: '10.0.1.10', Port: 8080 } }];
    each.targets.Attributes = [{ Key: PRESERVE, Value: 'true' }];
  }),
  balanced(
    "UDP keeps the client's address whatever the attribute says",
    'network',
    { tcp: [], udp: [[8080, 8080]] },
    (base, each) => {
      dropGroups(each);
      base.group.IpPermissions = [rule('udp', [8080, 8080], '198.51.100.0/24')];
      each.listener.Protocol = 'UDP';
      each.targets.Protocol = 'UDP';
      each.targets.Attributes = [{ Key: PRESERVE, Value: 'false' }];
    },
  ),
  balanced(
    'a listener of TCP and UDP opens both',
    'network',
    { tcp: [[8080, 8080]], udp: [[8080, 8080]] },
    ({ group }, each) => {
      dropGroups(each);
      group.IpPermissions = [rule('-1', undefined, '0.0.0.0/0')];
      each.listener.Protocol = 'TCP_UDP';
      each.targets.Protocol = 'TCP_UDP';
    },
  ),
  network("a network load balancer's own group may stop every client", false, (_, { balancerGroup }) => {
    balancerGroup.IpPermissions = [];
  }),
  network('a client must be admitted by the balancer and by the target alike', false, (base, { balancerGroup }) => {
    admitOffice(base);
    balancerGroup.IpPermissions = [rule('tcp', [80, 80], '203.0.113.0/24')];
  }),
  network("a kept client must pass the target's list", false, (base, each) => {
    dropGroups(each);
    admitOffice(base);
    addList(base.file, base.subnet, entry('in', 50, 'deny', '198.51.100.0/24'));
  }),
  network("a kept client's target needs no route to the internet", true, (base, each) => {
    dropGroups(each);
    admitOffice(base);
    addTable(base.file, 'vpc-a', 'subnet-a', route('10.0.0.0/16', 'local'));
  }),
  network('a target in another zone is not reached by default', false, moveToOtherZone),
  network('a target in another zone is reached where the balancer crosses zones', true, (base, each) => {
    moveToOtherZone(base, each);
    each.balancer.Attributes = [{ Key: CROSS_ZONE, Value: 'true' }];
  }),
  network('a target group may cross zones although its balancer does not', true, (base, each) => {
    moveToOtherZone(base, each);
    each.targets.Attributes = [{ Key: CROSS_ZONE, Value: 'true' }];
  }),
  network('a target group may stay in its zone although its balancer crosses', false, (base, each) => {
    moveToOtherZone(base, each);
    each.balancer.Attributes = [{ Key: CROSS_ZONE, Value: 'true' }];
    each.targets.Attributes = [{ Key: CROSS_ZONE, Value: 'false' }];
  }),
  network('an IPv6 client is not kept before an IPv4 target, which sees the node', true, (base, each) => {
    openToIpv6Only(base, each);
    admitNodes(base);
  }),
  network('an IPv6 client before an IPv4 target is not seen by the target', false, (base, each) => {
    openToIpv6Only(base, each);
    base.group.IpPermissions = [rule('tcp', [8080, 8080], '::/0')];
  }),
  network('an instance target is the first interface of its instance', false, ({ face }) => {
    face.Attachment = { InstanceId: 'i-a', DeviceIndex: 1, Status: 'attached' };
  }),
];

/** Puts an internal application balancer of group sg-inner between the network load balancer and i-a. */
function addChain({ file, vpc, group }: Base, each: Balanced): void {
  const arn = balancerArn('app/inner/2');
  addSubnet(file, vpc, 'subnet-inner', '10.0.4.0/24');
  addGroup(file, 'sg-inner', rule('tcp', [81, 81], '198.51.100.0/24'));
  file.LoadBalancers.push({
    ...each.balancer,
    LoadBalancerArn: arn,
    Type: 'application',
    Scheme: 'internal',
    SecurityGroups: ['sg-inner'],
    AvailabilityZones: [{ SubnetId: 'subnet-inner' }],
  });
  addTargets(file, 'tg-2', 'HTTP', 8080, 'i-a');
  addListener(file, arn, 81, 'HTTP', 'tg-2');
  each.targets.TargetType = 'alb';
  each.targets.Port = 81;
  each.targets.Targets = [{ Target: { Id: arn, Port: 81 } }];
  group.IpPermissions = [rule('tcp', [8080, 8080], 'sg-inner')];
}

function innerGroup({ file }: Base): { IpPermissions?: unknown[] } {
  return file.SecurityGroups.find((each) => each.GroupId === 'sg-inner') ?? {};
}

const CHAINS: readonly Trap[] = [
  network('an internal application balancer is reached through a network load balancer', true, addChain),
  network('an application balancer behind another sees the client', false, (base, each) => {
    addChain(base, each);
    innerGroup(base).IpPermissions = [rule('tcp', [81, 81], '10.0.2.0/24')];
  }),
  network('an application balancer may admit the group of the one before it', true, (base, each) => {
    addChain(base, each);
    innerGroup(base).IpPermissions = [rule('tcp', [81, 81], 'sg-lb')];
  }),
  network("an application balancer without a listener at the target's port is not reached", false, (base, each) => {
    addChain(base, each);
    each.targets.Targets = [{ Target: { Id: balancerArn('app/inner/2'), Port: 82 } }];
    innerGroup(base).IpPermissions = [rule('tcp', [0, 65535], '0.0.0.0/0')];
  }),
  network('a target behind two balancers sees the node of the second', false, (base, each) => {
    addChain(base, each);
    base.group.IpPermissions = [rule('tcp', [8080, 8080], 'sg-lb', '10.0.2.0/24')];
  }),
];

function classic(name: string, isOpen: boolean, change: Change): Trap {
  return application(name, isOpen, (base, each) => {
    base.file.LoadBalancers = [];
    base.file.Listeners = [];
    base.file.LoadBalancerDescriptions.push({
      LoadBalancerName: 'old',
      Scheme: 'internet-facing',
      VPCId: 'vpc-a',
      Subnets: [each.nodes.SubnetId],
      SecurityGroups: ['sg-lb'],
      Instances: [{ InstanceId: 'i-a' }],
      ListenerDescriptions: [{ Listener: { Protocol: 'TCP', LoadBalancerPort: 80, InstancePort: 8080 } }],
    });
    change(base, each);
  });
}

const CLASSICS: readonly Trap[] = [
  classic('a classic balancer reaches its instance', true, () => {}),
  classic('an internal classic balancer is not on the internet', false, ({ file }) => {
    for (const each of file.LoadBalancerDescriptions) each.Scheme = 'internal';
  }),
  classic('a classic balancer meets the list even within one subnet', false, ({ file, acl, subnet }) => {
    for (const each of file.LoadBalancerDescriptions) each.Subnets = [subnet.SubnetId];
    acl.Entries.push(entry('in', 50, 'deny', '10.0.0.0/16', [8080, 8080]));
  }),
  classic('a classic balancer that does not cross zones keeps to its own', false, (base, each) => {
    moveToOtherZone(base, each);
    for (const old of base.file.LoadBalancerDescriptions) {
      old.Subnets?.push('subnet-n2');
      old.Attributes = { CrossZoneLoadBalancing: { Enabled: false } };
    }
  }),
  classic('a second interface of the instance is no target of a classic balancer', true, ({ file, subnet }) => {
    const second = addInterface(file, subnet, 'a2', '10.0.1.11');
    second.Attachment = { InstanceId: 'i-a', DeviceIndex: 1, Status: 'attached' };
  }),
];

export const BALANCER_TRAPS: readonly Trap[] = [...APPLICATIONS, ...NETWORKS, ...CHAINS, ...CLASSICS];
