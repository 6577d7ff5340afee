import type { ChangeTable } from './change-table.ts';

/**
 * What a set of changes closes. Kept by finding, so that what one more change would add is a pass over its findings alone:
 * the risk that is left of each, and how many of the set close it.
 */
export class Coverage {
  removed = 0;
  /** How many pairs of change and finding were looked at; work is bounded by it, and so ends at the same place on any machine. */
  visits = 0;
  private readonly table: ChangeTable;
  private readonly weights: Uint32Array;
  /** The risk that is left of each finding. */
  readonly left: Uint32Array;
  private readonly closers: Int32Array;
  /** All closers of each finding combined by exclusive or: where there is one, it is that one. */
  private readonly soles: Uint32Array;

  constructor(table: ChangeTable, weights: Uint32Array, closers: Int32Array) {
    this.table = table;
    this.weights = weights;
    this.left = weights.slice();
    this.closers = closers.fill(0);
    this.soles = new Uint32Array(weights.length);
  }

  /** Makes the set empty again. */
  clear(): void {
    this.left.set(this.weights);
    this.closers.fill(0);
    this.soles.fill(0);
    this.removed = 0;
  }

  /** The risk that a change outside of the set would remove beyond it. */
  gainOf(change: number): number {
    const { findings } = this.table;
    const { start, end } = this.rangeOf(change);
    let gain = 0;
    for (let at = start; at < end; at += 1) {
      gain += this.left[findings[at] as number] as number;
    }
    return gain;
  }

  /** The risk that only this change of the set removes. */
  lossOf(change: number): number {
    const { findings } = this.table;
    const { start, end } = this.rangeOf(change);
    let loss = 0;
    for (let at = start; at < end; at += 1) {
      const finding = findings[at] as number;
      if (this.closers[finding] === 1) loss += this.weights[finding] as number;
    }
    return loss;
  }

  /** Adds to `shares` what each change of the set would no longer remove alone beside this one; returns which ones. */
  shareOut(change: number, shares: Float64Array): readonly number[] {
    const { findings } = this.table;
    const { start, end } = this.rangeOf(change);
    const touched: number[] = [];
    for (let at = start; at < end; at += 1) {
      const finding = findings[at] as number;
      if (this.closers[finding] !== 1) continue;
      const sole = this.soles[finding] as number;
      if (shares[sole] === 0) touched.push(sole);
      shares[sole] = (shares[sole] as number) + (this.weights[finding] as number);
    }
    return touched;
  }

  add(change: number): void {
    const { findings } = this.table;
    const { start, end } = this.rangeOf(change);
    for (let at = start; at < end; at += 1) {
      const finding = findings[at] as number;
      this.removed += this.left[finding] as number;
      this.left[finding] = 0;
      this.closers[finding] = (this.closers[finding] as number) + 1;
      this.soles[finding] = (this.soles[finding] as number) ^ change;
    }
  }

  drop(change: number): void {
    const { findings } = this.table;
    const { start, end } = this.rangeOf(change);
    for (let at = start; at < end; at += 1) {
      const finding = findings[at] as number;
      const others = (this.closers[finding] as number) - 1;
      this.closers[finding] = others;
      this.soles[finding] = (this.soles[finding] as number) ^ change;
      if (others === 0) {
        const weight = this.weights[finding] as number;
        this.left[finding] = weight;
        this.removed -= weight;
      }
    }
  }

  private rangeOf(change: number): { readonly start: number; readonly end: number } {
    const start = this.table.starts[change] as number;
    const end = this.table.starts[change + 1] as number;
    this.visits += end - start;
    return { start, end };
  }
}
