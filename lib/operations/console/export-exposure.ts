import { z } from 'zod';
import { exposureCsvHead, exposureCsvLines } from '../../core/exchange/exposure-csv.ts';
import { EXPOSURE_SOURCES, type ExposureSource } from '../../core/model/exposure-view.ts';
import type { Scope, VisibleScope } from '../../core/model/scope.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const PART_ROWS = 5_000;
const schema = z.object({ scope: scopeInput, from: z.enum(EXPOSURE_SOURCES) });

interface ExportExposureInput {
  readonly scope: Scope;
  readonly from: ExposureSource;
}

/** Every open path of a scope as CSV, hop by hop. */
export const exportExposure: Operation<ExportExposureInput, Download> = {
  name: 'ExportExposure',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, from }) {
    const now = deps.clock.now();
    const visible = await visibleScope(deps, caller, scope);
    await recordPersonActivity(deps, caller, 'exposure-exported', 'CSV', 'Exported exposure.');
    return {
      name: `exposure-${now.toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      parts: lines(deps, visible, from, now),
    };
  },
};

async function* lines(
  deps: Dependencies,
  visible: VisibleScope,
  from: ExposureSource,
  now: Date,
): AsyncGenerator<string> {
  yield exposureCsvHead();
  for (let after = 0; ; ) {
    const rows = await deps.reads.exposureRows(visible, from, { after, limit: PART_ROWS });
    yield exposureCsvLines(rows, now);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PART_ROWS) return;
    after = last.number;
  }
}
