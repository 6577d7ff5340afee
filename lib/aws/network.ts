import {
  DescribeAddressesCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayRouteTables,
  paginateDescribeTransitGateways,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  paginateGetTransitGatewayRouteTableAssociations,
  paginateSearchTransitGatewayRoutes,
} from '@aws-sdk/client-ec2';
import type { Place } from '../core/model/cloud.ts';
import type { NetworkLists } from '../core/model/network.ts';
import { orReason } from './failure.ts';
import { describeBalancers, describeClassicBalancers } from './load-balancers.ts';
import type { AwsSessions } from './session.ts';

type Row = object;
type Pages = AsyncIterable<object>;

/** Pages that EC2 gives where it has pages. */
const PAGE = 1_000;

/** What must be read, or nothing can be said of the region. */
function essentialLists(client: EC2Client): Readonly<Record<string, Pages>> {
  const config = { client, pageSize: PAGE };
  return {
    Vpcs: paginateDescribeVpcs(config, {}),
    Subnets: paginateDescribeSubnets(config, {}),
    RouteTables: paginateDescribeRouteTables({ client, pageSize: 100 }, {}),
    NetworkAcls: paginateDescribeNetworkAcls(config, {}),
    SecurityGroups: paginateDescribeSecurityGroups(config, {}),
    InternetGateways: paginateDescribeInternetGateways(config, {}),
    NetworkInterfaces: paginateDescribeNetworkInterfaces(config, {}),
  };
}

/**
 * The configuration of a region's network in the words of the API. What is essential and cannot be read throws; what else
 * cannot be read is named with the reason, and all else is told.
 */
export async function readNetwork(sessions: AwsSessions, place: Place, signal: AbortSignal): Promise<NetworkLists> {
  const client = sessions.client('ec2', EC2Client, place);
  const essential = await Promise.all(
    Object.entries(essentialLists(client)).map(
      async ([name, pages]) => [name, await rowsOf(name, pages, signal)] as const,
    ),
  );
  const lists: Record<string, unknown> = Object.fromEntries(essential);
  lists.Instances = await statesOf(client, signal);
  const unread: Record<string, string> = {};
  const optional = async (name: string, action: string, read: () => Promise<unknown>): Promise<void> => {
    const answer = await orReason(action, signal, read);
    if (typeof answer === 'string') unread[name] = answer;
    else lists[name] = answer;
  };
  await Promise.all([
    optional(
      'Addresses',
      'ec2:DescribeAddresses',
      async () => (await client.send(new DescribeAddressesCommand({}))).Addresses ?? [],
    ),
    optional(
      'VpnGateways',
      'ec2:DescribeVpnGateways',
      async () => (await client.send(new DescribeVpnGatewaysCommand({}))).VpnGateways ?? [],
    ),
    optional('VpcPeeringConnections', 'ec2:DescribeVpcPeeringConnections', () =>
      rowsOf('VpcPeeringConnections', paginateDescribeVpcPeeringConnections({ client, pageSize: PAGE }, {}), signal),
    ),
    optional('ManagedPrefixLists', 'ec2:DescribeManagedPrefixLists', () => prefixLists(client, lists, signal)),
    optional('VpcBlockPublicAccessOptions', 'ec2:DescribeVpcBlockPublicAccessOptions', async () => {
      const { VpcBlockPublicAccessOptions } = await client.send(new DescribeVpcBlockPublicAccessOptionsCommand({}));
      return VpcBlockPublicAccessOptions ?? {};
    }),
    optional('VpcBlockPublicAccessExclusions', 'ec2:DescribeVpcBlockPublicAccessExclusions', async () => {
      const { VpcBlockPublicAccessExclusions } = await client.send(
        new DescribeVpcBlockPublicAccessExclusionsCommand({}),
      );
      return VpcBlockPublicAccessExclusions ?? [];
    }),
    optional('TransitGateways', 'ec2:DescribeTransitGateways', async () => {
      const transit = await transitLists(client, signal);
      Object.assign(lists, transit);
      return transit.TransitGateways;
    }),
    optional('LoadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', async () => {
      const balancing = await describeBalancers(sessions, place, signal);
      Object.assign(lists, balancing);
      return balancing.LoadBalancers;
    }),
    optional('LoadBalancerDescriptions', 'elasticloadbalancing:DescribeLoadBalancers', () =>
      describeClassicBalancers(sessions, place, signal),
    ),
  ]);
  return { lists, unread };
}

async function rowsOf(name: string, pages: Pages, signal: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) {
    signal.throwIfAborted();
    rows.push(...((page as Record<string, readonly Row[] | undefined>)[name] ?? []));
  }
  return rows;
}

/** Of instances only their state matters here. */
async function statesOf(client: EC2Client, signal: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize: PAGE }, {})) {
    signal.throwIfAborted();
    for (const { Instances = [] } of Reservations) {
      rows.push(...Instances.map(({ InstanceId, State }) => ({ InstanceId, State: { Name: State?.Name } })));
    }
  }
  return rows;
}

/** Entries only of lists that a rule or a route names: accounts see many lists of Amazon's that nothing uses. */
async function prefixLists(
  client: EC2Client,
  lists: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const named = new Set(JSON.stringify([lists.SecurityGroups, lists.RouteTables]).match(/\bpl-[0-9a-z]+\b/g));
  if (named.size === 0) return [];
  const config = { client, pageSize: 100 };
  const found = (await rowsOf('PrefixLists', paginateDescribeManagedPrefixLists(config, {}), signal)) as {
    PrefixListId?: string;
  }[];
  return Promise.all(
    found
      .filter(({ PrefixListId }) => named.has(PrefixListId ?? ''))
      .map(async (list) => {
        const pages = paginateGetManagedPrefixListEntries(config, { PrefixListId: list.PrefixListId });
        const entries = await orReason('ec2:GetManagedPrefixListEntries', signal, () =>
          rowsOf('Entries', pages, signal),
        );
        // Without entries the list counts as not read.
        return typeof entries === 'string' ? list : { ...list, Entries: entries };
      }),
  );
}

async function transitLists(client: EC2Client, signal: AbortSignal) {
  const config = { client, pageSize: 100 };
  const TransitGateways = await rowsOf('TransitGateways', paginateDescribeTransitGateways(config, {}), signal);
  if (TransitGateways.length === 0) return { TransitGateways };
  const TransitGatewayVpcAttachments = await rowsOf(
    'TransitGatewayVpcAttachments',
    paginateDescribeTransitGatewayVpcAttachments(config, {}),
    signal,
  );
  const tables = (await rowsOf(
    'TransitGatewayRouteTables',
    paginateDescribeTransitGatewayRouteTables(config, {}),
    signal,
  )) as { TransitGatewayRouteTableId?: string }[];
  const TransitGatewayRouteTables = await Promise.all(tables.map((table) => withRoutes(client, table, signal)));
  return { TransitGateways, TransitGatewayVpcAttachments, TransitGatewayRouteTables };
}

async function withRoutes(client: EC2Client, table: { TransitGatewayRouteTableId?: string }, signal: AbortSignal) {
  const id = table.TransitGatewayRouteTableId;
  const config = { client, pageSize: 100 };
  const pages = paginateGetTransitGatewayRouteTableAssociations(config, { TransitGatewayRouteTableId: id });
  const search = { TransitGatewayRouteTableId: id, Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] };
  const Routes = await rowsOf('Routes', paginateSearchTransitGatewayRoutes(config, search), signal);
  return { ...table, Associations: await rowsOf('Associations', pages, signal), Routes };
}
