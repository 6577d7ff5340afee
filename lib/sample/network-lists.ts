import type { NetworkLists } from '../core/model/network.ts';
import { SAMPLE_MACHINES, type SampleMachine, type SampleSubnet, subnetsOf, vpcIdOf } from './machines.ts';
import { SAMPLE_NETWORKS, SAMPLE_PEERINGS, type SampleBalancer, type SampleNetwork } from './networks.ts';
import { awsId, digestOf } from './sample-thing.ts';

/** A network of the sample as EC2 and Elastic Load Balancing would tell of it. */
interface ToldNetwork {
  readonly accountId: string;
  readonly region: string;
  readonly told: NetworkLists;
}

type Row = Readonly<Record<string, unknown>>;

const EVERYWHERE = '0.0.0.0/0';
const RULE = /^(\d+)(?:-(\d+))?\/(tcp|udp) from (\S+)(?: in waves (\d+)-(\d*))?$/;
const ZONE_IDS: Readonly<Record<string, string>> = {
  'eu-west-1': 'euw1',
  'eu-central-1': 'euc1',
  'us-east-1': 'use1',
};

/** The networks of the sample as they are in a wave. */
export function sampleNetworks(wave: number): readonly ToldNetwork[] {
  return SAMPLE_NETWORKS.map((network) => ({
    accountId: network.accountId,
    region: network.region,
    told: { lists: { ...networkLists(network, wave), ...balancerLists(network, wave) }, unread: network.unread },
  }));
}

function networkLists(network: SampleNetwork, wave: number): Readonly<Record<string, readonly Row[]>> {
  const { accountId, name } = network;
  const VpcId = vpcIdOf(network);
  return {
    Vpcs: [{ VpcId, OwnerId: accountId, CidrBlock: blockOf(network), State: 'available', Tags: nameTag(name) }],
    Subnets: subnetsOf(network).map((subnet) => subnetRow(network, subnet)),
    RouteTables: routeTables(network),
    NetworkAcls: networkAcls(network),
    SecurityGroups: Object.entries(network.groups).map(([group, rules]) => groupRow(network, group, rules, wave)),
    InternetGateways: network.hasGateway
      ? [{ InternetGatewayId: gatewayIdOf(network), Attachments: [{ VpcId, State: 'available' }] }]
      : [],
    VpcPeeringConnections: peeringsOf(network).map(peeringRow),
    NetworkInterfaces: [
      ...SAMPLE_MACHINES.filter((machine) => machine.network === network && machine.thing.since <= wave).map(
        machineRow,
      ),
      ...network.balancers.flatMap((balancer) => nodeRows(network, balancer)),
    ],
  };
}

const blockOf = ({ prefix }: SampleNetwork): string => `${prefix}.0.0/16`;
const gatewayIdOf = ({ name }: SampleNetwork): string => awsId('igw', name);
const groupIdOf = ({ name }: SampleNetwork, group: string): string => awsId('sg', `${name} ${group}`);
const nameTag = (Value: string): readonly Row[] => [{ Key: 'Name', Value }];

function subnetRow(network: SampleNetwork, { id, name, zone, number }: SampleSubnet): Row {
  return {
    SubnetId: id,
    VpcId: vpcIdOf(network),
    OwnerId: network.accountId,
    CidrBlock: `${network.prefix}.${number}.0/24`,
    AvailabilityZone: `${network.region}${zone}`,
    AvailabilityZoneId: `${ZONE_IDS[network.region]}-az${zone === 'a' ? 1 : 2}`,
    Tags: nameTag(`${network.name}-${name}`),
  };
}

/** Public subnets lead to the internet gateway, private ones to a NAT gateway where there is one, all to the peers. */
function routeTables(network: SampleNetwork): readonly Row[] {
  const VpcId = vpcIdOf(network);
  const common: readonly Row[] = [
    { DestinationCidrBlock: blockOf(network), GatewayId: 'local', State: 'active' },
    ...peeringsOf(network).map(([one, other]) => ({
      DestinationCidrBlock: blockOf(one === network ? other : one),
      VpcPeeringConnectionId: peeringIdOf([one, other]),
      State: 'active',
    })),
  ];
  const out = (target: Row): Row => ({ DestinationCidrBlock: EVERYWHERE, ...target, State: 'active' });
  const main = {
    RouteTableId: awsId('rtb', `${network.name} private`),
    VpcId,
    Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
    Routes: [...common, ...(network.hasGateway ? [out({ NatGatewayId: awsId('nat', network.name) })] : [])],
    Tags: nameTag(`${network.name}-private`),
  };
  if (!network.hasGateway) return [main];
  const open = subnetsOf(network).filter(({ isPublic }) => isPublic);
  return [
    main,
    {
      RouteTableId: awsId('rtb', `${network.name} public`),
      VpcId,
      Associations: open.map(({ id }) => ({ SubnetId: id, AssociationState: { State: 'associated' } })),
      Routes: [...common, out({ GatewayId: gatewayIdOf(network) })],
      Tags: nameTag(`${network.name}-public`),
    },
  ];
}

/** The default list lets all pass; that of private subnets takes calls from private addresses, and answers from anywhere. */
function networkAcls(network: SampleNetwork): readonly Row[] {
  const entry = (Egress: boolean, RuleNumber: number, RuleAction: string, rest: Row): Row => ({
    Egress,
    RuleNumber,
    RuleAction,
    CidrBlock: EVERYWHERE,
    Protocol: '-1',
    ...rest,
  });
  const last = [entry(false, 32_767, 'deny', {}), entry(true, 32_767, 'deny', {})];
  const acl = (name: string, isPublic: boolean, entries: readonly Row[]): Row => ({
    NetworkAclId: awsId('acl', `${network.name} ${name}`),
    VpcId: vpcIdOf(network),
    IsDefault: isPublic,
    Associations: subnetsOf(network)
      .filter((subnet) => subnet.isPublic === isPublic)
      .map(({ id }) => ({ SubnetId: id })),
    Entries: [...entries, entry(true, 100, 'allow', {}), ...last],
    Tags: nameTag(`${network.name}-${name}`),
  });
  const answers = { PortRange: { From: 1024, To: 65_535 } };
  return [
    acl('default', true, [entry(false, 100, 'allow', {})]),
    acl('private', false, [
      entry(false, 100, 'allow', { CidrBlock: '10.0.0.0/8' }),
      entry(false, 200, 'allow', { Protocol: '6', ...answers }),
      entry(false, 210, 'allow', { Protocol: '17', ...answers }),
    ]),
  ];
}

function groupRow(network: SampleNetwork, group: string, rules: readonly string[], wave: number): Row {
  return {
    GroupId: groupIdOf(network, group),
    GroupName: group,
    VpcId: vpcIdOf(network),
    OwnerId: network.accountId,
    IpPermissions: rules.flatMap((rule) => permissionRows(network, rule, wave)),
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: EVERYWHERE }] }],
  };
}

/** `8000-9000/tcp from 0.0.0.0/0 in waves 2-`, or nothing outside of its waves. */
function permissionRows(network: SampleNetwork, rule: string, wave: number): readonly Row[] {
  const [, from, to = from, IpProtocol, source = '', first = '0', last] = RULE.exec(rule) ?? [];
  if (from === undefined) throw new Error(`"${rule}" of ${network.name} is no rule.`);
  if (wave < Number(first) || (last !== undefined && last !== '' && wave > Number(last))) return [];
  const isGroup = source in network.groups;
  const party = isGroup
    ? { UserIdGroupPairs: [{ GroupId: groupIdOf(network, source), UserId: network.accountId }] }
    : { IpRanges: [{ CidrIp: source }] };
  return [{ IpProtocol, FromPort: Number(from), ToPort: Number(to), ...party }];
}

function interfaceRow(network: SampleNetwork, row: Row, address: string, publicAddress: string | null): Row {
  const association = publicAddress === null ? {} : { Association: { PublicIp: publicAddress } };
  return {
    ...row,
    VpcId: vpcIdOf(network),
    OwnerId: network.accountId,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true, ...association }],
    ...association,
  };
}

function machineRow({ network, thing, instanceId, subnet, groups, address, publicAddress }: SampleMachine): Row {
  const row = {
    NetworkInterfaceId: awsId('eni', `${network.name} ${thing.resource.name}`),
    SubnetId: subnet.id,
    Groups: groups.map((group) => ({ GroupId: groupIdOf(network, group), GroupName: group })),
    Attachment: { InstanceId: instanceId, DeviceIndex: 0, Status: 'attached' },
  };
  return interfaceRow(network, row, address, publicAddress);
}

type Peering = readonly [SampleNetwork, SampleNetwork];

const PEERINGS: readonly Peering[] = SAMPLE_PEERINGS.map(([one, other]) => [named(one), named(other)]);

function named(name: string): SampleNetwork {
  const found = SAMPLE_NETWORKS.find((network) => network.name === name);
  if (found === undefined) throw new Error(`There is no network ${name}.`);
  return found;
}

const peeringsOf = (network: SampleNetwork): readonly Peering[] => PEERINGS.filter((sides) => sides.includes(network));
const peeringIdOf = ([one, other]: Peering): string => awsId('pcx', `${one.name} ${other.name}`);

function peeringRow([requester, accepter]: Peering): Row {
  const side = (network: SampleNetwork): Row => ({
    VpcId: vpcIdOf(network),
    OwnerId: network.accountId,
    Region: network.region,
    CidrBlock: blockOf(network),
    CidrBlockSet: [{ CidrBlock: blockOf(network) }],
  });
  return {
    VpcPeeringConnectionId: peeringIdOf([requester, accepter]),
    Status: { Code: 'active' },
    RequesterVpcInfo: side(requester),
    AccepterVpcInfo: side(accepter),
  };
}

const PATHS = { application: 'app', network: 'net' } as const;

/** `app/shop/50dc6c495c0c9188`, of which ARNs and descriptions are made. */
function balancerPath(network: SampleNetwork, { kind, name }: SampleBalancer): string {
  return `${PATHS[kind]}/${name}/${digestOf(`${network.name} ${name}`).slice(0, 16)}`;
}

function nodeRows(network: SampleNetwork, balancer: SampleBalancer): readonly Row[] {
  const path = balancerPath(network, balancer);
  const place = SAMPLE_NETWORKS.flatMap(({ balancers }) => balancers).indexOf(balancer);
  return subnetsOf(network)
    .filter(({ isPublic }) => isPublic)
    .map((subnet, index) => {
      const row = {
        NetworkInterfaceId: awsId('eni', `${path} ${subnet.name}`),
        SubnetId: subnet.id,
        Groups: [{ GroupId: groupIdOf(network, balancer.group), GroupName: balancer.group }],
        Description: `ELB ${path}`,
        RequesterManaged: true,
      };
      return interfaceRow(network, row, `${network.prefix}.${subnet.number}.200`, `192.0.2.${10 + 2 * place + index}`);
    });
}

/** What nobody was allowed to read is no empty list. */
function balancerLists(network: SampleNetwork, wave: number): Readonly<Record<string, readonly Row[]>> {
  if (network.unread.LoadBalancers !== undefined) return {};
  const parts = network.balancers.map((balancer) => balancerParts(network, balancer, wave));
  return {
    LoadBalancers: parts.map(({ balancer }) => balancer),
    Listeners: parts.flatMap(({ listeners }) => listeners),
    Rules: [],
    TargetGroups: parts.flatMap(({ targetGroups }) => targetGroups),
    LoadBalancerDescriptions: [],
  };
}

function balancerParts(network: SampleNetwork, balancer: SampleBalancer, wave: number) {
  const { kind, name, group, fleet, ports } = balancer;
  const VpcId = vpcIdOf(network);
  const path = balancerPath(network, balancer);
  const arn = (resource: string): string =>
    `arn:aws:elasticloadbalancing:${network.region}:${network.accountId}:${resource}`;
  const id = (text: string): string => digestOf(`${path} ${text}`).slice(0, 16);
  const groupArn = (target: number): string => arn(`targetgroup/${fleet}-${target}/${id(`target ${target}`)}`);
  const LoadBalancerArn = arn(`loadbalancer/${path}`);
  const targets = SAMPLE_MACHINES.filter(
    (one) => one.network === network && one.thing.since <= wave && isOfFleet(one, fleet),
  );
  const protocolOf = (port: number): string => {
    if (kind === 'network') return 'TCP';
    return port === 443 ? 'HTTPS' : 'HTTP';
  };
  return {
    balancer: {
      LoadBalancerArn,
      LoadBalancerName: name,
      Type: kind,
      Scheme: 'internet-facing',
      State: { Code: 'active' },
      VpcId,
      SecurityGroups: [groupIdOf(network, group)],
      IpAddressType: 'ipv4',
      AvailabilityZones: subnetsOf(network)
        .filter(({ isPublic }) => isPublic)
        .map((subnet) => ({ ZoneName: `${network.region}${subnet.zone}`, SubnetId: subnet.id })),
      Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
    },
    listeners: ports.map(([listener, target]) => ({
      ListenerArn: arn(`listener/${path}/${id(`listener ${listener}`)}`),
      LoadBalancerArn,
      Port: listener,
      Protocol: protocolOf(listener),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn(target) }],
    })),
    targetGroups: ports.map(([listener, target]) => ({
      TargetGroupArn: groupArn(target),
      TargetGroupName: `${fleet}-${target}`,
      TargetType: 'instance',
      Protocol: protocolOf(listener),
      Port: target,
      VpcId,
      LoadBalancerArns: [LoadBalancerArn],
      Attributes: [],
      Targets: targets.map(({ instanceId }) => ({
        Target: { Id: instanceId, Port: target },
        TargetHealth: { State: 'healthy' },
      })),
    })),
  };
}

function isOfFleet({ thing }: SampleMachine, fleet: string): boolean {
  const { name } = thing.resource;
  return name.slice(0, name.lastIndexOf('-')) === fleet;
}
