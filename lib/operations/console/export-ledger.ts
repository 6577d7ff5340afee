import { z } from 'zod';
import { ledgerCsvHead, ledgerCsvLines } from '../../core/exchange/ledger-csv.ts';
import type { LedgerFilter } from '../../core/model/coverage-view.ts';
import type { Scope, VisibleScope } from '../../core/model/scope.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Download } from '../download.ts';
import type { Operation } from '../operation.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';
import { parseInput, scopeInput } from './input.ts';
import { ledgerFilterInput } from './list-ledger.ts';
import { visibleScope } from './visible-scope.ts';

const PART_ROWS = 5_000;
const schema = z.object({ scope: scopeInput, filter: ledgerFilterInput });

interface ExportLedgerInput {
  readonly scope: Scope;
  readonly filter: LedgerFilter;
}

/** The resources that the caller may see and the filter names as CSV, each with its state and reason. */
export const exportLedger: Operation<ExportLedgerInput, Download> = {
  name: 'ExportLedger',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, filter }) {
    const now = deps.clock.now();
    const visible = await visibleScope(deps, caller, scope);
    await recordPersonActivity(deps, caller, 'coverage-exported', 'CSV', 'Exported coverage.');
    return {
      name: `coverage-${now.toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      parts: lines(deps, visible, filter, now),
    };
  },
};

async function* lines(
  deps: Dependencies,
  visible: VisibleScope,
  filter: LedgerFilter,
  now: Date,
): AsyncGenerator<string> {
  yield ledgerCsvHead();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Dependencies['reads']['ledger']>> = await deps.reads.ledger(
      visible,
      filter,
      { cursor, limit: PART_ROWS },
      now,
    );
    yield ledgerCsvLines(page.rows, now);
    cursor = page.nextCursor;
  } while (cursor !== null);
}
