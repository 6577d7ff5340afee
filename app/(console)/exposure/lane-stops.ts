import { balancerWord } from '@/components/exposure/path-facts.ts';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import type { BlockedExposure } from '@/lib/operations/network/get-blocked-paths.ts';

/** More targets behind the same groups are one box. */
const BUNDLE = 30;

/** A box that a path goes through; several paths share it by its id. */
export interface Stop {
  readonly id: string;
  readonly lane: number;
  readonly title: string;
  readonly detail: string;
}

const SOURCES = {
  internet: 'Internet',
  conditional: 'Internet',
  peer: 'Peered VPC',
  vgw: 'VPN',
  tgw: 'Transit gateway',
} as const;
const GATEWAYS = {
  internet: 'Internet gateway',
  conditional: 'By an appliance',
  peer: 'Peering',
  vgw: 'VPN gateway',
  tgw: 'Transit gateway',
} as const;

/** Security groups that admit a path, by their hops. */
function groupsOf({ network }: ExposedPath): readonly string[] {
  return network.hops.filter(({ type }) => type.endsWith('::SecurityGroup')).map(({ id }) => id);
}

/** Groups in a subnet behind which there are too many targets to draw each. */
export function bundlesOf(paths: readonly ExposedPath[]): ReadonlySet<string> {
  const behind = Map.groupBy(paths, bundleKey);
  const isLarge = (some: readonly ExposedPath[]): boolean =>
    new Set(some.map(({ resourceId }) => resourceId)).size > BUNDLE;
  return new Set([...behind].filter(([, some]) => isLarge(some)).map(([key]) => key));
}

function bundleKey(path: ExposedPath): string {
  return groupsOf(path).join();
}

/** The stops of a path; one that several groups admit goes through each of them. */
export function chainsOf(path: ExposedPath, bundled: ReadonlySet<string>): readonly (readonly Stop[])[] {
  const { network } = path;
  const { category, via, subnetId, subnetName } = network;
  const ports = portsWord(network);
  // Lists before the gateway are those of the source.
  const behind = network.hops.slice(network.hops.findIndex(({ id }) => id === via) + 1);
  const list = behind.findLast(({ type }) => type.endsWith('::NetworkAcl'))?.because ?? '';
  const rule = /rule (\d+)/.exec(list)?.[1];
  const balancer = balancerWord(network);
  const start: readonly Stop[] = [
    {
      id: `source ${category}`,
      lane: 0,
      title: SOURCES[category],
      detail: network.isWorld ? 'any address' : `${network.sourceBlocks[0] ?? 'some addresses'}`,
    },
    { id: via, lane: 1, title: balancer ?? via, detail: balancer === null ? GATEWAYS[category] : 'Load balancer' },
    {
      id: subnetId,
      lane: 2,
      title: subnetName || subnetId,
      detail: rule === undefined ? 'Subnet' : `NACL ${rule} allows`,
    },
  ];
  const key = bundleKey(path);
  const target: Stop = bundled.has(key)
    ? { id: `targets ${key}`, lane: 4, title: '', detail: ports }
    : { id: `target ${path.resourceId}`, lane: 4, title: path.resourceName, detail: ports };
  const groups = groupsOf(path);
  if (groups.length === 0) return [[...start, target]];
  return groups.map((id) => [
    ...start,
    { id, lane: 3, title: id, detail: `${ports}, ${network.isWorld ? 'any source' : 'some sources'}` },
    target,
  ]);
}

/** The stops of a path that is blocked, and the lane of the stop that blocks it. */
export function blockedChain(
  one: BlockedExposure,
  ports: string,
): { readonly chain: readonly Stop[]; readonly cut: number } {
  const cut = laneOfBlocker(one.blocker);
  const [group] = one.groupIds;
  const said = (lane: number, otherwise: string): string => (lane === cut ? blockerWord(one, ports) : otherwise);
  const gateway = one.gatewayId || 'No gateway';
  const chain: readonly Stop[] = [
    { id: 'source internet', lane: 0, title: SOURCES.internet, detail: 'any address' },
    { id: one.gatewayId || `no gateway ${one.subnetId}`, lane: 1, title: gateway, detail: said(1, GATEWAYS.internet) },
    { id: one.subnetId, lane: 2, title: one.subnetName || one.subnetId, detail: said(2, 'Subnet') },
    ...(group === undefined ? [] : [{ id: group, lane: 3, title: group, detail: said(3, 'Security group') }]),
    { id: `target ${one.resourceId}`, lane: 4, title: one.resourceName, detail: said(4, ports) },
  ];
  return { chain, cut };
}

/** What blocks, in a word or two. */
function blockerWord({ blocker }: BlockedExposure, ports: string): string {
  switch (blocker.type.split('::').at(-1)) {
    case 'RouteTable':
      return 'No route to it';
    case 'NetworkAcl':
      return 'NACL denies';
    case 'SecurityGroup':
      return `No rule for ${ports}`;
    case 'NetworkInterface':
      return 'No public address';
    case 'Instance':
      return 'Not running';
    default:
      return 'Access blocked';
  }
}

/** The lane of what blocks, by its type. */
function laneOfBlocker({ type }: BlockedExposure['blocker']): number {
  if (type.endsWith('::SecurityGroup')) return 3;
  if (type.endsWith('::Instance') || type.endsWith('::NetworkInterface')) return 4;
  return type.endsWith('::VPC') || type.endsWith('Gateway') ? 1 : 2;
}
