import type { ChangeTable } from './change-table.ts';

/** How much may be chosen; Infinity where nothing limits it. */
export interface Limits {
  /** Number of changes. */
  readonly changes: number;
  /** Cost of all of them together. With one, changes go by the risk that they remove for their cost. */
  readonly cost: number;
}

/** The changes that are chosen so far, and what still fits beside them. */
export class Selection {
  readonly changes: number[] = [];
  readonly limits: Limits;
  private readonly table: ChangeTable;
  private readonly chosen: Uint8Array;
  private readonly groups = new Set<number>();
  private spent = 0;

  constructor(table: ChangeTable, limits: Limits) {
    this.table = table;
    this.limits = limits;
    this.chosen = new Uint8Array(table.ids.length);
  }

  get cost(): number {
    return this.spent;
  }

  get isFull(): boolean {
    return this.changes.length >= this.limits.changes;
  }

  has(change: number): boolean {
    return this.chosen[change] === 1;
  }

  fits(change: number): boolean {
    return !this.isFull && this.isGroupFree(change) && this.spent + this.costOf(change) <= this.limits.cost;
  }

  add(change: number): void {
    this.changes.push(change);
    this.chosen[change] = 1;
    this.spent += this.costOf(change);
    const group = this.table.groups[change] as number;
    if (group >= 0) this.groups.add(group);
  }

  drop(change: number): void {
    this.changes.splice(this.changes.indexOf(change), 1);
    this.chosen[change] = 0;
    // Added up anew, so that costs that are no whole numbers leave nothing behind.
    this.spent = this.changes.reduce((sum, other) => sum + this.costOf(other), 0);
    this.groups.delete(this.table.groups[change] as number);
  }

  isGroupFree(change: number): boolean {
    const group = this.table.groups[change] as number;
    return group < 0 || !this.groups.has(group);
  }

  private costOf(change: number): number {
    return this.table.costs[change] as number;
  }
}
