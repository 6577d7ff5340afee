import {
  compare,
  type Intervals,
  intersect,
  intervalsOf,
  NOTHING,
  only,
  type Point,
  pairsOf,
  subtract,
  union,
} from './intervals.ts';

/** For ports `from` up to `to` (not in it), the addresses that may use each of them. */
export interface Slab {
  readonly from: number;
  readonly to: number;
  readonly addresses: Intervals;
}

/** A set of (address, port) as slabs, ascending and disjoint, none of them without addresses. */
export type Region = readonly Slab[];

/** A statement of a list that is read from the top: the first that matches a packet decides. */
export interface Statement extends Slab {
  readonly allow: boolean;
}

/** What a list of statements lets through; what none of them matches is denied. */
export function firstMatch(statements: readonly Statement[]): Region {
  return sweep(statements, (covering) => {
    let allowed = NOTHING;
    let decided = NOTHING;
    for (const { addresses, allow } of covering) {
      if (allow) allowed = union(allowed, subtract(addresses, decided));
      decided = union(decided, addresses);
    }
    return allowed;
  });
}

/** What one of some rectangles holds. */
export function unionOf(slabs: readonly Slab[]): Region {
  return sweep(slabs, (covering) => {
    const [first] = covering;
    if (first !== undefined && covering.length === 1) return first.addresses;
    return intervalsOf(covering.flatMap(({ addresses }) => pairsOf(addresses)));
  });
}

/** Cuts the ports where one of the parts begins or ends, and asks for the addresses of each piece. */
function sweep<Part extends Slab>(parts: readonly Part[], heldBy: (covering: readonly Part[]) => Intervals): Region {
  const cuts = [...new Set(parts.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const region: Slab[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [from, to] = [cuts[at], cuts[at + 1]] as [number, number];
    push(region, from, to, heldBy(parts.filter((part) => part.from <= from && to <= part.to)));
  }
  return region;
}

/** What is in both. */
export function intersectRegions(a: Region, b: Region): Region {
  const common: Slab[] = [];
  let at = 0;
  let other = 0;
  while (at < a.length && other < b.length) {
    const [left, right] = [a[at], b[other]] as [Slab, Slab];
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from < to) push(common, from, to, intersect(left.addresses, right.addresses));
    if (left.to < right.to) at += 1;
    else other += 1;
  }
  return common;
}

/** What is in the first and not in the second. */
export function subtractRegions(a: Region, b: Region): Region {
  const parts = [...a.map((slab) => ({ ...slab, isTaken: false })), ...b.map((slab) => ({ ...slab, isTaken: true }))];
  return sweep(parts, (covering) => {
    const of = (isTaken: boolean): Intervals =>
      covering
        .filter((part) => part.isTaken === isTaken)
        .reduce((all, { addresses }) => union(all, addresses), NOTHING);
    return subtract(of(false), of(true));
  });
}

/** What of it is of some addresses. */
export function ofAddresses(region: Region, addresses: Intervals): Region {
  const rest: Slab[] = [];
  for (const slab of region) push(rest, slab.from, slab.to, intersect(slab.addresses, addresses));
  return rest;
}

/** Ports that at least one address may use. */
export function portsOf(region: Region): Intervals {
  return intervalsOf(region.map(({ from, to }) => [from, to]));
}

/** What of it is of some ports. */
export function ofPorts(region: Region, ports: Intervals): Region {
  const rest: Slab[] = [];
  for (const slab of region) {
    for (const [from, to] of pairsOf(intersect([slab.from, slab.to], ports))) {
      push(rest, Number(from), Number(to), slab.addresses);
    }
  }
  return rest;
}

/** The addresses that may use one port. */
export function addressesAt(region: Region, port: number): Intervals {
  return region.find(({ from, to }) => from <= port && port < to)?.addresses ?? NOTHING;
}

/** Addresses that may use at least one port. */
export function addressesIn(region: Region): Intervals {
  const [first, ...others] = region;
  if (first === undefined) return NOTHING;
  return others.length === 0 ? first.addresses : intervalsOf(region.flatMap(({ addresses }) => pairsOf(addresses)));
}

/** Ports that one address may use. */
export function portsFrom(region: Region, address: Point): Intervals {
  return portsOf(ofAddresses(region, only(address)));
}

function push(region: Slab[], from: number, to: number, addresses: Intervals): void {
  if (addresses.length === 0) return;
  const last = region.at(-1);
  if (last !== undefined && last.to === from && isSame(last.addresses, addresses)) {
    region[region.length - 1] = { ...last, to };
  } else {
    region.push({ from, to, addresses });
  }
}

function isSame(a: Intervals, b: Intervals): boolean {
  return a === b || (a.length === b.length && a.every((point, at) => compare(point, b[at] as Point) === 0));
}
