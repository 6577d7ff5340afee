import { FAMILIES, type Family } from './address.ts';
import { isOfInternet, openingsFromInternet, openingsFromVpn } from './hops/direct.ts';
import { Balancers } from './hops/load-balancer.ts';
import { openingsFromPeers } from './hops/peering.ts';
import { openingsFromTransit } from './hops/transit-gateway.ts';
import { openingsFromUnread } from './hops/unread.ts';
import { type Intervals, intervalsOf, NOTHING, subtract } from './intervals.ts';
import { memo } from './memo.ts';
import { Missing, type Unknown } from './missing.ts';
import { isSameWay, type Opening } from './opening.ts';
import { portsOf } from './region.ts';
import { type NetworkInterface, PROTOCOLS, type Protocol, type SecurityGroup, type Topology } from './topology.ts';
import { ANY_CLIENT_PORT, CLIENT_PORTS, View } from './view.ts';

interface ReachOptions {
  /** Clients may call from any port, and not only from those that systems choose by themselves. */
  readonly anyClientPort?: boolean;
}

/** What is known of one interface. With anything unknown, the openings are those that are certain. */
export interface InterfaceReach {
  readonly interface: NetworkInterface;
  readonly openings: readonly Opening[];
  readonly unknown: readonly Unknown[];
}

const NONE: readonly never[] = [];

/**
 * Decides for each interface of a topology which ports can be reached from outside of its VPC. Filters are computed once
 * each, and interfaces of one subnet with the same groups share what they have in common.
 */
export class Reach {
  readonly topology: Topology;
  readonly #clientPorts: Intervals;
  readonly #known: Solver;
  readonly #missing: Missing;
  readonly #before: Reach | null;
  readonly #solved = new Map<string, InterfaceReach>();
  #hopeful: Solver | null = null;
  #wearing: ReadonlyMap<string, readonly NetworkInterface[]> | null = null;

  constructor(topology: Topology, options: ReachOptions = {}, before: Reach | null = null) {
    this.topology = topology;
    this.#clientPorts = options.anyClientPort === true ? ANY_CLIENT_PORT : CLIENT_PORTS;
    this.#before = before;
    const view = new View(topology, { clientPorts: this.#clientPorts, hopeful: false }, before?.view);
    this.#known = new Solver(view, before === null ? null : before.#known);
    this.#missing = new Missing(view);
  }

  get view(): View {
    return this.#known.view;
  }

  /** The same with other rules in some security groups, of which what is certain is told and what is missing is not. */
  withGroups(groups: readonly SecurityGroup[]): Reach {
    const changed = new Map(this.topology.groups);
    for (const group of groups) changed.set(group.id, group);
    return new Reach(
      { ...this.topology, groups: changed },
      { anyClientPort: this.#clientPorts === ANY_CLIENT_PORT },
      this,
    );
  }

  /** The same of a topology that differs in more than the rules of groups. */
  withTopology(topology: Topology): Reach {
    return new Reach(topology, { anyClientPort: this.#clientPorts === ANY_CLIENT_PORT });
  }

  /** Interfaces whose openings may change with the rules of some groups: they wear one, or a balancer before them does. */
  touchedBy(groupIds: readonly string[]): readonly NetworkInterface[] {
    this.#wearing ??= interfacesByGroup(this.topology.interfaces);
    const byGroup = this.#wearing;
    const wearing = groupIds.flatMap((id) => byGroup.get(id) ?? []);
    const targets = this.#known.balancers.targetsBehind(groupIds);
    if (targets.size === 0) return [...new Set(wearing)];
    const touched = new Set(wearing);
    return this.topology.interfaces.filter((one) => touched.has(one) || targets.has(one.id));
  }

  all(): readonly InterfaceReach[] {
    return this.topology.interfaces.map((one) => this.of(one));
  }

  of(one: NetworkInterface): InterfaceReach {
    const solved = this.#solved.get(one.id) ?? this.#solve(one);
    this.#solved.set(one.id, solved);
    return solved;
  }

  #solve(one: NetworkInterface): InterfaceReach {
    if (one.instanceId === null) return { interface: one, openings: NONE, unknown: NONE };
    const instance = this.topology.instances.get(one.instanceId);
    if (instance === undefined) {
      const reason = `Instance ${one.instanceId} was not read, so it is not known whether it runs.`;
      return { interface: one, openings: NONE, unknown: [{ reason, component: one.instanceId }] };
    }
    if (instance.state !== 'running' && instance.state !== 'pending') {
      return { interface: one, openings: NONE, unknown: NONE };
    }
    const openings = this.#known.openingsTo(one);
    return { interface: one, openings, unknown: this.#unknownOf(one, openings) };
  }

  /** What is missing matters only where more could be open with it than is known to be. */
  #unknownOf(one: NetworkInterface, openings: readonly Opening[]): readonly Unknown[] {
    const missing = this.#before === null ? this.#missing.of(one) : NONE;
    if (missing.length === 0) return NONE;
    this.#hopeful ??= new Solver(new View(this.topology, { clientPorts: this.#clientPorts, hopeful: true }));
    const more = waysOpenedMore(this.#hopeful.openingsTo(one), openings);
    return missing
      .filter(({ by }) => more.some((opening) => by === null || by === opening.via || by === opening.category))
      .map(({ reason, component }) => ({ reason, component }));
  }
}

/** Openings of the first that hold ports which the second has not, by the same way. */
function waysOpenedMore(first: readonly Opening[], second: readonly Opening[]): readonly Opening[] {
  return first.filter((opening) => {
    const known = portsBy(second, (other) => isSameWay(opening, other));
    return subtract(portsOf(opening.region), known).length > 0;
  });
}

/** The ports that some of the openings hold. */
export function portsBy(openings: readonly Opening[], isOne: (opening: Opening) => boolean): Intervals {
  const chosen = openings.filter(isOne);
  const [first] = chosen;
  if (first === undefined) return NOTHING;
  if (chosen.length === 1) return portsOf(first.region);
  return intervalsOf(chosen.flatMap(({ region }) => region.map(({ from, to }) => [from, to] as const)));
}

function interfacesByGroup(interfaces: readonly NetworkInterface[]): ReadonlyMap<string, readonly NetworkInterface[]> {
  const byGroup = new Map<string, NetworkInterface[]>();
  for (const one of interfaces) {
    for (const id of one.groupIds) {
      const others = byGroup.get(id);
      if (others === undefined) byGroup.set(id, [one]);
      else others.push(one);
    }
  }
  return byGroup;
}

class Solver {
  readonly view: View;
  readonly balancers: Balancers;
  readonly #shared = memo<readonly Opening[]>();

  constructor(view: View, unchanged: Solver | null = null) {
    this.view = view;
    this.balancers = new Balancers(view, unchanged === null ? null : unchanged.balancers);
  }

  /** The openings of an interface. Interfaces of one kind share one list, unless load balancers add to it. */
  openingsTo(to: NetworkInterface): readonly Opening[] {
    const shared = this.#shared(this.#kindOf(to), () =>
      FAMILIES.filter((family) => to.addresses.some((address) => address.family === family)).flatMap((family) =>
        PROTOCOLS.flatMap((protocol) => openingsOf(this.view, to, family, protocol)),
      ),
    );
    const balanced = this.balancers.openingsTo(to);
    return balanced.length === 0 ? shared : [...shared, ...balanced];
  }

  /** Interfaces in one subnet with the same groups, whose addresses lists and routes treat alike. */
  #kindOf(to: NetworkInterface): string {
    const cells = to.addresses.map(
      (address) => `${address.family}${isOfInternet(address, address.family) ? '+' : '-'}${this.view.cellOf(address)}`,
    );
    return `${to.subnetId} ${to.vpcId} ${to.groupIds.join()} ${[...new Set(cells)].join()}`;
  }
}

function openingsOf(view: View, to: NetworkInterface, family: Family, protocol: Protocol): readonly Opening[] {
  return [
    ...openingsFromInternet(view, to, family, protocol),
    ...openingsFromVpn(view, to, family, protocol),
    ...openingsFromPeers(view, to, family, protocol),
    ...openingsFromTransit(view, to, family, protocol),
    ...openingsFromUnread(view, to, family, protocol),
  ];
}
