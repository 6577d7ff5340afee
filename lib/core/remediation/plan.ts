import type { ChangeTable } from './change-table.ts';
import { choose } from './choose.ts';
import { Coverage } from './coverage.ts';
import { checkedWeights, firstGains } from './first-gains.ts';
import { improve, restore } from './improve.ts';
import { checkedLimits, type PlanRequest } from './plan-request.ts';
import { type PlanStep, stepsOf } from './plan-steps.ts';
import { pricedBound } from './priced-bound.ts';
import { Selection } from './selection.ts';

export interface RemediationPlan {
  readonly steps: readonly PlanStep[];
  /** The risk of all findings before anything is changed. */
  readonly total: number;
  readonly removed: number;
  readonly cost: number;
  /** No selection within the same limits removes more than this. */
  readonly removableMost: number;
  /** For each finding the place of the step that closes it, -1 where none does. */
  readonly closedBy: Int32Array;
  /** How often chosen changes made room for a better one. */
  readonly exchanges: number;
}

const IMPROVEMENT_VISITS_MAX = 50_000_000;
const BOUND_VISITS_MAX = 150_000_000;

/**
 * The changes that remove most risk, by their place in the table: each time the one that removes most beyond those before
 * it, then exchanges while one makes it better. A finding counts once, so gains only fall, and one that was worked out earlier is
 * a limit for now: most changes are never looked at again. Equal ones go by known exploited findings, cost and id.
 */
export function planChanges(
  table: ChangeTable,
  weightOf: ArrayLike<number>,
  request: PlanRequest = {},
): RemediationPlan {
  const weights = checkedWeights(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const closers = new Int32Array(weights.length);
  const gains = firstGains(table, weights, closers);
  const limits = checkedLimits(table, request);
  const ranks = ranksOf(table);
  const candidates = candidatesOf(table, gains, request);
  const coverage = new Coverage(table, weights, closers);
  const selection = new Selection(table, limits);
  for (const change of request.included ?? []) {
    selection.add(change);
    coverage.add(change);
  }
  const base = coverage.removed;
  const removable = base > 0 ? coverage.left.slice() : weights;
  const open = candidates.filter((change) => selection.fits(change));
  const free = { changes: limits.changes - selection.changes.length, cost: limits.cost - selection.cost };
  const choice = { table, gains, ranks, candidates: open, coverage, selection, kept: new Set(request.included) };
  const most = Math.min(total, choose(choice, free));
  const visitsMax = request.improvementVisitsMax ?? IMPROVEMENT_VISITS_MAX;
  let exchanges = coverage.removed < most ? improve(choice, visitsMax) : 0;
  const priced = pricedBound({
    table,
    ranks,
    weights: removable,
    candidates: open,
    free,
    left: coverage.left,
    removed: coverage.removed - base,
    most: most - base,
    visitsMax: request.boundVisitsMax ?? BOUND_VISITS_MAX,
  });
  if (priced.better !== null) {
    restore(choice, [...choice.kept, ...priced.better]);
    exchanges += improve(choice, visitsMax);
  }
  const steps = stepsOf(table, coverage, selection.changes, ranks, closers, total);
  const { removed } = coverage;
  return {
    steps,
    total,
    removed,
    cost: selection.cost,
    removableMost: base + priced.most,
    closedBy: closers,
    exchanges,
  };
}

/** Changes that may be chosen: not excluded, not included anyway, possible at some cost, and of use. */
function candidatesOf(table: ChangeTable, gains: Float64Array, { included, excluded }: PlanRequest): Uint32Array {
  const decided = new Set([...(included ?? []), ...(excluded ?? [])]);
  return Uint32Array.from(table.ids.keys()).filter(
    (change) =>
      !decided.has(change) && (gains[change] as number) > 0 && table.costs[change] !== Number.POSITIVE_INFINITY,
  );
}

/** The place of each change among equals. */
function ranksOf({ ids, costs, knownExploited }: ChangeTable): Uint32Array {
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) =>
      (knownExploited[b] as number) - (knownExploited[a] as number) ||
      compared(costs[a] as number, costs[b] as number) ||
      compared(ids[a] as string, ids[b] as string),
  );
  const ranks = new Uint32Array(ids.length);
  order.forEach((change, rank) => {
    ranks[change] = rank;
  });
  return ranks;
}

function compared<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
