import type { Draft, Net } from './random-parts.ts';
import type {
  Attribute,
  GroupRule,
  ListenerAction,
  LoadBalancer,
  NetworkInterface,
  Subnet,
  TargetGroup,
} from './topology-file.ts';

const LISTENER_PORTS = [80, 443, 8443];
const TARGET_PORTS = [22, 80, 443, 8080, 8082, 50000];
const CROSS_ZONE = 'load_balancing.cross_zone.enabled';

/** Adds up to three load balancers with listeners, rules, target groups and, for some, visible nodes. */
export function addBalancers(draft: Draft): void {
  const { dice, nets } = draft;
  const plain = nets.filter((net) => net.appliance === undefined);
  const anyNet = () => dice.one(plain.length > 0 && dice.chance(0.8) ? plain : nets);
  const count = 2 + dice.below(2);
  for (let number = 0; number < count; number++) {
    const net = anyNet();
    if (dice.chance(0.4)) addApplication(draft, net, number);
    else addNetwork(draft, net, number);
  }
  if (dice.chance(0.4)) addClassic(draft, anyNet());
}

function addApplication(draft: Draft, net: Net, number: number): LoadBalancer {
  const balancer = addBalancer(draft, net, 'app', number, [addGroup(draft, net, `sg-app-${number}`)]);
  addListeners(draft, net, balancer, ['HTTP', 'HTTPS'], true);
  return balancer;
}

function addNetwork(draft: Draft, net: Net, number: number): void {
  const { dice } = draft;
  const groups = dice.chance(0.4) ? [addGroup(draft, net, `sg-net-${number}`)] : [];
  const inner = dice.chance(0.4) ? addApplication(draft, net, number + 10) : undefined;
  const balancer = addBalancer(draft, net, 'net', number, groups);
  addListeners(draft, net, balancer, ['TCP', 'TCP', 'TLS', 'UDP', 'TCP_UDP'], false);
  if (inner !== undefined) addChainedGroup(draft, balancer, inner);
}

function addBalancer(draft: Draft, net: Net, kind: 'app' | 'net', number: number, groups: string[]): LoadBalancer {
  const { dice, file } = draft;
  const name = `${kind}/lb-${number}/${number}abc`;
  const subnets = oneSubnetPerZone(draft, net);
  const isDual = subnets.every((each) => each.Ipv6CidrBlockAssociationSet !== undefined) && dice.chance(0.6);
  const balancer: LoadBalancer = {
    LoadBalancerArn: `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/${name}`,
    LoadBalancerName: `lb-${number}`,
    Type: kind === 'app' ? 'application' : 'network',
    Scheme: dice.chance(0.9) ? 'internet-facing' : 'internal',
    State: { Code: dice.one(['active', 'active', 'provisioning', 'active_impaired']) },
    VpcId: net.id,
    IpAddressType: isDual ? 'dualstack' : 'ipv4',
    SecurityGroups: groups,
    AvailabilityZones: subnets.map((each) => ({
      ZoneName: each.AvailabilityZone as string,
      SubnetId: each.SubnetId,
    })),
    Attributes: dice.chance(0.5) ? [{ Key: CROSS_ZONE, Value: dice.one(['true', 'false']) }] : [],
  };
  if (kind === 'app') balancer.Attributes = [{ Key: CROSS_ZONE, Value: 'true' }];
  file.LoadBalancers.push(balancer);
  if (dice.chance(0.7)) admitNodesOrClients(draft, net);
  if (dice.chance(0.5)) addNodes(draft, net, `ELB ${name}`, subnets, groups);
  return balancer;
}

function oneSubnetPerZone({ dice }: Draft, net: Net): Subnet[] {
  const zones = [...new Set(net.subnets.map((each) => each.AvailabilityZone))];
  const chosen = zones.map((zone) => dice.one(net.subnets.filter((each) => each.AvailabilityZone === zone)));
  return chosen.length > 1 && dice.chance(0.2) ? chosen.slice(1) : chosen;
}

function addNodes(draft: Draft, net: Net, description: string, subnets: Subnet[], groups: string[]): void {
  for (const subnet of subnets) {
    draft.lastHost += 3;
    const host = draft.lastHost;
    const address = (subnet.CidrBlock as string).replace('0/24', String(host));
    const [ipv6] = subnet.Ipv6CidrBlockAssociationSet ?? [];
    const face: NetworkInterface = {
      NetworkInterfaceId: `eni-node-${host}`,
      SubnetId: subnet.SubnetId,
      VpcId: net.id,
      Description: description,
      PrivateIpAddress: address,
      PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true }],
      Ipv6Addresses: ipv6 === undefined ? [] : [{ Ipv6Address: ipv6.Ipv6CidrBlock.replace('/64', host.toString(16)) }],
      Groups: groups.map((GroupId) => ({ GroupId })),
      Attachment: { Status: 'attached' },
    };
    draft.file.NetworkInterfaces.push(face);
  }
}

/** A balancer's group, and rules that name it in the groups of the machines. */
function addGroup(draft: Draft, net: Net, id: string): string {
  const { dice, file } = draft;
  const world = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  const office = { IpRanges: [{ CidrIp: '198.51.100.0/24' }], Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] };
  const [first] = net.groups as [string, string];
  const narrowEgress: GroupRule[] = [
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 8085, UserIdGroupPairs: [{ GroupId: first }] },
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 443, IpRanges: [{ CidrIp: `${net.prefix}.1.0/24` }] },
    { IpProtocol: 'udp', FromPort: 0, ToPort: 65535, PrefixListIds: [{ PrefixListId: 'pl-v4' }] },
  ];
  file.SecurityGroups.push({
    GroupId: id,
    VpcId: net.id,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...(dice.chance(0.7) ? world : office) },
      { IpProtocol: '-1', ...(dice.chance(0.5) ? world : office) },
    ].slice(dice.below(2)),
    IpPermissionsEgress: dice.chance(0.7) ? [{ IpProtocol: '-1', ...world }] : narrowEgress,
  });
  if (dice.chance(0.6)) admitMachines(draft, net, { UserIdGroupPairs: [{ GroupId: id }] });
  return id;
}

/** Lets a source through to one group of the VPC's machines. */
function admitMachines({ dice, file }: Draft, net: Net, sources: Partial<GroupRule>): void {
  const [FromPort, ToPort] = dice.one([
    [80, 8080],
    [0, 65535],
    [0, 65535],
    [443, 443],
  ] as const);
  const id = dice.one(net.groups);
  const group = file.SecurityGroups.find((each) => each.GroupId === id);
  const protocol = dice.one(['tcp', '-1']);
  group?.IpPermissions?.push(
    protocol === '-1' ? { IpProtocol: protocol, ...sources } : { IpProtocol: protocol, FromPort, ToPort, ...sources },
  );
}

/** Some machines admit only nodes, some only clients, some a part of each. */
function admitNodesOrClients(draft: Draft, net: Net): void {
  const { dice } = draft;
  const blocks = [
    `${net.prefix}.1.0/24`,
    `${net.prefix}.0.0/16`,
    `${net.prefix}.1.0/26`,
    '198.51.100.0/24',
    '0.0.0.0/1',
  ];
  const CidrIpv6 = dice.one([`2600:1f00:0:${net.index}00::/56`, '2001:db8::/32']);
  const isIpv6 = dice.chance(0.3);
  admitMachines(draft, net, isIpv6 ? { Ipv6Ranges: [{ CidrIpv6 }] } : { IpRanges: [{ CidrIp: dice.one(blocks) }] });
}

function addListeners(draft: Draft, net: Net, balancer: LoadBalancer, protocols: string[], hasRules: boolean): void {
  const { dice, file } = draft;
  for (const port of dice.some(LISTENER_PORTS, 1 + dice.below(2))) {
    const ListenerArn = `${balancer.LoadBalancerArn.replace('loadbalancer/', 'listener/')}/${port}`;
    const protocol = dice.one(protocols);
    const group = () => addTargetGroup(draft, net, balancer, protocol);
    file.Listeners.push({
      ListenerArn,
      LoadBalancerArn: balancer.LoadBalancerArn,
      Port: port,
      Protocol: protocol,
      DefaultActions: [hasRules && dice.chance(0.2) ? { Type: 'fixed-response' } : forwardTo(draft, group)],
    });
    if (!hasRules || dice.chance(0.4)) continue;
    const Values = dice.some(['198.51.100.0/24', '203.0.113.0/24', '10.0.0.0/8', '2001:db8::/32'], 2);
    const condition = { Field: 'source-ip', SourceIpConfig: { Values } };
    file.Rules.push({
      RuleArn: `${ListenerArn}/rule`,
      ListenerArn,
      Priority: '1',
      Conditions: dice.chance(0.6) ? [condition] : [{ Field: 'path-pattern', Values: ['/admin/*'] }],
      Actions: [dice.chance(0.15) ? { Type: 'redirect' } : forwardTo(draft, group)],
    });
  }
}

function forwardTo({ dice }: Draft, group: () => TargetGroup): ListenerAction {
  if (dice.chance(0.5)) return { Type: 'forward', TargetGroupArn: group().TargetGroupArn };
  const weighted = Array.from({ length: 1 + dice.below(2) }, () => ({
    TargetGroupArn: group().TargetGroupArn,
    Weight: dice.one([0, 1, 50]),
  }));
  return { Type: 'forward', ForwardConfig: { TargetGroups: weighted } };
}

function addTargetGroup(draft: Draft, net: Net, balancer: LoadBalancer, protocol: string): TargetGroup {
  const { dice, file } = draft;
  const arn = `arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/tg-${file.TargetGroups.length}/1`;
  const isDual = balancer.IpAddressType === 'dualstack';
  const type = dice.one(['instance', 'instance', 'ip', 'ip', protocol === 'HTTP' ? 'lambda' : 'instance']);
  const isIpv6 = type === 'ip' && isDual && dice.chance(0.4);
  const group: TargetGroup = {
    TargetGroupArn: arn,
    TargetType: type,
    Protocol: protocol,
    Port: dice.one(TARGET_PORTS),
    VpcId: net.id,
    IpAddressType: isIpv6 ? 'ipv6' : 'ipv4',
    LoadBalancerArns: [balancer.LoadBalancerArn],
    Attributes: groupAttributes(draft, protocol),
    Targets: [],
  };
  for (const face of facesOf(draft, net)) {
    const id = type === 'ip' ? addressFor(draft, face, isIpv6) : face.Attachment?.InstanceId;
    if (id === undefined || type === 'lambda' || dice.chance(0.1)) continue;
    if (dice.chance(0.2)) group.Targets?.push({ Id: id, Port: dice.one(TARGET_PORTS) });
    else {
      const State = dice.one(['healthy', 'healthy', 'unhealthy', 'initial', 'draining']);
      group.Targets?.push({ Target: { Id: id, Port: group.Port as number }, TargetHealth: { State } });
    }
  }
  file.TargetGroups.push(group);
  return group;
}

function groupAttributes({ dice }: Draft, protocol: string): Attribute[] {
  const attributes: Attribute[] = [];
  if (dice.chance(0.4)) {
    attributes.push({ Key: CROSS_ZONE, Value: dice.one(['true', 'false', 'use_load_balancer_configuration']) });
  }
  if (['TCP', 'TLS'].includes(protocol) && dice.chance(0.5)) {
    attributes.push({ Key: 'preserve_client_ip.enabled', Value: dice.one(['true', 'false']) });
  }
  return attributes;
}

function facesOf({ file }: Draft, net: Net): NetworkInterface[] {
  return file.NetworkInterfaces.filter((each) => each.VpcId === net.id && each.Attachment?.InstanceId !== undefined);
}

function addressFor({ dice }: Draft, face: NetworkInterface, isIpv6: boolean): string | undefined {
  if (isIpv6) return face.Ipv6Addresses?.[0]?.Ipv6Address;
  return dice.one(face.PrivateIpAddresses ?? []).PrivateIpAddress;
}

function addChainedGroup({ dice, file }: Draft, outer: LoadBalancer, inner: LoadBalancer): void {
  const TargetGroupArn = `${inner.LoadBalancerArn.replace('loadbalancer/', 'targetgroup/')}/chain`;
  const [front] = file.Listeners.filter((each) => each.LoadBalancerArn === inner.LoadBalancerArn);
  const Port = dice.chance(0.9) ? (front?.Port ?? 80) : 81;
  file.TargetGroups.push({
    TargetGroupArn,
    TargetType: 'alb',
    Protocol: 'TCP',
    Port,
    VpcId: outer.VpcId,
    LoadBalancerArns: [outer.LoadBalancerArn],
    Attributes: [],
    Targets: [{ Target: { Id: inner.LoadBalancerArn, Port }, TargetHealth: { State: 'healthy' } }],
  });
  file.Listeners.push({
    ListenerArn: `${outer.LoadBalancerArn.replace('loadbalancer/', 'listener/')}/chain`,
    LoadBalancerArn: outer.LoadBalancerArn,
    Port: 8081,
    Protocol: 'TCP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  if (dice.chance(0.6)) inner.Scheme = 'internal';
}

function addClassic(draft: Draft, net: Net): void {
  const { dice, file } = draft;
  const groups = dice.chance(0.85) ? [addGroup(draft, net, 'sg-classic')] : [];
  const subnets = oneSubnetPerZone(draft, net);
  const ids = facesOf(draft, net).map((face) => face.Attachment?.InstanceId as string);
  file.LoadBalancerDescriptions.push({
    LoadBalancerName: 'old-one',
    Scheme: dice.chance(0.9) ? 'internet-facing' : 'internal',
    VPCId: net.id,
    Subnets: subnets.map((each) => each.SubnetId),
    SecurityGroups: groups,
    Instances: [...new Set(ids)].map((InstanceId) => ({ InstanceId })),
    ListenerDescriptions: [
      { Listener: { Protocol: 'TCP', LoadBalancerPort: 80, InstancePort: dice.one(TARGET_PORTS) } },
      { Listener: { Protocol: 'HTTPS', LoadBalancerPort: 443, InstancePort: dice.one(TARGET_PORTS) } },
    ],
    Attributes: { CrossZoneLoadBalancing: { Enabled: dice.chance(0.7) } },
  });
  if (dice.chance(0.5)) addNodes(draft, net, 'ELB old-one', subnets, groups);
}
