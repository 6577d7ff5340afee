import { AppError } from '../model/app-error.ts';
import type { ChangeTable } from './change-table.ts';

const WEIGHT_MAX = 2 ** 32 - 1;

/** The weights as a flat array; whole numbers, since their sums are then the same in any order. */
export function checkedWeights(weights: ArrayLike<number>): Uint32Array {
  let total = 0;
  for (let finding = 0; finding < weights.length; finding += 1) {
    const weight = weights[finding] as number;
    if (!(Number.isInteger(weight) && weight >= 0 && weight <= WEIGHT_MAX)) {
      refuse(`The risk of finding ${finding} is ${weight}; it has to be a whole number from 0 to ${WEIGHT_MAX}.`);
    }
    total += weight;
  }
  if (total > Number.MAX_SAFE_INTEGER) {
    refuse('The risk of all findings together is more than can be added up exactly; give it in a larger unit.');
  }
  return weights instanceof Uint32Array ? weights : Uint32Array.from(weights);
}

/** What each change removes by itself. `seen` has a place for each finding and is written over. */
export function firstGains(table: ChangeTable, weights: Uint32Array, seen: Int32Array): Float64Array {
  checkShape(table);
  const { ids, starts, findings } = table;
  const gains = new Float64Array(ids.length);
  seen.fill(-1);
  for (let change = 0; change < ids.length; change += 1) {
    const end = starts[change + 1] as number;
    let gain = 0;
    for (let at = starts[change] as number; at < end; at += 1) {
      const finding = findings[at] as number;
      if (finding >= weights.length) {
        refuse(`${ids[change]} closes finding ${finding}, but there are ${weights.length} findings.`);
      }
      if (seen[finding] === change) {
        refuse(`${ids[change]} names finding ${finding} twice.`);
      }
      seen[finding] = change;
      gain += weights[finding] as number;
    }
    gains[change] = gain;
  }
  return gains;
}

function checkShape({ ids, kinds, costs, groups, knownExploited, starts, findings }: ChangeTable): void {
  const columns = [kinds.length, costs.length, groups.length, knownExploited.length, starts.length - 1];
  if (columns.some((length) => length !== ids.length)) {
    refuse(`There are ${ids.length} changes, but their columns have ${columns.join(', ')} entries.`);
  }
  if (starts[0] !== 0 || starts[ids.length] !== findings.length) {
    refuse(
      `The lists of findings run from ${starts[0]} to ${starts[ids.length]}, but there are ${findings.length} entries.`,
    );
  }
  for (let change = 0; change < ids.length; change += 1) {
    if ((starts[change + 1] as number) < (starts[change] as number)) {
      refuse(`The list of findings of ${ids[change]} ends before it starts.`);
    }
    const cost = costs[change] as number;
    if (!(cost > 0)) {
      refuse(`The cost of ${ids[change]} is ${cost}; it has to be above 0.`);
    }
  }
  const unique = new Set(ids);
  if (unique.size !== ids.length) {
    refuse(`Of ${ids.length} changes ${ids.length - unique.size} have the id of another.`);
  }
}

function refuse(sentence: string): never {
  throw new AppError('invalid-input', sentence);
}
