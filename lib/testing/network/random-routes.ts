import { type Draft, IPV4_POOL, IPV6_POOL, type Net, REMOTE_BLOCKS, WORLD } from './random-parts.ts';
import type { Route, RouteTable } from './topology-file.ts';

/** The main table of the VPC and, often, one for some of its subnets and some for its gateways. */
export function addTables(draft: Draft, net: Net): void {
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
export function addRoute(table: RouteTable, block: string, target: Partial<Route>, fields: Partial<Route> = {}): void {
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
