import { type Address, addressesOf, EVERYWHERE, type Family } from './address.ts';
import { letThrough } from './hops/network-acl.ts';
import { type RouteSets, routeSets } from './hops/route-table.ts';
import { addressesOfParty, admittedBy, type Wearers } from './hops/security-group.ts';
import { compare, type Intervals, intervalsOf, NOTHING, only, type Point, pairsOf } from './intervals.ts';
import { memo } from './memo.ts';
import { PORTS_END } from './read-rules.ts';
import { addressesIn, ofPorts, portsFrom, type Region } from './region.ts';
import type { NetworkAcl, NetworkInterface, Party, Protocol, RouteTable, Subnet, Topology } from './topology.ts';

/** Ports that a client calls from: those that systems choose by themselves, or any. */
export const CLIENT_PORTS: Intervals = [1024, PORTS_END];
export const ANY_CLIENT_PORT: Intervals = [1, PORTS_END];

interface ViewOptions {
  readonly clientPorts: Intervals;
  /** Whether what is missing counts as letting everything through, and not as letting nothing through. */
  readonly hopeful: boolean;
}

type Direction = 'ingress' | 'egress';

/** One direction of a list, and the ports that it lets through for each cell of addresses. */
interface AclFilter {
  readonly region: Region;
  readonly ports: Map<number, Intervals>;
}

interface AclFilters {
  readonly acl: NetworkAcl | undefined;
  readonly parts: Partial<Record<`${Direction} ${Family} ${Protocol}`, AclFilter>>;
}

/** Subnets whose traffic the same list and the same table decide over, and all their addresses. */
export interface SubnetKind {
  readonly subnets: readonly [Subnet, ...Subnet[]];
  readonly addresses: Readonly<Record<Family, Intervals>>;
}

/** What each filter of a topology lets through, computed once for each filter. */
export class View {
  readonly topology: Topology;
  readonly hopeful: boolean;
  readonly clientPorts: Intervals;
  readonly #filters = new Map<string, AclFilters>();
  readonly #filtersOfAcl = new Map<NetworkAcl | undefined, AclFilters>();
  readonly #replies = memo<Intervals>();
  readonly #routes = memo<RouteSets>();
  #cuts: Readonly<Record<Family, readonly Point[]>> | null = null;
  readonly #subnetsOf = memo<readonly Subnet[]>();
  readonly #wearers = memo<Wearers>();
  readonly #kinds = memo<readonly SubnetKind[]>();
  readonly #admitted = memo<Region>();
  readonly #regions = memo<Region>();
  readonly #unchanged: View | null;

  /** `unchanged` is a view of a topology that differs in the rules of security groups alone: all else is as it says. */
  constructor(topology: Topology, { clientPorts, hopeful }: ViewOptions, unchanged: View | null = null) {
    this.topology = topology;
    this.clientPorts = clientPorts;
    this.hopeful = hopeful;
    this.#unchanged = unchanged;
  }

  aclOf(subnetId: string): NetworkAcl | undefined {
    const { aclOfSubnet, defaultAclOf, subnets } = this.topology;
    const acl = aclOfSubnet.get(subnetId) ?? defaultAclOf.get(subnets.get(subnetId)?.vpcId ?? '');
    return acl?.isReadable === true ? acl : undefined;
  }

  tableOf(subnetId: string): RouteTable | undefined {
    const { tableOfSubnet, mainTableOf, subnets } = this.topology;
    return tableOfSubnet.get(subnetId) ?? mainTableOf.get(subnets.get(subnetId)?.vpcId ?? '');
  }

  /** What may enter a subnet: sources and the ports that they call. */
  aclIn(subnetId: string, family: Family, protocol: Protocol): Region {
    return this.#aclRegion(subnetId, 'ingress', family, protocol);
  }

  /** What may leave a subnet: destinations and the ports that are called. */
  aclOut(subnetId: string, family: Family, protocol: Protocol): Region {
    return this.#aclRegion(subnetId, 'egress', family, protocol);
  }

  #aclRegion(subnetId: string, direction: Direction, family: Family, protocol: Protocol): Region {
    return this.#filterOf(subnetId, direction, family, protocol).region;
  }

  #filterOf(subnetId: string, direction: Direction, family: Family, protocol: Protocol): AclFilter {
    if (this.#unchanged !== null) return this.#unchanged.#filterOf(subnetId, direction, family, protocol);
    let filters = this.#filters.get(subnetId);
    if (filters === undefined) {
      filters = this.#filtersOf(this.aclOf(subnetId));
      this.#filters.set(subnetId, filters);
    }
    const name = `${direction} ${family} ${protocol}` as const;
    let filter = filters.parts[name];
    if (filter === undefined) {
      const { acl } = filters;
      const region = acl === undefined ? this.missing(family) : letThrough(acl[direction], family, protocol);
      filter = { region, ports: new Map() };
      filters.parts[name] = filter;
    }
    return filter;
  }

  /** Subnets under one list share its filters. */
  #filtersOf(acl: NetworkAcl | undefined): AclFilters {
    const known = this.#filtersOfAcl.get(acl) ?? { acl, parts: {} };
    this.#filtersOfAcl.set(acl, known);
    return known;
  }

  /** Ports that one address may use in a direction of a subnet's list. */
  aclPorts(subnetId: string, direction: Direction, address: Address, protocol: Protocol): Intervals {
    if (this.#unchanged !== null) return this.#unchanged.aclPorts(subnetId, direction, address, protocol);
    const { region, ports } = this.#filterOf(subnetId, direction, address.family, protocol);
    const cell = this.cellOf(address);
    const known = ports.get(cell) ?? portsFrom(region, address.point);
    ports.set(cell, known);
    return known;
  }

  /** Addresses of one cell are treated alike by every list of a subnet and by every route. */
  cellOf({ family, point }: Address): number {
    if (this.#unchanged !== null) return this.#unchanged.cellOf({ family, point });
    this.#cuts ??= { ipv4: cutsOf(this.topology, 'ipv4'), ipv6: cutsOf(this.topology, 'ipv6') };
    const cuts = this.#cuts[family];
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle] as Point) <= point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Clients that an answer out of a subnet may reach on one of their ports. */
  replies(subnetId: string, family: Family, protocol: Protocol, clientPorts = this.clientPorts): Intervals {
    if (this.#unchanged !== null) return this.#unchanged.replies(subnetId, family, protocol, clientPorts);
    const name = `${subnetId} ${family} ${protocol} ${clientPorts.join()}`;
    return this.#replies(name, () => addressesIn(ofPorts(this.aclOut(subnetId, family, protocol), clientPorts)));
  }

  routes(subnetId: string, family: Family): RouteSets {
    if (this.#unchanged !== null) return this.#unchanged.routes(subnetId, family);
    const table = this.tableOf(subnetId);
    if (table === undefined) return { targets: [], to: () => (this.hopeful ? EVERYWHERE[family] : NOTHING) };
    return this.#routes(`${table.id} ${family}`, () =>
      routeSets(table, this.topology.vpcs.get(table.vpcId), family, this.hopeful),
    );
  }

  /** A region that groups have no part in, computed once under its name: all interfaces of a subnet share it. */
  shared(name: string, compute: () => Region): Region {
    return this.#unchanged === null ? this.#regions(name, compute) : this.#unchanged.shared(name, compute);
  }

  /** What some groups admit; a group that is not there admits what is missing. */
  admitted(groupIds: readonly string[], family: Family, protocol: Protocol, by = '', wearers?: Wearers): Region {
    return this.#admitted(`${groupIds.join()} ${family} ${protocol} ${by}`, () => {
      const groups = groupIds.map((id) => this.topology.groups.get(id));
      if (this.hopeful && groups.includes(undefined)) return this.missing(family);
      const rules = groups.flatMap((group) => group?.ingress ?? []);
      return admittedBy(rules, family, protocol, this.topology, this.hopeful ? EVERYWHERE[family] : NOTHING, wearers);
    });
  }

  /** What some groups admit from a VPC whose groups they may name; from elsewhere no rule that names a group counts. */
  admittedFrom(vpcId: string | undefined, groupIds: readonly string[], family: Family, protocol: Protocol): Region {
    const wearers = vpcId === undefined ? undefined : this.wearers(vpcId, family);
    return this.admitted(groupIds, family, protocol, vpcId, wearers);
  }

  /** Whom a party of a rule means. */
  meantBy(party: Party, family: Family, wearers?: Wearers): Intervals {
    return addressesOfParty(party, family, this.topology, this.hopeful ? EVERYWHERE[family] : NOTHING, wearers);
  }

  /** Every port of some addresses. */
  everyPort(addresses: Intervals): Region {
    return addresses.length === 0 ? [] : [{ from: 0, to: PORTS_END, addresses }];
  }

  missing(family: Family): Region {
    return this.everyPort(this.hopeful ? EVERYWHERE[family] : NOTHING);
  }

  /** The subnets of a VPC by what decides over their traffic; `and` tells what else tells them apart. */
  kindsOfSubnets(vpcId: string, name: string, and: (subnet: Subnet) => unknown): readonly SubnetKind[] {
    if (this.#unchanged !== null) return this.#unchanged.kindsOfSubnets(vpcId, name, and);
    return this.#kinds(`${vpcId} ${name}`, () => {
      const kinds: { readonly by: readonly unknown[]; readonly subnets: [Subnet, ...Subnet[]] }[] = [];
      for (const subnet of this.subnetsOf(vpcId)) {
        const by = [this.aclOf(subnet.id), this.tableOf(subnet.id), and(subnet)];
        const kind = kinds.find((one) => one.by.every((part, at) => part === by[at]));
        if (kind === undefined) kinds.push({ by, subnets: [subnet] });
        else kind.subnets.push(subnet);
      }
      return kinds.map(({ subnets }) => kindOf(subnets));
    });
  }

  subnetsOf(vpcId: string): readonly Subnet[] {
    if (this.#unchanged !== null) return this.#unchanged.subnetsOf(vpcId);
    return this.#subnetsOf(vpcId, () => [...this.topology.subnets.values()].filter((one) => one.vpcId === vpcId));
  }

  /** The private addresses in a VPC that wear each group. */
  wearers(vpcId: string, family: Family): Wearers {
    if (this.#unchanged !== null) return this.#unchanged.wearers(vpcId, family);
    return this.#wearers(`${vpcId} ${family}`, () => wearersAmong(this.topology.interfaces, vpcId, family));
  }
}

function kindOf(subnets: readonly [Subnet, ...Subnet[]]): SubnetKind {
  const blocks = subnets.flatMap((subnet) => subnet.blocks);
  const of = (family: Family): Intervals => addressesOf(blocks.filter((block) => block.family === family));
  return { subnets, addresses: { ipv4: of('ipv4'), ipv6: of('ipv6') } };
}

function cutsOf(topology: Topology, family: Family): readonly Point[] {
  const lists = new Set([...topology.aclOfSubnet.values(), ...topology.defaultAclOf.values()]);
  const tables = new Set([
    ...topology.tableOfSubnet.values(),
    ...topology.mainTableOf.values(),
    ...topology.tableOfGateway.values(),
  ]);
  const transit = topology.transitGateways.flatMap((gateway) => [...gateway.tables.values()]);
  const blocks = [
    ...[...lists].flatMap(({ ingress, egress }) => [...ingress, ...egress]).map(({ block }) => block),
    ...[...tables].flatMap(({ routes }) => routes).flatMap((route) => route.blocks ?? []),
    ...[...topology.vpcs.values()].flatMap((vpc) => vpc.blocks),
    ...transit.flatMap(({ routes }) => routes).map(({ block }) => block),
  ];
  const ends = blocks.filter((block) => block.family === family).flatMap(({ start, end }) => [start, end]);
  return [...new Set(ends)].toSorted(compare);
}

function wearersAmong(interfaces: readonly NetworkInterface[], vpcId: string, family: Family): Wearers {
  const points = new Map<string, Point[]>();
  for (const one of interfaces) {
    if (one.vpcId !== vpcId) continue;
    const own = one.addresses.filter((address) => address.family === family).map(({ point }) => point);
    for (const id of one.groupIds) {
      const wearing = points.get(id) ?? [];
      wearing.push(...own);
      points.set(id, wearing);
    }
  }
  return new Map([...points].map(([id, own]) => [id, intervalsOf(own.flatMap((point) => pairsOf(only(point))))]));
}
