import { readFileSync } from 'node:fs';
import { compareVersions } from '../lib/core/versions/compare-versions.ts';
import type { Order, VersionScheme } from '../lib/core/versions/scheme.ts';
import { ordersOf } from './osv-scanner.ts';
import { boundsOf, type Difference, followsFrom } from './osv-scanner-causes.ts';

/** Bounds of a record whose orders are asked for. */
const BOUNDS_MAX = 20;
const SIGNS = '<=>';

type Pair = readonly [a: string, b: string];

/** Two versions that osv-scanner orders otherwise than the ecosystem's own tool. */
export interface OtherOrder {
  /** As osv-scanner has it. */
  readonly theirs: string;
  readonly ours: string;
  /** True where the scheme's ledger holds what is said here: its lines were asked of the ecosystem's tool. */
  readonly isHeld: boolean;
  readonly scheme: string;
}

/**
 * Differences that come from another order of versions. osv-scanner is asked for its order of all versions that play a part;
 * the difference has to follow from that order.
 */
export function otherOrders(
  ecosystem: string,
  differences: readonly Difference[],
  area: string,
): ReadonlyMap<Difference, OtherOrder> {
  const pairs = differences.flatMap(pairsOf);
  const orders = pairs.length === 0 ? [] : ordersOf(ecosystem, pairs, area);
  const theirs = new Map(pairs.map((pair, place) => [JSON.stringify(pair), (orders[place] ?? 0) as Order]));
  return new Map(
    differences.flatMap((difference) => {
      const follows = followsFrom(difference, withOrder(difference.scheme, theirs));
      const found = follows ? pairsOf(difference).map((pair) => otherOrder(difference.scheme, pair, theirs)) : [];
      const first = found.find((one) => one !== null);
      return first === undefined || first === null ? [] : [[difference, first] as const];
    }),
  );
}

/** Every pair whose order may decide: the version asked for and each bound, and the bounds among themselves. */
function pairsOf({ question, entries }: Difference): readonly Pair[] {
  const bounds = [...new Set(boundsOf(entries))].slice(0, BOUNDS_MAX);
  const between = bounds.flatMap((a) => bounds.flatMap((b): Pair[] => (a === b ? [] : [[a, b]])));
  return [...bounds.map((bound): Pair => [question.version, bound]), ...between];
}

/** The scheme's order, but for the pairs that are given. */
function withOrder(scheme: VersionScheme, given: ReadonlyMap<string, Order>): VersionScheme<string> {
  return {
    id: scheme.id,
    parse: (text) => text,
    isDoubtful: () => false,
    compare: (a, b) => given.get(JSON.stringify([a, b])) ?? compareVersions(scheme, a, b) ?? 0,
  };
}

function otherOrder(scheme: VersionScheme, [a, b]: Pair, theirs: ReadonlyMap<string, Order>): OtherOrder | null {
  const order = theirs.get(JSON.stringify([a, b]));
  const own = compareVersions(scheme, a, b);
  if (order === undefined || own === null || order === own) {
    return null;
  }
  const ours = `${a} ${SIGNS[own + 1]} ${b}`;
  const lines = ledgerOf(scheme.id);
  const isHeld = lines.includes(ours) || lines.includes(`${b} ${SIGNS[1 - own]} ${a}`);
  return { scheme: scheme.id, theirs: `${a} ${SIGNS[order + 1]} ${b}`, ours, isHeld };
}

function ledgerOf(scheme: string): readonly string[] {
  return readFileSync(new URL(`../lib/core/versions/ledgers/${scheme}.txt`, import.meta.url), 'utf8').split('\n');
}
