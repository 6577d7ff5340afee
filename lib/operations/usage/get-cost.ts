import { costView } from '../../core/cost/cost-view.ts';
import type { CostView } from '../../core/model/cost-view.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { type CostInput, costInput, usageFor } from './cost-input.ts';

/** What the managed service would charge for what the caller may see, in a month and by a price book. */
export const getCost: Operation<CostInput, CostView> = {
  name: 'GetCost',
  permission: 'cost:read',
  parse: (input) => parseInput(costInput, input),
  async run(deps, caller, input) {
    const { usage, choices, now } = await usageFor(deps, caller, input);
    return costView(usage, choices, now);
  },
};
