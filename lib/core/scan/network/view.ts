import { type Address, EVERYWHERE, type Family } from './address.ts';
import { letThrough } from './hops/network-acl.ts';
import { type RouteSets, routeSets } from './hops/route-table.ts';
import { admittedBy, type Wearers } from './hops/security-group.ts';
import { type Intervals, intervalsOf, NOTHING } from './intervals.ts';
import { memo } from './memo.ts';
import { PORTS_END } from './read-rules.ts';
import { addressesIn, ofPorts, portsFrom, type Region } from './region.ts';
import type { NetworkAcl, NetworkInterface, Protocol, RouteTable, Subnet, Topology } from './topology.ts';

/** Ports that a client calls from: those that systems choose by themselves, or any. */
export const CLIENT_PORTS: Intervals = [1024, PORTS_END];
export const ANY_CLIENT_PORT: Intervals = [1, PORTS_END];

export interface ViewOptions {
  readonly clientPorts: Intervals;
  /** Whether what is missing counts as letting everything through, and not as letting nothing through. */
  readonly hopeful: boolean;
}

/** What each filter of a topology lets through, computed once for each filter. */
export class View {
  readonly topology: Topology;
  readonly hopeful: boolean;
  readonly clientPorts: Intervals;
  readonly #regions = memo<Region>();
  readonly #ports = memo<Intervals>();
  readonly #replies = memo<Intervals>();
  readonly #routes = memo<RouteSets>();
  readonly #cuts = new Map<string, readonly (number | bigint)[]>();
  readonly #subnetsOf = memo<readonly Subnet[]>();
  readonly #wearers = memo<Wearers>();

  constructor(topology: Topology, { clientPorts, hopeful }: ViewOptions) {
    this.topology = topology;
    this.clientPorts = clientPorts;
    this.hopeful = hopeful;
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

  #aclRegion(subnetId: string, direction: 'ingress' | 'egress', family: Family, protocol: Protocol): Region {
    const acl = this.aclOf(subnetId);
    if (acl === undefined) return this.missing(family);
    return this.#regions(`${acl.id} ${direction} ${family} ${protocol}`, () =>
      letThrough(acl[direction], family, protocol),
    );
  }

  /** Ports that one address may use in a direction of a subnet's list. */
  aclPorts(subnetId: string, direction: 'ingress' | 'egress', address: Address, protocol: Protocol): Intervals {
    const region = this.#aclRegion(subnetId, direction, address.family, protocol);
    const name = `${this.aclOf(subnetId)?.id ?? ''} ${direction} ${address.family} ${protocol}`;
    return this.#ports(`${name} ${this.#cellOf(name, region, address.point)}`, () => portsFrom(region, address.point));
  }

  /** Addresses between two ends of a region's intervals are all treated alike. */
  #cellOf(name: string, region: Region, point: number | bigint): number {
    let cuts = this.#cuts.get(name);
    if (cuts === undefined) {
      cuts = [...new Set(region.flatMap(({ addresses }) => addresses))].toSorted((a, b) => (a < b ? -1 : 1));
      this.#cuts.set(name, cuts);
    }
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cuts[middle] as number | bigint) <= point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Clients that an answer out of a subnet may reach on one of their ports. */
  replies(subnetId: string, family: Family, protocol: Protocol, clientPorts = this.clientPorts): Intervals {
    const name = `${subnetId} ${family} ${protocol} ${clientPorts.join()}`;
    return this.#replies(name, () => addressesIn(ofPorts(this.aclOut(subnetId, family, protocol), clientPorts)));
  }

  routes(subnetId: string, family: Family): RouteSets {
    const table = this.tableOf(subnetId);
    if (table === undefined) return { targets: [], to: () => (this.hopeful ? EVERYWHERE[family] : NOTHING) };
    return this.#routes(`${table.id} ${family}`, () =>
      routeSets(table, this.topology.vpcs.get(table.vpcId), family, this.hopeful),
    );
  }

  /** What some groups admit; a group that is not there admits what is missing. */
  admitted(groupIds: readonly string[], family: Family, protocol: Protocol, by = '', wearers?: Wearers): Region {
    return this.#regions(`${groupIds.join()} ${family} ${protocol} ${by}`, () => {
      const groups = groupIds.map((id) => this.topology.groups.get(id));
      if (this.hopeful && groups.includes(undefined)) return this.missing(family);
      const rules = groups.flatMap((group) => group?.ingress ?? []);
      return admittedBy(rules, family, protocol, this.topology, this.hopeful ? EVERYWHERE[family] : NOTHING, wearers);
    });
  }

  missing(family: Family): Region {
    return this.hopeful ? [{ from: 0, to: PORTS_END, addresses: EVERYWHERE[family] }] : [];
  }

  subnetsOf(vpcId: string): readonly Subnet[] {
    return this.#subnetsOf(vpcId, () => [...this.topology.subnets.values()].filter((one) => one.vpcId === vpcId));
  }

  /** The private addresses in a VPC that wear each group. */
  wearers(vpcId: string, family: Family): Wearers {
    return this.#wearers(`${vpcId} ${family}`, () => wearersAmong(this.topology.interfaces, vpcId, family));
  }
}

function wearersAmong(interfaces: readonly NetworkInterface[], vpcId: string, family: Family): Wearers {
  const points = new Map<string, (number | bigint)[]>();
  for (const one of interfaces) {
    if (one.vpcId !== vpcId) continue;
    const own = one.addresses.filter((address) => address.family === family).map(({ point }) => point);
    for (const id of one.groupIds) {
      const wearing = points.get(id) ?? [];
      wearing.push(...own);
      points.set(id, wearing);
    }
  }
  return new Map([...points].map(([id, own]) => [id, ofPoints(own)]));
}

function ofPoints(points: readonly (number | bigint)[]): Intervals {
  return intervalsOf(points.map((point) => [point, typeof point === 'bigint' ? point + 1n : point + 1]));
}
