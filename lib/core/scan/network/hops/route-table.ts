import { type Address, addressesOf, type Block, EVERYWHERE, type Family, holds } from '../address.ts';
import { type Intervals, NOTHING, subtract, union } from '../intervals.ts';
import type { Route, RouteTable, Vpc } from '../topology.ts';

/** One route to one block. */
interface Candidate {
  readonly route: Route;
  readonly block: Block;
}

/** Addresses by the target that a table sends them to; those that it drops are under `''`. */
export interface RouteSets {
  to(target: string): Intervals;
  readonly targets: readonly string[];
}

/**
 * Where a table sends the addresses of a family: the longest prefix wins, then local, static before propagated, a block
 * before a prefix list, the first listed. A prefix list that cannot be read may take anything away from the others,
 * and where `hopeful` it sends anything to its own target.
 */
export function routeSets(table: RouteTable, vpc: Vpc | undefined, family: Family, hopeful: boolean): RouteSets {
  const sets = new Map<string, Intervals>();
  let decided: Intervals = NOTHING;
  for (const { route, block } of candidatesOf(table, vpc, family)) {
    const own = subtract(addressesOf([block]), decided);
    if (own.length === 0) continue;
    decided = union(decided, own);
    const target = route.isBlackhole ? '' : route.target;
    sets.set(target, union(sets.get(target) ?? NOTHING, own));
  }
  const unread = table.routes.filter(({ blocks }) => blocks === null);
  return {
    targets: [...new Set([...sets.keys(), ...unread.map(({ target }) => target)])],
    to(target) {
      const known = sets.get(target) ?? NOTHING;
      const mine = unread.some((route) => route.target === target && !route.isBlackhole);
      if (hopeful) return mine ? EVERYWHERE[family] : known;
      return unread.some((route) => route.target !== target || route.isBlackhole) ? NOTHING : known;
    },
  };
}

/** The route that decides over one address. */
export function bestRoute(table: RouteTable, vpc: Vpc | undefined, address: Address): Route | undefined {
  return candidatesOf(table, vpc, address.family).find(({ block }) => holds(block, address))?.route;
}

const RANKED = new WeakMap<RouteTable, Map<Family, readonly Candidate[]>>();

/** Every route to a block, the one that decides before those that it hides. A table is of one VPC, and ranked once. */
function candidatesOf(table: RouteTable, vpc: Vpc | undefined, family: Family): readonly Candidate[] {
  const known = RANKED.get(table) ?? new Map<Family, readonly Candidate[]>();
  RANKED.set(table, known);
  const ranked = known.get(family) ?? rank(table, vpc, family);
  known.set(family, ranked);
  return ranked;
}

function rank(table: RouteTable, vpc: Vpc | undefined, family: Family): readonly Candidate[] {
  const listed = table.routes.flatMap((route) => (route.blocks ?? []).map((block) => ({ route, block })));
  const candidates = [...listed, ...implicitLocal(listed, vpc)].filter(({ block }) => block.family === family);
  return candidates.toSorted(
    (a, b) =>
      b.block.length - a.block.length ||
      Number(b.route.isLocal) - Number(a.route.isLocal) ||
      Number(a.route.isPropagated) - Number(b.route.isPropagated) ||
      Number(a.route.isList) - Number(b.route.isList),
  );
}

/** A VPC delivers to each of its blocks, whether or not the table says so, unless the table has another route for it. */
function implicitLocal(listed: readonly Candidate[], vpc: Vpc | undefined): readonly Candidate[] {
  return (vpc?.blocks ?? [])
    .filter((block) => !listed.some((one) => isSame(one.block, block)))
    .map((block) => ({ block, route: { ...LOCAL, blocks: [block] } }));
}

const LOCAL: Route = {
  text: 'local',
  blocks: [],
  target: 'local',
  isLocal: true,
  isBlackhole: false,
  isPropagated: false,
  isList: false,
};

function isSame(a: Block, b: Block): boolean {
  return a.family === b.family && a.start === b.start && a.end === b.end;
}
