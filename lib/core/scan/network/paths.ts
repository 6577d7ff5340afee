import type { NetworkHop, PathCategory } from '../../model/network.ts';
import type { Family } from './address.ts';
import { entryHops, exitHops, witnessOf } from './explain.ts';
import { type Intervals, inclusive, intervalsOf, NOTHING, pairsOf, touch } from './intervals.ts';
import { byWay, type Opening } from './opening.ts';
import { type InterfaceReach, portsBy } from './reach.ts';
import type { Slab } from './region.ts';
import { type PortRange, rangesOf } from './services.ts';
import type { GroupRule, NetworkInterface, Protocol } from './topology.ts';
import type { View } from './view.ts';

/** One way to some ports of an interface, with what decides at each hop. */
export interface Path {
  readonly interface: NetworkInterface;
  readonly category: PathCategory;
  /** Id of the gateway, connection or load balancer. */
  readonly via: string;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly ports: PortRange;
  readonly hops: readonly NetworkHop[];
  /** Addresses that may call. */
  readonly sources: Intervals;
  /** Rules of the interface's groups that admit some of these packets. */
  readonly admitting: readonly GroupRule[];
}

/** What the interfaces that share openings have in common of a path. */
interface SharedPath extends Omit<Path, 'interface' | 'hops'> {
  readonly opening: Opening;
  readonly entry: readonly NetworkHop[];
}

/** Explains the openings of interfaces as paths; what several interfaces share is explained once. */
export class Paths {
  readonly #view: View;
  readonly #shared = new WeakMap<Opening, readonly SharedPath[]>();

  constructor(view: View) {
    this.#view = view;
  }

  /** The paths of an interface: ports of each way, with recognised ports by themselves, and the evidence of each. */
  of({ interface: to, openings }: InterfaceReach): readonly Path[] {
    return byWay(openings).flatMap((way) =>
      this.#sharedOf(to, way).map(({ opening, entry, ...path }) => ({
        ...path,
        interface: to,
        hops: [...entry, ...exitHops(this.#view, to, opening, path.ports)],
      })),
    );
  }

  /** A way is told by its first opening, which is no other way's. */
  #sharedOf(to: NetworkInterface, way: readonly [Opening, ...Opening[]]): readonly SharedPath[] {
    const known = this.#shared.get(way[0]);
    if (known !== undefined) return known;
    const ports = inclusive(portsBy(way, () => true));
    const paths = rangesOf(way[0].protocol, ports).map((range) => this.#explain(to, way, range));
    this.#shared.set(way[0], paths);
    return paths;
  }

  #explain(to: NetworkInterface, way: readonly [Opening, ...Opening[]], ports: PortRange): SharedPath {
    const covering = way.filter((one) => slabsAt(one, ports).length > 0);
    const opening = covering.find(({ region }) =>
      region.some(({ from, to: end }) => from <= ports[0] && ports[0] < end),
    );
    const chosen = opening ?? covering[0] ?? way[0];
    const admitting = [...new Set(covering.flatMap((one) => admittingRules(this.#view, to, one, ports)))];
    return {
      opening: chosen,
      category: chosen.category === 'load-balancer' ? 'internet' : chosen.category,
      via: chosen.via,
      family: chosen.family,
      protocol: chosen.protocol,
      ports,
      entry: entryHops(this.#view, to, chosen, witnessOf(this.#view, to, chosen, ports), admitting),
      sources: sourcesOf(covering.flatMap((one) => slabsAt(one, ports))),
      admitting,
    };
  }
}

function slabsAt({ region }: Opening, [first, last]: PortRange): readonly Slab[] {
  return region.filter(({ from, to }) => from <= last && first < to);
}

function sourcesOf(slabs: readonly Slab[]): Intervals {
  const [first] = slabs;
  if (first === undefined) return NOTHING;
  return slabs.length === 1 ? first.addresses : intervalsOf(slabs.flatMap(({ addresses }) => pairsOf(addresses)));
}

/** Rules that match at least one packet of an opening at these ports. */
export function admittingRules(
  view: View,
  to: NetworkInterface,
  opening: Opening,
  [first, last]: PortRange,
): readonly GroupRule[] {
  const { seen, referredVpcId } = opening.passes;
  const wearers = referredVpcId === undefined ? undefined : view.wearers(referredVpcId, opening.family);
  const rules = to.groupIds.flatMap((id) => view.topology.groups.get(id)?.ingress ?? []);
  return rules.filter(({ ports, party }) => {
    const range: PortRange = [Math.max(ports.from, first), Math.min(ports.to - 1, last)];
    if (!ports.protocols.includes(opening.protocol) || range[0] > range[1]) return false;
    const slabs = slabsAt(opening, range);
    if (seen === undefined) {
      return slabs.some(({ addresses }) => touch(view.meantBy(party, opening.family, wearers), addresses));
    }
    if (slabs.length === 0) return false;
    if (party.kind === 'group') return seen.groupIds.includes(party.id);
    return touch(view.meantBy(party, seen.family), seen.addresses);
  });
}
