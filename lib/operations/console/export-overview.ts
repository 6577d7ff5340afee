import { overviewCsv } from '../../core/exchange/overview-csv.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { getOverview } from './get-overview.ts';

/** The figures of the overview as a file, for what the caller may see of the scope. */
export const exportOverview: Operation<{ readonly scope: Scope }, Download> = {
  name: 'ExportOverview',
  permission: 'counts:read',
  parse: getOverview.parse,
  async run(deps, caller, { scope }) {
    const now = deps.clock.now();
    const overview = await getOverview.run(deps, caller, { scope });
    await recordPersonActivity(deps, caller, 'overview-exported', 'CSV', 'Exported the overview.');
    return {
      name: `overview-${now.toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      parts: (async function* () {
        yield overviewCsv(overview, scope, now);
      })(),
    };
  },
};
