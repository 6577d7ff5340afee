import type { ChangeKind, ChangeTable } from './change-table.ts';
import type { Coverage } from './coverage.ts';
import { GainQueue } from './gain-queue.ts';

/** One change of a plan; findings that an earlier one closes are not counted again. */
export interface PlanStep {
  readonly change: number;
  readonly id: string;
  readonly kind: ChangeKind;
  readonly cost: number;
  /** The risk that it removes beyond the steps before it: never more than the step before. */
  readonly gain: number;
  /** How many findings it closes that no step before it does. */
  readonly findings: number;
  /** The risk that is left after it. */
  readonly left: number;
}

/**
 * The steps of a selection, each the one that removes most beyond those before it. Empties and fills the coverage anew, and writes
 * over what it counts with: into `closedBy` for each finding the place of the step that closes it.
 */
export function stepsOf(
  table: ChangeTable,
  coverage: Coverage,
  changes: readonly number[],
  ranks: Uint32Array,
  closedBy: Int32Array,
  total: number,
): readonly PlanStep[] {
  coverage.clear();
  const keys = new Float64Array(ranks.length);
  for (const change of changes) keys[change] = coverage.gainOf(change);
  const queue = new GainQueue(changes, keys, ranks);
  const lookedAt = new Int32Array(keys.length);
  const order: number[] = [];
  const gains: number[] = [];
  while (queue.size > 0) {
    const change = queue.top;
    if (lookedAt[change] !== order.length) {
      lookedAt[change] = order.length;
      queue.lowerTop(coverage.gainOf(change));
      continue;
    }
    queue.removeTop();
    coverage.add(change);
    order.push(change);
    gains.push(keys[change] as number);
  }
  const counts = closedInOrder(table, order, closedBy);
  let left = total;
  return order.map((change, place) => {
    const gain = gains[place] as number;
    left -= gain;
    return {
      change,
      id: table.ids[change] as string,
      kind: table.kinds[change] as ChangeKind,
      cost: table.costs[change] as number,
      gain,
      findings: counts[place] as number,
      left,
    };
  });
}

/** Writes for each finding which step closes it, and counts them by step. */
function closedInOrder(
  { starts, findings }: ChangeTable,
  order: readonly number[],
  closedBy: Int32Array,
): readonly number[] {
  closedBy.fill(-1);
  return order.map((change, place) => {
    const end = starts[change + 1] as number;
    let count = 0;
    for (let at = starts[change] as number; at < end; at += 1) {
      const finding = findings[at] as number;
      if (closedBy[finding] !== -1) continue;
      closedBy[finding] = place;
      count += 1;
    }
    return count;
  });
}
