import { createRandom } from '../random.ts';
import { emptyTopology } from './empty-topology.ts';
import { addBalancers } from './random-balancers.ts';
import { addInterfaces } from './random-interfaces.ts';
import { addPeerings, addTransit } from './random-joins.ts';
import { addGroups, addLists } from './random-lists.ts';
import { createDice, type Dice, type Draft, IPV4_POOL, IPV6_POOL, type Net, ZONES } from './random-parts.ts';
import { addTables } from './random-routes.ts';
import type { Subnet, TopologyFile } from './topology-file.ts';

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
  // Blocking of public access is drawn last.
  const { VpcBlockPublicAccessOptions: _, ...file } = emptyTopology();
  return { dice, nets: [], lastHost: 9, file };
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
