import type { Day, PastCounts } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import { toSeverityCounts } from '../queries/severity-counts.ts';
import type { Sql } from '../sql.ts';
import { requireKept } from './days.ts';

/** What was open at the end of the day: what is open now, less what came since. One statement, so that both are of one moment. */
export async function countsAsOf(sql: Sql, visible: VisibleScope, day: Day): Promise<PastCounts> {
  await requireKept(sql, day);
  const values = parameters();
  const since = values.add(day, 'date');
  const now = ["c.status <> 'CLOSED'", ...scopeConditions(visible, values, 'c')];
  const later = [`w.day > ${since}`, ...scopeConditions(visible, values, 'w')];
  const rows = await sql.query<{ severity: Severity; open: number; suppressed: number }>(
    `select severity, sum(open)::int as open, sum(suppressed)::int as suppressed from (
       select c.severity, c.n * (c.status = 'ACTIVE')::int as open, c.n * (c.status = 'SUPPRESSED')::int as suppressed
       from finding_count c where ${all(now)}
       union all
       select w.severity, w.active_out - w.active_in, w.suppressed_out - w.suppressed_in
       from finding_flow w where ${all(later)}
     ) as sides group by severity`,
    values.values,
  );
  return {
    open: toSeverityCounts(rows.map(({ severity, open }) => ({ severity, n: open }))),
    suppressed: toSeverityCounts(rows.map(({ severity, suppressed }) => ({ severity, n: suppressed }))),
  };
}
