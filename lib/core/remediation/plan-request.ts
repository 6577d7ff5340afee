import { AppError } from '../model/app-error.ts';
import type { ChangeTable } from './change-table.ts';
import type { Limits } from './selection.ts';

/** What a plan is to be made of. Changes are named by their place in the table. */
export interface PlanRequest {
  /** At most so many changes; without it as many as remove any risk. */
  readonly changesMax?: number;
  /** At most so much cost. With it, changes are chosen by the risk that they remove for their cost. */
  readonly costMax?: number;
  /** Changes that the plan has whatever they remove. */
  readonly included?: readonly number[];
  readonly excluded?: readonly number[];
  /** How many pairs of change and finding may be looked at to better the first choice. */
  readonly improvementVisitsMax?: number;
  /** The same to lower what is said that nothing exceeds. */
  readonly boundVisitsMax?: number;
}

/** What a request leaves room for; refuses one that no plan can meet. */
export function checkedLimits(table: ChangeTable, request: PlanRequest): Limits {
  const { changesMax, costMax, included = [], excluded = [] } = request;
  if (changesMax !== undefined && !(Number.isInteger(changesMax) && changesMax >= 0)) {
    refuse(`A plan of at most ${changesMax} changes is not possible; give a whole number.`);
  }
  if (costMax !== undefined && !(costMax >= 0)) {
    refuse(`A plan that costs at most ${costMax} is not possible; give a number from 0.`);
  }
  for (const change of [...included, ...excluded]) {
    if (table.ids[change] === undefined) refuse(`There is no change ${change}; there are ${table.ids.length}.`);
  }
  const without = new Set(excluded);
  const kept = new Set(included);
  if (kept.size !== included.length) refuse('A change is included twice.');
  const groups = new Set<number>();
  let cost = 0;
  for (const change of included) {
    const id = table.ids[change];
    const group = table.groups[change] as number;
    if (table.costs[change] === Number.POSITIVE_INFINITY)
      refuse(`${id} is included, but nothing compatible is published.`);
    if (without.has(change)) refuse(`${id} is both included and excluded.`);
    if (group >= 0 && groups.has(group)) refuse(`${id} and another included change exclude each other.`);
    groups.add(group);
    cost += table.costs[change] as number;
  }
  if (included.length > (changesMax ?? Number.POSITIVE_INFINITY)) {
    refuse(`${included.length} changes are included, but the plan may have ${changesMax}.`);
  }
  if (cost > (costMax ?? Number.POSITIVE_INFINITY)) {
    refuse(`The included changes cost ${cost}, but the plan may cost ${costMax}.`);
  }
  return { changes: changesMax ?? Number.POSITIVE_INFINITY, cost: costMax ?? Number.POSITIVE_INFINITY };
}

function refuse(sentence: string): never {
  throw new AppError('invalid-input', sentence);
}
