import type { ChangeTable } from './change-table.ts';
import { GainQueue } from './gain-queue.ts';
import type { Limits } from './selection.ts';

export interface PricedProblem {
  readonly table: ChangeTable;
  readonly ranks: Uint32Array;
  /** The risk of each finding that changes can still remove. */
  readonly weights: Uint32Array;
  /** Changes that may be chosen, and how much of them. */
  readonly candidates: Uint32Array;
  readonly free: Limits;
  /** The risk that a selection has left of each finding: where the prices begin. */
  readonly left: Uint32Array;
  /** What that selection removes, and the bound that is known. */
  readonly removed: number;
  readonly most: number;
  readonly visitsMax: number;
}

export interface PricedBound {
  /** No selection removes more. */
  readonly most: number;
  /** Changes that remove more than the selection does, where the prices led to some. */
  readonly better: readonly number[] | null;
}

const ROUNDS_MAX = 300;
/** How often a round goes over all findings. */
const PASSES = 3;
/** Rounds without a lower bound before the steps become smaller. */
const PATIENCE = 6;
/** A bound so near is as good as exact. */
const GAP_ENOUGH = 0.001;

/**
 * Lowers a bound by prices (Lagrange multipliers). Each finding has a price from 0 to its risk. A selection removes at most the sum of
 * risk less price of all findings, and the prices of what its changes close, several times where several do; so the dearest
 * changes that fit give a limit. Prices rise where none of the dearest closes a finding and fall where more than one does.
 * The dearest are a selection themselves, and often a better one. Prices are whole in a binary fraction of the unit, so that sums are exact and the order of findings means nothing.
 */
export function pricedBound(problem: PricedProblem): PricedBound {
  const { table, weights, visitsMax } = problem;
  const total = sumOf(weights);
  const grain = 2 ** Math.min(10, Math.floor(Math.log2(Number.MAX_SAFE_INTEGER / Math.max(1, total * MULTIPLE_MAX))));
  if (grain < 1) return { most: problem.most, better: null };
  const prices = Float64Array.from(problem.left);
  const closers = new Uint16Array(weights.length);
  const visitsPerRound = pairsOf(table, problem.candidates) + PASSES * weights.length;
  const rounds = Math.min(ROUNDS_MAX, Math.floor(visitsMax / Math.max(1, visitsPerRound)));
  let { most, removed } = problem;
  let better: readonly number[] | null = null;
  let priced = sumOf(prices);
  let pace = 1;
  let idle = 0;
  for (let round = 0; round < rounds && most - removed > GAP_ENOUGH * removed; round += 1) {
    const { sum, dearest } = dearestOf(problem, prices);
    const bound = Math.floor(total - priced + sum);
    if (bound < most) {
      most = bound;
      idle = 0;
    } else {
      idle += 1;
      if (idle % PATIENCE === 0) pace /= 2;
    }
    countClosers(table, dearest, closers);
    const { reached, steepness } = judged(weights, prices, closers);
    if (reached > removed) {
      removed = reached;
      better = dearest;
    }
    if (steepness === 0) break;
    priced = movePrices(weights, prices, closers, (pace * (bound - removed)) / steepness, grain);
  }
  return { most, better };
}

/** Prices count once for every change that closes a finding, and sums of them have to stay exact as well. */
const MULTIPLE_MAX = 16;

/** The changes with the dearest findings that fit, and what they come to. */
function dearestOf(
  { table, ranks, candidates, free }: PricedProblem,
  prices: Float64Array,
): { readonly sum: number; readonly dearest: readonly number[] } {
  const { costs, groups, starts, findings } = table;
  const byCost = free.cost !== Number.POSITIVE_INFINITY;
  const keys = new Float64Array(ranks.length);
  for (const change of candidates) {
    const end = starts[change + 1] as number;
    let sum = 0;
    for (let at = starts[change] as number; at < end; at += 1) sum += prices[findings[at] as number] as number;
    keys[change] = byCost ? sum / (costs[change] as number) : sum;
  }
  const queue = new GainQueue(candidates, keys, ranks);
  const usedGroups = new Set<number>();
  const dearest: number[] = [];
  let { cost } = free;
  let sum = 0;
  for (; queue.size > 0 && cost > 0 && (byCost || dearest.length < free.changes); queue.removeTop()) {
    const change = queue.top;
    if (keys[change] === 0) break;
    const group = groups[change] as number;
    if (group >= 0 && !byCost && usedGroups.has(group)) continue;
    const price = costs[change] as number;
    const spent = byCost ? Math.min(cost, price) : 1;
    // By cost the bound counts a share of the last one and all that exclude each other; a selection has neither.
    const isWhole = spent === price && (group < 0 || !usedGroups.has(group)) && dearest.length < free.changes;
    if (!byCost || isWhole) dearest.push(change);
    usedGroups.add(group);
    sum += spent * (keys[change] as number);
    cost -= spent;
  }
  return { sum: byCost ? sum * (1 + 1e-12) : sum, dearest };
}

function countClosers({ starts, findings }: ChangeTable, changes: readonly number[], closers: Uint16Array): void {
  closers.fill(0);
  for (const change of changes) {
    const end = starts[change + 1] as number;
    for (let at = starts[change] as number; at < end; at += 1) {
      const finding = findings[at] as number;
      closers[finding] = Math.min(0xffff, (closers[finding] as number) + 1);
    }
  }
}

/** The risk of what at least one change closes, and how far prices are to move, leaving out those at their end. */
function judged(
  weights: Uint32Array,
  prices: Float64Array,
  closers: Uint16Array,
): { readonly reached: number; readonly steepness: number } {
  let reached = 0;
  let steepness = 0;
  for (let finding = 0; finding < weights.length; finding += 1) {
    const weight = weights[finding] as number;
    const over = (closers[finding] as number) - 1;
    if (over >= 0) reached += weight;
    if (over === 0) continue;
    const price = prices[finding] as number;
    if (over < 0 ? price < weight : price > 0) steepness += over * over;
  }
  return { reached, steepness };
}

/** Returns the sum of the moved prices. */
function movePrices(
  weights: Uint32Array,
  prices: Float64Array,
  closers: Uint16Array,
  step: number,
  grain: number,
): number {
  let sum = 0;
  for (let finding = 0; finding < weights.length; finding += 1) {
    let price = prices[finding] as number;
    const over = (closers[finding] as number) - 1;
    if (over !== 0) {
      const moved = Math.round((price - step * over) * grain) / grain;
      price = Math.min(weights[finding] as number, Math.max(0, moved));
      prices[finding] = price;
    }
    sum += price;
  }
  return sum;
}

function pairsOf({ starts }: ChangeTable, changes: Uint32Array): number {
  return changes.reduce((sum, change) => sum + (starts[change + 1] as number) - (starts[change] as number), 0);
}

function sumOf(values: Uint32Array | Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] as number;
  return sum;
}
