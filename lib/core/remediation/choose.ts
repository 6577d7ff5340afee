import { Bound } from './bound.ts';
import type { ChangeTable } from './change-table.ts';
import type { Coverage } from './coverage.ts';
import { GainQueue } from './gain-queue.ts';
import type { Limits, Selection } from './selection.ts';

/** A plan while it is made. */
export interface Choice {
  readonly table: ChangeTable;
  /** What each change removes by itself. */
  readonly gains: Float64Array;
  /** The place of each change among equals. */
  readonly ranks: Uint32Array;
  /** Changes that may be chosen. */
  readonly candidates: Uint32Array;
  readonly coverage: Coverage;
  readonly selection: Selection;
  /** Changes that stay whatever they remove. */
  readonly kept: ReadonlySet<number>;
}

/** At how many steps the bound is looked at; more of them hardly lower it. */
const BOUND_LOOKS_MAX = 16;

/** Fills the selection greedily, with what is still free of its limits. Returns what no selection within them exceeds. */
export function choose(choice: Choice, free: Limits): number {
  const { table, ranks, candidates, coverage, selection } = choice;
  const bound = new Bound(table, candidates, keysOf(choice), ranks, free);
  bound.tighten(coverage, selection);
  const looksEvery = Math.max(1, Math.ceil(Math.min(free.changes, candidates.length) / BOUND_LOOKS_MAX));
  fill(choice, candidates, (round) => {
    if (round % looksEvery === 0) bound.tighten(coverage, selection);
  });
  bound.tighten(coverage, selection);
  if (free.cost !== Number.POSITIVE_INFINITY) preferSingle(choice);
  return bound.most;
}

function fill(choice: Choice, open: Uint32Array, onStep: (round: number) => void): void {
  const { coverage, selection } = choice;
  const keys = keysOf(choice);
  const queue = new GainQueue(open, keys, choice.ranks);
  const lookedAt = new Int32Array(keys.length).fill(-1);
  let round = 0;
  while (queue.size > 0 && !selection.isFull) {
    const change = queue.top;
    if (!selection.fits(change)) {
      queue.removeTop();
    } else if (lookedAt[change] !== round) {
      lookedAt[change] = round;
      queue.lowerTop(coverage.gainOf(change) / priceOf(choice, change));
    } else if (keys[change] === 0) {
      return;
    } else {
      queue.removeTop();
      selection.add(change);
      coverage.add(change);
      round += 1;
      onStep(round);
    }
  }
}

/** Many small changes may use up the cost that one large change needs: that one, and what fits beside it, where it removes more. */
function preferSingle(choice: Choice): void {
  const { gains, ranks, candidates, coverage, selection, kept } = choice;
  const reached = coverage.removed;
  const greedy = selection.changes.filter((change) => !kept.has(change));
  for (const change of greedy) {
    selection.drop(change);
    coverage.drop(change);
  }
  let most = reached - coverage.removed;
  let single: number | null = null;
  const queue = new GainQueue(candidates, gains.slice(), ranks);
  for (; queue.size > 0 && (gains[queue.top] as number) > most; queue.removeTop()) {
    if (!selection.fits(queue.top)) continue;
    const gain = coverage.gainOf(queue.top);
    if (gain > most) {
      most = gain;
      single = queue.top;
    }
  }
  for (const change of single === null ? greedy : [single]) {
    selection.add(change);
    coverage.add(change);
  }
  if (single !== null)
    fill(
      choice,
      candidates.filter((change) => !selection.has(change)),
      () => undefined,
    );
}

/** By cost, changes go by the risk that they remove for it. */
function keysOf(choice: Choice): Float64Array {
  return choice.gains.map((gain, change) => gain / priceOf(choice, change));
}

export function priceOf({ table, selection }: Choice, change: number): number {
  return selection.limits.cost === Number.POSITIVE_INFINITY ? 1 : (table.costs[change] as number);
}
