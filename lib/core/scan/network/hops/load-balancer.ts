import { type Address, addressesOf, EVERYWHERE, FAMILIES, type Family, INTERNET } from '../address.ts';
import { cellsOf, has, type Intervals, intersect, NOTHING, only, type Point, union } from '../intervals.ts';
import { memo } from '../memo.ts';
import type { Opening } from '../opening.ts';
import { addressesAt, addressesIn, intersectRegions, ofPorts } from '../region.ts';
import type {
  Forwarding,
  Listener,
  LoadBalancer,
  NetworkInterface,
  Protocol,
  Subnet,
  Target,
  TargetGroup,
} from '../topology.ts';
import type { View } from '../view.ts';
import { gatewaysOf, isShut } from './internet-gateway.ts';
import { routeSets } from './route-table.ts';
import { portsTowards } from './security-group.ts';
import { type Owners, ownersOf } from './target-owner.ts';

/** Clients that have come as far as a node of a load balancer. */
interface Arrival {
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
  readonly node: Subnet;
  /** Addresses that the node may have, as seen by what it connects to. */
  readonly nodeAddresses: Readonly<Record<Family, Intervals>>;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly clients: Intervals;
  /** IPv4 addresses of the balancer before it that it sees in place of the clients'; null where it sees theirs. */
  readonly masked: Intervals | null;
  readonly before: readonly Arrival[];
}

/** A place that a node connects to: a target, or a node of the next balancer. */
interface Place {
  readonly subnetId: string;
  readonly groupIds: readonly string[] | null;
  readonly address: Address;
  readonly port: number;
}

interface Front {
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
  readonly forwarding: Forwarding;
  readonly group: TargetGroup;
  readonly target: Target;
  readonly address: Address;
}

/** Finds the ways from the internet into an interface through load balancers. */
export class Balancers {
  readonly #view: View;
  readonly #fronts: Map<string, Front[]>;
  readonly #arrivals = memo<readonly Arrival[]>();
  readonly #nodes: Map<string, NetworkInterface[]>;

  /** `unchanged` are those of a view in which other rules of security groups stand, and nothing else. */
  constructor(view: View, unchanged: Balancers | null = null) {
    this.#view = view;
    this.#fronts = unchanged === null ? new Map() : unchanged.#fronts;
    this.#nodes = unchanged === null ? new Map() : unchanged.#nodes;
    if (unchanged === null) this.#index();
  }

  #index(): void {
    const view = this.#view;
    const owners = ownersOf(view.topology.interfaces);
    for (const one of view.topology.interfaces) {
      if (one.description.startsWith('ELB '))
        this.#nodes.set(one.description, [...(this.#nodes.get(one.description) ?? []), one]);
    }
    for (const balancer of view.topology.loadBalancers) {
      for (const front of this.#frontsOf(balancer, owners)) {
        const [owner, rest] = front;
        this.#fronts.set(owner, [...(this.#fronts.get(owner) ?? []), rest]);
      }
    }
  }

  *#frontsOf(balancer: LoadBalancer, owners: Owners): Generator<[string, Front]> {
    for (const listener of balancer.listeners) {
      for (const forwarding of listener.forwards) {
        const group = this.#view.topology.targetGroups.get(forwarding.targetGroupId);
        if (group === undefined || group.kind === 'alb') continue;
        for (const target of group.targets) {
          const owner = owners(group.kind, target.id, balancer.vpcId);
          if (owner !== null)
            yield [owner.interfaceId, { balancer, listener, forwarding, group, target, address: owner.address }];
        }
      }
    }
  }

  /** Ids of the interfaces that are targets of load balancers which wear some groups, or of those behind such a one. */
  targetsBehind(groupIds: readonly string[]): ReadonlySet<string> {
    const { loadBalancers, targetGroups } = this.#view.topology;
    const first = loadBalancers.filter((one) => one.groupIds?.some((id) => groupIds.includes(id)));
    if (first.length === 0) return new Set();
    const behind = first
      .flatMap(({ listeners }) => listeners.flatMap(({ forwards }) => forwards))
      .flatMap(({ targetGroupId }) => targetGroups.get(targetGroupId)?.targets ?? [])
      .map(({ id }) => id);
    const balancers = new Set([...first.map(({ id }) => id), ...behind]);
    const isBehind = (fronts: readonly Front[]): boolean => fronts.some(({ balancer }) => balancers.has(balancer.id));
    return new Set([...this.#fronts].filter(([, fronts]) => isBehind(fronts)).map(([id]) => id));
  }

  openingsTo(to: NetworkInterface): readonly Opening[] {
    return (this.#fronts.get(to.id) ?? []).flatMap((front) =>
      front.listener.protocols.flatMap((protocol) =>
        FAMILIES.flatMap((family) =>
          this.#arrivalsAt(front.balancer, front.listener, family, protocol).flatMap((arrival) =>
            this.#openingBy(arrival, front, to),
          ),
        ),
      ),
    );
  }

  #openingBy(arrival: Arrival, front: Front, to: NetworkInterface): readonly Opening[] {
    const { target, group, address, forwarding } = front;
    const place: Place = { subnetId: to.subnetId, groupIds: to.groupIds, address, port: target.port };
    const zone = this.#view.topology.subnets.get(to.subnetId)?.zone;
    if (!isInReach(this.#view, arrival, group, zone)) return [];
    const keeps = keepsClient(arrival, group, address.family);
    const { clients, seen } = this.#through(arrival, place, keeps);
    const through = intersect(clients, chosenBy(forwarding, arrival));
    return through.length === 0 ? [] : [openingOf(arrival, front, through, keeps ? through : seen)];
  }

  /** Clients at the nodes of a balancer: from the internet, or through a network load balancer before it. */
  #arrivalsAt(balancer: LoadBalancer, listener: Listener, family: Family, protocol: Protocol): readonly Arrival[] {
    return this.#arrivals(`${listener.id} ${family} ${protocol}`, () => [
      ...this.#arrivalsFromInternet(balancer, listener, family, protocol),
      ...(balancer.kind === 'application' ? this.#arrivalsThroughAnother(balancer, listener, family, protocol) : []),
    ]);
  }

  #arrivalsFromInternet(
    balancer: LoadBalancer,
    listener: Listener,
    family: Family,
    protocol: Protocol,
  ): readonly Arrival[] {
    if (!balancer.isInternetFacing || (family === 'ipv6' && !balancer.isDualStack)) return [];
    return this.#nodesOf(balancer).flatMap((node) => {
      if (isShut(this.#view.topology, node)) return [];
      return gatewaysOf(this.#view.topology, balancer.vpcId, 'internet').flatMap((gateway) => {
        const addresses = this.#addressesAt(balancer, node);
        const entered = intersect(addresses[family], this.#delivered(gateway.id, balancer.vpcId, family));
        if (entered.length === 0) return [];
        const view = this.#view;
        const clients = [
          INTERNET[family],
          view.routes(node.id, family).to(gateway.id),
          addressesAt(view.aclIn(node.id, family, protocol), listener.port),
          this.#admittedAt(balancer.groupIds, family, protocol, listener.port, []),
          view.replies(node.id, family, protocol),
        ].reduce(intersect);
        const nodeAddresses = { ...addresses, [family]: entered };
        const way = { balancer, listener, node, nodeAddresses, family, protocol, clients };
        return clients.length === 0 ? [] : [{ ...way, masked: null, before: [] }];
      });
    });
  }

  #arrivalsThroughAnother(
    balancer: LoadBalancer,
    listener: Listener,
    family: Family,
    protocol: Protocol,
  ): readonly Arrival[] {
    const arrivals: Arrival[] = [];
    for (const { first, front, group } of this.#chainsTo(balancer, listener)) {
      if (!front.protocols.includes(protocol)) continue;
      for (const arrival of this.#arrivalsAt(first, front, family, protocol)) {
        for (const node of this.#nodesOf(balancer)) {
          if (isInReach(this.#view, arrival, group, node.zone))
            arrivals.push(...this.#onward(arrival, balancer, listener, node));
        }
      }
    }
    return arrivals;
  }

  /** Network load balancers that have an application load balancer as a target, at the port of one of its listeners. */
  *#chainsTo(balancer: LoadBalancer, listener: Listener) {
    for (const first of this.#view.topology.loadBalancers) {
      if (first.kind !== 'network') continue;
      for (const front of first.listeners) {
        for (const { targetGroupId } of front.forwards) {
          const group = this.#view.topology.targetGroups.get(targetGroupId);
          const isNamed =
            group?.kind === 'alb' && group.targets.some(({ id, port }) => id === balancer.id && port === listener.port);
          if (group !== undefined && isNamed) yield { first, front, group };
        }
      }
    }
  }

  /** Where a node's address is not known, each part of its subnet that lists and rules treat alike is tried by itself. */
  #onward(arrival: Arrival, balancer: LoadBalancer, listener: Listener, node: Subnet): readonly Arrival[] {
    const addresses = this.#addressesAt(balancer, node);
    const cuts = this.#cutsOf(arrival);
    return cellsOf(addresses.ipv4, cuts).flatMap(([start, end]) => {
      const place: Place = {
        subnetId: node.id,
        groupIds: balancer.groupIds,
        address: { family: 'ipv4', point: start },
        port: listener.port,
      };
      const keeps = arrival.family === 'ipv4';
      const { clients, seen } = this.#through(arrival, place, keeps);
      const masked = keeps ? null : seen;
      const nodeAddresses = { ...addresses, ipv4: [start, end] };
      const before = [arrival, ...arrival.before];
      return clients.length === 0
        ? []
        : [{ ...arrival, balancer, listener, node, nodeAddresses, clients, masked, before }];
    });
  }

  #cutsOf({ node, balancer, protocol }: Arrival): readonly Point[] {
    const regions = [this.#view.aclOut(node.id, 'ipv4', protocol), this.#view.aclIn(node.id, 'ipv4', protocol)];
    const egress = (balancer.groupIds ?? []).flatMap((id) => this.#view.topology.groups.get(id)?.egress ?? []);
    const blocks = egress.flatMap(({ party }) => {
      if (party.kind === 'block') return [party.block];
      return party.kind === 'prefix-list' ? (this.#view.topology.prefixLists.get(party.id) ?? []) : [];
    });
    const ends = blocks.filter(({ family }) => family === 'ipv4').flatMap(({ start, end }) => [start, end]);
    return [...regions.flat().flatMap(({ addresses }) => addresses), ...ends];
  }

  /** Clients that a node connects onward, and the sources that are seen there: its own addresses or theirs. */
  #through(arrival: Arrival, to: Place, keeps: boolean): { readonly clients: Intervals; readonly seen: Intervals } {
    const { node, balancer, protocol, clients, family } = arrival;
    const view = this.#view;
    const seen = to.address.family;
    if (!this.#isSent(balancer, protocol, to)) return NOBODY;
    const crosses = node.id !== to.subnetId || balancer.kind === 'classic';
    if (crosses && !has(view.aclPorts(node.id, 'egress', to.address, protocol), to.port)) return NOBODY;
    const admitted = this.#admittedAt(to.groupIds, seen, protocol, to.port, balancer.groupIds ?? []);
    const entering = crosses
      ? intersect(admitted, addressesAt(view.aclIn(to.subnetId, seen, protocol), to.port))
      : admitted;
    const back = crosses
      ? intersect(view.clientPorts, view.aclPorts(node.id, 'ingress', to.address, protocol))
      : view.clientPorts;
    if (!keeps) {
      const answered = crosses ? view.replies(to.subnetId, seen, protocol, back) : EVERYWHERE[seen];
      const sources = intersect(intersect(arrival.nodeAddresses[seen], entering), answered);
      return { clients: sources.length === 0 ? NOTHING : clients, seen: sources };
    }
    const toClient = view.aclOut(node.id, family, protocol);
    const leaving = crosses ? intersectRegions(toClient, view.aclOut(to.subnetId, family, protocol)) : toClient;
    const kept = intersect(intersect(clients, entering), addressesIn(ofPorts(leaving, back)));
    return { clients: kept, seen: kept };
  }

  /** Whether the balancer's own rules let it connect to a place. */
  #isSent(balancer: LoadBalancer, protocol: Protocol, to: Place): boolean {
    if (balancer.groupIds === null) return true;
    const { topology, hopeful } = this.#view;
    const groups = balancer.groupIds.map((id) => topology.groups.get(id));
    if (hopeful && groups.includes(undefined)) return true;
    const rules = groups.flatMap((group) => group?.egress ?? []);
    const allowing = portsTowards(rules, protocol, to.address, to.groupIds ?? [], topology);
    return allowing.some(({ ports }) => ports.from <= to.port && to.port < ports.to);
  }

  /** Addresses that some groups admit at one port; what comes through a balancer also by a rule that names its group. */
  #admittedAt(
    groupIds: readonly string[] | null,
    family: Family,
    protocol: Protocol,
    port: number,
    through: readonly string[],
  ): Intervals {
    if (groupIds === null) return EVERYWHERE[family];
    const wearers = new Map(through.map((id) => [id, EVERYWHERE[family]]));
    const name = through.length === 0 ? '' : `through ${through.join()}`;
    return addressesAt(this.#view.admitted(groupIds, family, protocol, name, wearers), port);
  }

  #nodesOf(balancer: LoadBalancer): readonly Subnet[] {
    return balancer.subnetIds.map((id) => this.#view.topology.subnets.get(id)).filter((subnet) => subnet !== undefined);
  }

  /** The addresses of a balancer's interfaces in a subnet, or all of the subnet where none can be seen. */
  #addressesAt(balancer: LoadBalancer, node: Subnet): Record<Family, Intervals> {
    const visible = (this.#nodes.get(balancer.description) ?? []).filter(({ subnetId }) => subnetId === node.id);
    const known = visible.flatMap(({ addresses }) => addresses);
    const of = (family: Family): Intervals => {
      const whole = addressesOf(node.blocks.filter((block) => block.family === family));
      if (visible.length === 0) return whole;
      return known
        .filter((address) => address.family === family)
        .map(({ point }) => only(point))
        .reduce(union, NOTHING);
    };
    return { ipv4: of('ipv4'), ipv6: of('ipv6') };
  }

  /** Addresses that the gateway's own table, if it has one, delivers to. */
  #delivered(gatewayId: string, vpcId: string, family: Family): Intervals {
    const table = this.#view.topology.tableOfGateway.get(gatewayId);
    if (table === undefined) return EVERYWHERE[family];
    return routeSets(table, this.#view.topology.vpcs.get(vpcId), family, this.#view.hopeful).to('local');
  }
}

const NOBODY = { clients: NOTHING, seen: NOTHING };

/** Whether a node sends to a zone: its own, or each that the balancer serves where it goes across zones. */
function isInReach(view: View, { balancer, node }: Arrival, group: TargetGroup, zone: string | undefined): boolean {
  if (!(group.crossZone ?? balancer.crossZone)) return node.zone === zone;
  return balancer.subnetIds.some((id) => view.topology.subnets.get(id)?.zone === zone);
}

/** Only network load balancers keep the client's address, and not from IPv6 to IPv4 or back. */
function keepsClient({ balancer, family }: Arrival, group: TargetGroup, targetFamily: Family): boolean {
  if (balancer.kind !== 'network' || family !== targetFamily) return false;
  return group.isUdp || (group.keepsClient ?? group.kind === 'instance');
}

/** Clients that a rule's condition on the source lets through; where another address stands for them, all or none. */
function chosenBy({ sources }: Forwarding, { family, masked }: Arrival): Intervals {
  if (sources === null) return EVERYWHERE[family];
  const chosen = (of: Family): Intervals => addressesOf(sources.filter((block) => block.family === of));
  if (masked === null) return chosen(family);
  return intersect(masked, chosen('ipv4')).length > 0 ? EVERYWHERE[family] : NOTHING;
}

function openingOf(arrival: Arrival, front: Front, clients: Intervals, seen: Intervals): Opening {
  const { family, protocol, node, before } = arrival;
  const port = front.target.port;
  return {
    category: 'load-balancer',
    via: (before.at(-1) ?? arrival).balancer.id,
    family,
    protocol,
    region: [{ from: port, to: port + 1, addresses: clients }],
    passes: {
      fromSubnetIds: [node.id],
      listeners: [...before.toReversed(), arrival].map(({ balancer, listener }) => ({
        balancerId: balancer.id,
        listenerId: listener.id,
        port: listener.port,
      })),
      targetGroupId: front.group.id,
      seen: { family: front.address.family, addresses: seen, groupIds: arrival.balancer.groupIds ?? [] },
    },
  };
}
