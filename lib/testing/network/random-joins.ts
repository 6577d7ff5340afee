import { type Draft, type Net, REMOTE_BLOCKS, ZONES } from './random-parts.ts';
import { addRoute } from './random-routes.ts';
import type { Route, TopologyFile } from './topology-file.ts';

/** Peerings of VPCs that follow each other, mostly routed both ways. */
export function addPeerings(draft: Draft): void {
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

/** Often a transit gateway, which joins VPCs with each other and sometimes with a remote network. */
export function addTransit(draft: Draft): void {
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
