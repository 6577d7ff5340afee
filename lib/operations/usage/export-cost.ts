import { costLines } from '../../core/cost/cost-view.ts';
import { costCsv } from '../../core/exchange/cost-csv.ts';
import { parseInput } from '../console/input.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { type CostInput, costInput, usageFor } from './cost-input.ts';

/** The same as a file: one line for each meter in each place, with its price and where that comes from. */
export const exportCost: Operation<CostInput, Download> = {
  name: 'ExportCost',
  permission: 'cost:read',
  parse: (input) => parseInput(costInput, input),
  async run(deps, caller, input) {
    const { usage, choices, now } = await usageFor(deps, caller, input);
    await recordPersonActivity(deps, caller, 'cost-exported', 'CSV', `Exported the cost of ${choices.month}.`);
    return {
      name: `cost-${choices.month}-${choices.book.id}.csv`,
      type: 'text/csv; charset=utf-8',
      parts: costCsv(costLines(usage, choices), choices, now),
    };
  },
};
