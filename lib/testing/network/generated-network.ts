import { createRandom, pick } from '../random.ts';

const PORTS = [22, 80, 443, 3306, 3389, 5432, 6379, 8080, 9200, 27_017];
const SOURCES = ['0.0.0.0/0', '0.0.0.0/0', '198.51.100.0/24', '203.0.113.0/25', '10.0.0.0/8', '8.0.0.0/7'];

export interface NetworkSize {
  readonly vpcs: number;
  readonly subnetsPerVpc: number;
  readonly interfacesPerSubnet: number;
}

/**
 * A topology file as accounts have them: public and private subnets, two lists of ten entries for each VPC, groups of a dozen rules,
 * peerings in pairs, a transit gateway, private gateways and load balancers of all kinds.
 */
export function generatedNetwork(size: NetworkSize, seed: number): Record<string, unknown> {
  const random = createRandom(seed);
  const file = emptyFile();
  for (let at = 0; at < size.vpcs; at += 1) addVpc(file, size, at, random);
  addPeerings(file, size.vpcs);
  addTransit(file, size);
  return file;
}

type Random = () => number;
type File = Record<string, Record<string, unknown>[]>;

function emptyFile(): File {
  const names = ['Vpcs', 'Subnets', 'RouteTables', 'NetworkAcls', 'SecurityGroups', 'InternetGateways', 'VpnGateways'];
  const more = [
    'NetworkInterfaces',
    'Instances',
    'VpcPeeringConnections',
    'TransitGateways',
    'TransitGatewayVpcAttachments',
  ];
  const balancing = ['TransitGatewayRouteTables', 'LoadBalancers', 'Listeners', 'TargetGroups'];
  return Object.fromEntries([...names, ...more, ...balancing].map((name) => [name, []]));
}

function addVpc(file: File, size: NetworkSize, at: number, random: Random): void {
  const vpc = `vpc-${at}`;
  const block = `10.${at}.0.0/16`;
  file.Vpcs?.push({
    VpcId: vpc,
    CidrBlock: block,
    Ipv6CidrBlockAssociationSet: v6(`2600:1f00:${at.toString(16)}::/56`),
  });
  file.InternetGateways?.push({ InternetGatewayId: `igw-${at}`, Attachments: [{ VpcId: vpc, State: 'available' }] });
  if (at % 4 === 0)
    file.VpnGateways?.push({ VpnGatewayId: `vgw-${at}`, VpcAttachments: [{ VpcId: vpc, State: 'attached' }] });
  const groups = Array.from({ length: 12 }, (_, n) => `sg-${at}-${n}`);
  for (const id of groups) file.SecurityGroups?.push(group(id, vpc, groups, random));
  for (let n = 0; n < size.subnetsPerVpc; n += 1) addSubnet(file, size, at, n, groups, random);
  addRoutes(file, size, at);
  addLists(file, size, at, random);
  for (let n = 0; n < 3; n += 1) addBalancer(file, size, at, n, groups, random);
}

const v6 = (block: string) => [{ Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } }];

function group(id: string, vpc: string, groups: readonly string[], random: Random): Record<string, unknown> {
  const permissions = Array.from({ length: 12 }, () => {
    const from = pick(random, PORTS);
    const to = random() < 0.2 ? from + Math.floor(random() * 200) : from;
    const isGroup = random() < 0.25;
    return {
      IpProtocol: random() < 0.85 ? 'tcp' : 'udp',
      FromPort: from,
      ToPort: to,
      IpRanges: isGroup ? [] : [{ CidrIp: pick(random, SOURCES) }],
      Ipv6Ranges: random() < 0.2 ? [{ CidrIpv6: '::/0' }] : [],
      UserIdGroupPairs: isGroup ? [{ GroupId: pick(random, groups) }] : [],
    };
  });
  const all = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  return { GroupId: id, GroupName: id, VpcId: vpc, IpPermissions: permissions, IpPermissionsEgress: all };
}

function addSubnet(
  file: File,
  size: NetworkSize,
  at: number,
  n: number,
  groups: readonly string[],
  random: Random,
): void {
  const subnet = `subnet-${at}-${n}`;
  file.Subnets?.push({
    SubnetId: subnet,
    VpcId: `vpc-${at}`,
    AvailabilityZone: `zone-${n % 3}`,
    CidrBlock: `10.${at}.${n}.0/24`,
    Ipv6CidrBlockAssociationSet: v6(`2600:1f00:${at.toString(16)}:${n.toString(16)}::/64`),
  });
  const roles = Array.from({ length: 4 }, () => [...new Set([pick(random, groups), pick(random, groups)])]);
  for (let i = 0; i < size.interfacesPerSubnet; i += 1) {
    const id = `${at}-${n}-${i}`;
    const address = `10.${at}.${n}.${10 + (i % 240)}`;
    const isPublic = n % 2 === 0 && random() < 0.7;
    file.Instances?.push({ InstanceId: `i-${id}`, State: { Name: random() < 0.95 ? 'running' : 'stopped' } });
    file.NetworkInterfaces?.push({
      NetworkInterfaceId: `eni-${id}`,
      VpcId: `vpc-${at}`,
      SubnetId: subnet,
      Attachment: { InstanceId: `i-${id}`, DeviceIndex: 0, Status: 'attached' },
      Groups: pick(random, roles).map((GroupId) => ({ GroupId })),
      PrivateIpAddress: address,
      PrivateIpAddresses: [
        {
          PrivateIpAddress: address,
          Primary: true,
          ...(isPublic ? { Association: { PublicIp: `54.${at}.${n}.${i % 250}` } } : {}),
        },
      ],
      Ipv6Addresses:
        random() < 0.3 ? [{ Ipv6Address: `2600:1f00:${at.toString(16)}:${n.toString(16)}::${i + 1}` }] : [],
    });
  }
}

function addRoutes(file: File, size: NetworkSize, at: number): void {
  const peer = at ^ 1;
  const common = [
    { DestinationCidrBlock: `10.${at}.0.0/16`, GatewayId: 'local', State: 'active' },
    ...(peer < size.vpcs
      ? [{ DestinationCidrBlock: `10.${peer}.0.0/16`, VpcPeeringConnectionId: `pcx-${at >> 1}`, State: 'active' }]
      : []),
    ...(at % 4 === 0 ? [{ DestinationCidrBlock: '192.168.0.0/16', GatewayId: `vgw-${at}`, State: 'active' }] : []),
    { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1', State: 'active' },
  ];
  const open = [
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: `igw-${at}`, State: 'active' },
    { DestinationIpv6CidrBlock: '::/0', GatewayId: `igw-${at}`, State: 'active' },
  ];
  const subnets = Array.from({ length: size.subnetsPerVpc }, (_, n) => ({ SubnetId: `subnet-${at}-${n}`, n }));
  const associate = (isPublic: boolean) =>
    subnets.filter(({ n }) => (n % 2 === 0) === isPublic).map(({ SubnetId }) => ({ SubnetId }));
  file.RouteTables?.push(
    { RouteTableId: `rtb-${at}-a`, VpcId: `vpc-${at}`, Associations: associate(true), Routes: [...common, ...open] },
    { RouteTableId: `rtb-${at}-b`, VpcId: `vpc-${at}`, Associations: associate(false), Routes: common },
  );
}

function addLists(file: File, size: NetworkSize, at: number, random: Random): void {
  for (let list = 0; list < 2; list += 1) {
    const entries = [false, true].flatMap((Egress) => [
      ...Array.from({ length: 9 }, (_, n) => ({
        RuleNumber: 100 + n * 10,
        Protocol: random() < 0.7 ? '6' : '17',
        Egress,
        CidrBlock: pick(random, SOURCES),
        RuleAction: random() < 0.75 ? 'allow' : 'deny',
        PortRange: { From: Math.floor(random() * 30_000), To: 30_000 + Math.floor(random() * 35_000) },
      })),
      { RuleNumber: 300, Protocol: '-1', Egress, CidrBlock: '0.0.0.0/0', RuleAction: 'allow' },
      { RuleNumber: 310, Protocol: '-1', Egress, Ipv6CidrBlock: '::/0', RuleAction: 'allow' },
    ]);
    const own = Array.from({ length: size.subnetsPerVpc }, (_, n) => n).filter((n) => n % 2 === list);
    file.NetworkAcls?.push({
      NetworkAclId: `acl-${at}-${list}`,
      VpcId: `vpc-${at}`,
      Associations: own.map((n) => ({ SubnetId: `subnet-${at}-${n}` })),
      Entries: entries,
    });
  }
}

function addBalancer(
  file: File,
  size: NetworkSize,
  at: number,
  n: number,
  groups: readonly string[],
  random: Random,
): void {
  const kind = n === 2 ? 'net' : 'app';
  const arn = `arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/${kind}/lb-${at}-${n}/${at}${n}`;
  const target = `arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/tg-${at}-${n}/${at}${n}`;
  file.LoadBalancers?.push({
    LoadBalancerArn: arn,
    LoadBalancerName: `lb-${at}-${n}`,
    Type: kind === 'net' ? 'network' : 'application',
    Scheme: 'internet-facing',
    VpcId: `vpc-${at}`,
    State: { Code: 'active' },
    SecurityGroups: kind === 'net' ? [] : [pick(random, groups)],
    AvailabilityZones: [0, 2, 4].map((subnet) => ({ SubnetId: `subnet-${at}-${subnet}` })),
  });
  file.Listeners?.push({
    ListenerArn: `${arn}/listener`,
    LoadBalancerArn: arn,
    Port: pick(random, PORTS),
    Protocol: kind === 'net' ? 'TCP' : 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: target }],
  });
  const targets = Array.from({ length: 20 }, () => {
    const [subnet, i] = [Math.floor(random() * size.subnetsPerVpc), Math.floor(random() * size.interfacesPerSubnet)];
    return { Target: { Id: `i-${at}-${subnet}-${i}`, Port: pick(random, PORTS) } };
  });
  file.TargetGroups?.push({
    TargetGroupArn: target,
    TargetType: 'instance',
    Protocol: kind === 'net' ? 'TCP' : 'HTTP',
    Port: 8080,
    Targets: targets,
  });
}

function addPeerings(file: File, vpcs: number): void {
  for (let at = 0; at + 1 < vpcs; at += 2) {
    file.VpcPeeringConnections?.push({
      VpcPeeringConnectionId: `pcx-${at >> 1}`,
      Status: { Code: 'active' },
      RequesterVpcInfo: { VpcId: `vpc-${at}` },
      AccepterVpcInfo: { VpcId: `vpc-${at + 1}` },
    });
  }
}

/** Every fifth VPC is attached, with a subnet in each zone, and reaches the others. */
function addTransit(file: File, size: NetworkSize): void {
  const attached = Array.from({ length: size.vpcs }, (_, at) => at).filter((at) => at % 5 === 0);
  file.TransitGateways?.push({ TransitGatewayId: 'tgw-1', State: 'available' });
  for (const at of attached) {
    file.TransitGatewayVpcAttachments?.push({
      TransitGatewayAttachmentId: `tgw-attach-${at}`,
      TransitGatewayId: 'tgw-1',
      VpcId: `vpc-${at}`,
      State: 'available',
      SubnetIds: [0, 1, 2].map((n) => `subnet-${at}-${n}`),
    });
  }
  file.TransitGatewayRouteTables?.push({
    TransitGatewayRouteTableId: 'tgw-rtb-1',
    TransitGatewayId: 'tgw-1',
    Associations: attached.map((at) => ({
      TransitGatewayAttachmentId: `tgw-attach-${at}`,
      ResourceType: 'vpc',
      State: 'associated',
    })),
    Routes: attached.map((at) => ({
      DestinationCidrBlock: `10.${at}.0.0/16`,
      State: 'active',
      Type: 'propagated',
      TransitGatewayAttachments: [{ TransitGatewayAttachmentId: `tgw-attach-${at}` }],
    })),
  });
}
