import { FAMILIES, type Family } from './address.ts';
import { admittedBoth, isOfInternet, openingsFromInternet, openingsFromVpn } from './hops/direct.ts';
import { Balancers } from './hops/load-balancer.ts';
import { openingsFromPeers } from './hops/peering.ts';
import { openingsFromTransit } from './hops/transit-gateway.ts';
import { type Intervals, intervalsOf, NOTHING, subtract } from './intervals.ts';
import { memo } from './memo.ts';
import { Missing, type Unknown } from './missing.ts';
import type { Category, Opening } from './opening.ts';
import { portsOf, type Region } from './region.ts';
import { type NetworkInterface, PROTOCOLS, type Protocol, type Topology } from './topology.ts';
import { ANY_CLIENT_PORT, CLIENT_PORTS, View } from './view.ts';

export interface ReachOptions {
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
  readonly view: View;
  readonly balancers: Balancers;
  readonly #known: Solver;
  readonly #hopeful: Solver;
  readonly #missing: Missing;
  readonly #topology: Topology;

  constructor(topology: Topology, options: ReachOptions = {}) {
    const clientPorts = options.anyClientPort === true ? ANY_CLIENT_PORT : CLIENT_PORTS;
    this.#topology = topology;
    this.#known = new Solver(new View(topology, { clientPorts, hopeful: false }));
    this.#hopeful = new Solver(new View(topology, { clientPorts, hopeful: true }));
    this.#missing = new Missing(this.#known.view);
    this.view = this.#known.view;
    this.balancers = this.#known.balancers;
  }

  all(): readonly InterfaceReach[] {
    return this.#topology.interfaces.map((one) => this.of(one));
  }

  of(one: NetworkInterface): InterfaceReach {
    if (one.instanceId === null) return { interface: one, openings: NONE, unknown: NONE };
    const instance = this.#topology.instances.get(one.instanceId);
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
    const missing = this.#missing.of(one);
    if (missing.length === 0) return NONE;
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

function isSameWay(a: Opening, b: Opening): boolean {
  return a.category === b.category && a.via === b.via && a.family === b.family && a.protocol === b.protocol;
}

/** The ports that some of the openings hold. */
export function portsBy(openings: readonly Opening[], isOne: (opening: Opening) => boolean): Intervals {
  const chosen = openings.filter(isOne);
  const [first] = chosen;
  if (first === undefined) return NOTHING;
  if (chosen.length === 1) return portsOf(first.region);
  return intervalsOf(chosen.flatMap(({ region }) => region.map(({ from, to }) => [from, to] as const)));
}

/** The ports of one category, family and protocol, whatever they come by. */
export function portsOfCategory(
  openings: readonly Opening[],
  category: Category,
  protocol: Protocol,
  family?: Family,
): Intervals {
  return portsBy(
    openings,
    (one) => one.category === category && one.protocol === protocol && (family === undefined || one.family === family),
  );
}

class Solver {
  readonly view: View;
  readonly balancers: Balancers;
  readonly #both = memo<Region>();
  readonly #shared = memo<readonly Opening[]>();

  constructor(view: View) {
    this.view = view;
    this.balancers = new Balancers(view);
  }

  openingsTo(to: NetworkInterface): readonly Opening[] {
    const own = FAMILIES.flatMap((family) =>
      to.addresses.some((address) => address.family === family)
        ? PROTOCOLS.flatMap((protocol) => this.#openingsOf(to, family, protocol))
        : [],
    );
    return [...own, ...this.balancers.openingsTo(to)];
  }

  #openingsOf(to: NetworkInterface, family: Family, protocol: Protocol): readonly Opening[] {
    const { view } = this;
    return [
      ...this.#direct(to, family, protocol),
      ...openingsFromPeers(view, to, family, protocol),
      ...openingsFromTransit(view, to, family, protocol),
    ];
  }

  /** A table of a gateway's own may treat each address in its own way; without one all addresses are alike. */
  #direct(to: NetworkInterface, family: Family, protocol: Protocol): readonly Opening[] {
    const { view } = this;
    const name = `${to.subnetId} ${to.vpcId} ${to.groupIds.join()} ${family} ${protocol}`;
    const region = this.#both(name, () => admittedBoth(view, to, family, protocol));
    if (region.length === 0) return NONE;
    const find = (): readonly Opening[] => [
      ...openingsFromInternet(view, to, family, protocol, region),
      ...openingsFromVpn(view, to, family, protocol, region),
    ];
    if (view.topology.tableOfGateway.size > 0) return find();
    const isPublic = to.addresses.some((address) => isOfInternet(address, family));
    return this.#shared(`${name} ${isPublic}`, find);
  }
}
