import type { ChangeTable } from './change-table.ts';
import type { Coverage } from './coverage.ts';
import { GainQueue } from './gain-queue.ts';
import type { Limits, Selection } from './selection.ts';

/**
 * What no selection can exceed. Whatever the best one is, beyond what a set removes it adds at most the gains of its own changes on
 * top of that set, and these are at most the largest gains that fit: so every set gives a limit, and the least of them counts.
 */
export class Bound {
  most: number;
  private readonly table: ChangeTable;
  private readonly candidates: Uint32Array;
  private readonly ranks: Uint32Array;
  /** What is left for others beside the changes that have to be in the selection. */
  private readonly free: Limits;
  private readonly keys: Float64Array;
  private readonly lookedAt: Uint32Array;
  private look = 0;

  constructor(table: ChangeTable, candidates: Uint32Array, keys: Float64Array, ranks: Uint32Array, free: Limits) {
    this.table = table;
    this.candidates = candidates;
    this.ranks = ranks;
    this.free = free;
    this.keys = keys.slice();
    this.lookedAt = new Uint32Array(keys.length);
    this.most = Number.POSITIVE_INFINITY;
  }

  /** To be called with sets that only grow, since the keys of earlier ones stand as limits for later ones. */
  tighten(coverage: Coverage, selection: Selection): void {
    const { costs, groups } = this.table;
    this.look += 1;
    const open = this.candidates.filter((change) => !selection.has(change));
    const queue = new GainQueue(open, this.keys, this.ranks);
    const byCost = this.free.cost !== Number.POSITIVE_INFINITY;
    const usedGroups = new Set<number>();
    let slots = byCost ? Number.POSITIVE_INFINITY : this.free.changes;
    let cost = this.free.cost;
    let sum = coverage.removed;
    while (queue.size > 0 && slots > 0 && cost > 0 && sum < this.most) {
      const change = queue.top;
      const price = byCost ? (costs[change] as number) : 1;
      if (this.lookedAt[change] !== this.look) {
        this.lookedAt[change] = this.look;
        queue.lowerTop(coverage.gainOf(change) / price);
        continue;
      }
      queue.removeTop();
      const group = groups[change] as number;
      // Of changes that exclude each other only one can be in a selection; by cost the cheaper one may be it, so all count.
      if (group >= 0 && !byCost && usedGroups.has(group)) continue;
      usedGroups.add(group);
      const share = Math.min(1, cost / price);
      sum += share * price * (this.keys[change] as number);
      slots -= 1;
      cost -= price;
    }
    // Rounded up, since sums of shares are not exact.
    this.most = Math.min(this.most, byCost ? Math.ceil(sum * (1 + 1e-12)) : sum);
  }
}
