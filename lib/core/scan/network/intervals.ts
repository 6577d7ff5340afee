/** A number (ports, IPv4 addresses) or a bigint (IPv6 addresses); one set holds only one of both. */
export type Point = number | bigint;

/** A set of points as half-open intervals `[start, end, start, end, …)`, ascending, disjoint and never touching. */
export type Intervals = readonly Point[];

export const NOTHING: Intervals = [];

/** The set of everything that is in one of some intervals, which may overlap and come in any order. */
export function intervalsOf(pairs: readonly (readonly [start: Point, end: Point])[]): Intervals {
  const sorted = pairs.filter(([start, end]) => start < end).toSorted(([a], [b]) => compare(a, b));
  const merged: Point[] = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last < start) merged.push(start, end);
    else if (last < end) merged[merged.length - 1] = end;
  }
  return merged;
}

/** The set of one point. */
export function only(point: Point): Intervals {
  return [point, typeof point === 'bigint' ? point + 1n : point + 1];
}

/** What is in either. */
export function union(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  return intervalsOf([...pairsOf(a), ...pairsOf(b)]);
}

/** What is in both. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  if (a === b) return a;
  const common: Point[] = [];
  let at = 0;
  let other = 0;
  while (at < a.length && other < b.length) {
    const [aStart, aEnd, bStart, bEnd] = [a[at], a[at + 1], b[other], b[other + 1]] as [Point, Point, Point, Point];
    const start = compare(aStart, bStart) < 0 ? bStart : aStart;
    const end = compare(aEnd, bEnd) < 0 ? aEnd : bEnd;
    if (start < end) common.push(start, end);
    if (aEnd < bEnd) at += 2;
    else other += 2;
  }
  return common;
}

/** What is in the first and not in the second. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || b.length === 0) return a;
  const rest: Point[] = [];
  let other = 0;
  for (let at = 0; at < a.length; at += 2) {
    let start = a[at] as Point;
    const end = a[at + 1] as Point;
    while (other < b.length && (b[other + 1] as Point) <= start) other += 2;
    for (let hole = other; hole < b.length && (b[hole] as Point) < end; hole += 2) {
      const [from, to] = [b[hole], b[hole + 1]] as [Point, Point];
      if (start < from) rest.push(start, from);
      if (start < to) start = to;
    }
    if (start < end) rest.push(start, end);
  }
  return rest;
}

/** Whether a point is in the set. */
export function has(set: Intervals, point: Point): boolean {
  for (let at = 0; at < set.length; at += 2) {
    if ((set[at] as Point) > point) return false;
    if ((set[at + 1] as Point) > point) return true;
  }
  return false;
}

/** Whether two sets have a point in common. */
export function touch(a: Intervals, b: Intervals): boolean {
  let at = 0;
  let other = 0;
  while (at < a.length && other < b.length) {
    if ((a[at + 1] as Point) <= (b[other] as Point)) at += 2;
    else if ((b[other + 1] as Point) <= (a[at] as Point)) other += 2;
    else return true;
  }
  return false;
}

/** How many points are in it. */
export function sizeOf(set: Intervals): bigint {
  let size = 0n;
  for (const [start, end] of pairsOf(set)) size += BigInt(end) - BigInt(start);
  return size;
}

export function pairsOf(set: Intervals): (readonly [start: Point, end: Point])[] {
  const pairs: (readonly [Point, Point])[] = [];
  for (let at = 0; at < set.length; at += 2) pairs.push([set[at] as Point, set[at + 1] as Point]);
  return pairs;
}

/** The first and the last of each interval, as ports are written. */
export function inclusive(set: Intervals): (readonly [first: number, last: number])[] {
  return pairsOf(set).map(([start, end]) => [Number(start), Number(end) - 1]);
}

export function compare(a: Point, b: Point): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Parts of some intervals that no cut goes through. */
export function cellsOf(set: Intervals, cuts: readonly Point[]): readonly (readonly [Point, Point])[] {
  const sorted = [...new Set(cuts)].toSorted(compare);
  return pairsOf(set).flatMap(([start, end]) => {
    const inside = [start, ...sorted.filter((cut) => start < cut && cut < end), end];
    return inside.slice(0, -1).map((from, at) => [from, inside[at + 1] as Point] as const);
  });
}
