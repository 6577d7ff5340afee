import {
  DescribeAddressesCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
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
  };
}

/**
 * The configuration of a region's network in the words of the API, without its instances. What is essential and cannot be
 * read throws; what else cannot be read is named with the reason, and all else is told. Where there is no instance and
 * nobody is joined to its VPCs, nothing decides over anything, and three calls say so.
 */
export async function readNetwork(sessions: AwsSessions, place: Place, signal: AbortSignal): Promise<NetworkLists> {
  const client = sessions.client('ec2', EC2Client, place);
  const lists: Record<string, unknown> = {};
  const unread: Record<string, string> = {};
  const optional = async (name: string, action: string, read: () => Promise<unknown>): Promise<void> => {
    const answer = await orReason(action, signal, read);
    if (typeof answer === 'string') unread[name] = answer;
    else lists[name] = answer;
  };
  const config = { client, pageSize: PAGE };
  const interfaces = await rowsOf('NetworkInterfaces', paginateDescribeNetworkInterfaces(config, {}), signal);
  lists.NetworkInterfaces = interfaces;
  await Promise.all([
    optional('VpcPeeringConnections', 'ec2:DescribeVpcPeeringConnections', () =>
      rowsOf('VpcPeeringConnections', paginateDescribeVpcPeeringConnections(config, {}), signal),
    ),
    optional('TransitGateways', 'ec2:DescribeTransitGateways', async () => {
      const transit = await transitLists(client, signal);
      Object.assign(lists, transit);
      return transit.TransitGateways;
    }),
  ]);
  if (!isOfUse(interfaces, lists, unread)) return inOrder(lists, unread);
  await Promise.all([
    ...Object.entries(essentialLists(client)).map(async ([name, pages]) => {
      lists[name] = await rowsOf(name, pages, signal);
    }),
    optional('Addresses', 'ec2:DescribeAddresses', async () => {
      const { Addresses } = await client.send(new DescribeAddressesCommand({}));
      return Addresses ?? [];
    }),
    optional('VpnGateways', 'ec2:DescribeVpnGateways', async () => {
      const { VpnGateways } = await client.send(new DescribeVpnGatewaysCommand({}));
      return VpnGateways ?? [];
    }),
    optional('VpcBlockPublicAccessOptions', 'ec2:DescribeVpcBlockPublicAccessOptions', async () => {
      const access = await publicAccess(client);
      Object.assign(lists, access);
      return access.VpcBlockPublicAccessOptions;
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
  await optional('ManagedPrefixLists', 'ec2:DescribeManagedPrefixLists', () => prefixLists(client, lists, signal));
  return inOrder(lists, unread);
}

/** AWS promises no order and answers come as they come: the same network is told in the same order. */
function inOrder(lists: Readonly<Record<string, unknown>>, unread: Readonly<Record<string, string>>): NetworkLists {
  const rows = (value: unknown): unknown =>
    Array.isArray(value)
      ? value
          .map((row) => ({ row, text: JSON.stringify(row) }))
          .toSorted((a, b) => (a.text < b.text ? -1 : 1))
          .map(({ row }) => row)
      : value;
  const sorted = Object.keys(lists).toSorted();
  return {
    lists: Object.fromEntries(sorted.map((name) => [name, rows(lists[name])])),
    unread: Object.fromEntries(Object.entries(unread).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Whether there is an instance to be reached, or another network that comes from here. */
function isOfUse(
  interfaces: readonly { readonly Attachment?: { readonly InstanceId?: string } }[],
  lists: Readonly<Record<string, unknown>>,
  unread: Readonly<Record<string, string>>,
): boolean {
  const isJoined = ['VpcPeeringConnections', 'TransitGateways'].some(
    (name) => unread[name] !== undefined || (lists[name] as readonly unknown[]).length > 0,
  );
  return isJoined || interfaces.some(({ Attachment }) => Attachment?.InstanceId !== undefined);
}

/** Exclusions matter only where something is blocked. */
async function publicAccess(client: EC2Client) {
  const { VpcBlockPublicAccessOptions = {} } = await client.send(new DescribeVpcBlockPublicAccessOptionsCommand({}));
  if (!VpcBlockPublicAccessOptions.InternetGatewayBlockMode?.startsWith('block'))
    return { VpcBlockPublicAccessOptions };
  const exclusions: object[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeVpcBlockPublicAccessExclusionsCommand({ NextToken, MaxResults: PAGE }));
    exclusions.push(...(page.VpcBlockPublicAccessExclusions ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== '');
  return { VpcBlockPublicAccessOptions, VpcBlockPublicAccessExclusions: exclusions };
}

async function rowsOf(name: string, pages: Pages, signal: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) {
    signal.throwIfAborted();
    rows.push(...((page as Record<string, readonly Row[] | undefined>)[name] ?? []));
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
