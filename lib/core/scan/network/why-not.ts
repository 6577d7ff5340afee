import { type Family, INTERNET } from './address.ts';
import { isOfInternet } from './hops/direct.ts';
import { entryAt, gatewaysOf, isShut } from './hops/internet-gateway.ts';
import { type Intervals, intersect, NOTHING, union } from './intervals.ts';
import { addressesAt, addressesIn, type Region } from './region.ts';
import type { NetworkInterface, Protocol } from './topology.ts';
import type { View } from './view.ts';

/** Something that keeps the internet out, and what would have to change for it to let anybody in. */
export interface Blocker {
  /** CloudFormation type of the component. */
  readonly type: string;
  readonly id: string;
  readonly because: string;
  readonly change: string;
}

interface WhyNotInput {
  readonly family: Family;
  readonly protocol: Protocol;
  /** One port; without it, any. */
  readonly port?: number;
}

/**
 * Everything that by itself keeps the internet from an interface, in the order in which a packet would meet it. Where each
 * would let somebody in and no address passes all of them, that is said; empty where a port can be reached.
 */
export function blockersOf(view: View, to: NetworkInterface, input: WhyNotInput): readonly Blocker[] {
  const gates = gatesOf(view, to, input);
  const filters = filtersOf(view, to, input);
  const blocking = [...gates, ...filters.filter(({ passes }) => passes.length === 0).map(({ blocker }) => blocker)];
  if (blocking.length > 0) return blocking;
  const common = filters.map(({ passes }) => passes).reduce(intersect, INTERNET[input.family]);
  return common.length > 0 && isSomePortOpen(view, to, input, common) ? [] : [noneForAll(to)];
}

function gatesOf(view: View, to: NetworkInterface, { family }: WhyNotInput): readonly Blocker[] {
  const { topology } = view;
  const instance = topology.instances.get(to.instanceId ?? '');
  const blockers: Blocker[] = [];
  if (instance?.state !== 'running' && instance?.state !== 'pending') {
    const state = instance === undefined ? 'no instance that is known uses it' : `the instance is ${instance.state}`;
    blockers.push({
      type: 'AWS::EC2::Instance',
      id: to.instanceId ?? to.id,
      because: state,
      change: 'start the instance',
    });
  }
  const gateways = gatewaysOf(topology, to.vpcId, 'internet');
  if (gateways.length === 0) {
    const because = 'no internet gateway is attached';
    blockers.push({ type: 'AWS::EC2::VPC', id: to.vpcId, because, change: 'attach an internet gateway' });
  }
  if (isShut(topology, { id: to.subnetId, vpcId: to.vpcId })) {
    const because = 'block public access is on';
    blockers.push({ type: 'AWS::EC2::VPC', id: to.vpcId, because, change: 'exclude the VPC or the subnet from it' });
  }
  const addresses = to.addresses.filter((address) => isOfInternet(address, family));
  if (addresses.length === 0) {
    const because = family === 'ipv4' ? 'it has no public IPv4 address' : 'it has no global IPv6 address';
    blockers.push({ type: 'AWS::EC2::NetworkInterface', id: to.id, because, change: 'give it one' });
  } else if (
    gateways.length > 0 &&
    !gateways.some(({ id }) => addresses.some((one) => entryAt(topology, id, to.vpcId, one).kind === 'deliver'))
  ) {
    const [gateway] = gateways;
    const because = 'its own route table does not deliver to the address';
    blockers.push({
      type: 'AWS::EC2::InternetGateway',
      id: gateway?.id ?? '',
      because,
      change: 'route the subnet to local',
    });
  }
  return blockers;
}

interface Filter {
  /** Addresses of the internet that it lets through by itself. */
  readonly passes: Intervals;
  readonly blocker: Blocker;
}

function filtersOf(view: View, to: NetworkInterface, { family, protocol, port }: WhyNotInput): readonly Filter[] {
  const all = INTERNET[family];
  const at = (region: Region): Intervals =>
    intersect(port === undefined ? addressesIn(region) : addressesAt(region, port), all);
  const routes = view.routes(to.subnetId, family);
  const gateways = gatewaysOf(view.topology, to.vpcId, 'internet');
  const returning = gateways.map(({ id }) => routes.to(id)).reduce(union, NOTHING);
  const table = view.tableOf(to.subnetId)?.id ?? to.subnetId;
  const acl = view.aclOf(to.subnetId)?.id ?? to.subnetId;
  const ports = port === undefined ? `any ${protocol} port` : `${port}/${protocol}`;
  return [
    {
      passes: gateways.length === 0 ? all : intersect(returning, all),
      blocker: {
        type: 'AWS::EC2::RouteTable',
        id: table,
        because: 'it sends no answer to an internet gateway',
        change: 'add a route to the internet gateway',
      },
    },
    {
      passes: at(view.aclIn(to.subnetId, family, protocol)),
      blocker: {
        type: 'AWS::EC2::NetworkAcl',
        id: acl,
        because: `it lets ${ports} in from nobody`,
        change: 'add an entry that allows it before those that deny it',
      },
    },
    {
      passes: intersect(view.replies(to.subnetId, family, protocol), all),
      blocker: {
        type: 'AWS::EC2::NetworkAcl',
        id: acl,
        because: 'it lets no answer out on ports that clients call from',
        change: 'allow ports 1024 to 65535 out',
      },
    },
    {
      passes: at(view.admitted(to.groupIds, family, protocol)),
      blocker: {
        type: 'AWS::EC2::SecurityGroup',
        id: to.groupIds.join(', ') || to.id,
        because: `no rule admits ${ports} from an address of the internet`,
        change: 'add a rule',
      },
    },
  ];
}

/** Whether lists and groups agree on a port for one of the addresses that pass each of them. */
function isSomePortOpen(
  view: View,
  to: NetworkInterface,
  { family, protocol, port }: WhyNotInput,
  common: Intervals,
): boolean {
  const list = view.aclIn(to.subnetId, family, protocol);
  const groups = view.admitted(to.groupIds, family, protocol);
  return groups.some((slab) =>
    list.some((other) => {
      const from = Math.max(slab.from, other.from, port ?? 0);
      const end = Math.min(slab.to, other.to, port === undefined ? slab.to : port + 1);
      return from < end && intersect(intersect(slab.addresses, other.addresses), common).length > 0;
    }),
  );
}

function noneForAll(to: NetworkInterface): Blocker {
  return {
    type: 'AWS::EC2::NetworkInterface',
    id: to.id,
    because: 'routes, lists and groups each let somebody in, and nobody passes all of them',
    change: 'make one of them let in whom the others do',
  };
}
