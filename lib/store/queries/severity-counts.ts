import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { SeverityCounts } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

export interface OpenCounts {
  readonly bySeverity: SeverityCounts;
  readonly total: number;
  /** Critical or high, known exploited, with a fix. */
  readonly actNow: number;
  /** Sum of the open scores. */
  readonly score: number;
}

/** Open findings of the scope, from the counts that the triggers keep. */
export async function openCounts(sql: Sql, visible: VisibleScope): Promise<OpenCounts> {
  const values = parameters();
  const conditions = ["c.status = 'ACTIVE'", ...scopeConditions(visible, values, 'c')];
  const rows = await sql.query<{ severity: Severity; n: number; act_now: number; score: number }>(
    `select c.severity, sum(c.n)::int as n, sum(c.act_now)::int as act_now, (sum(c.score_tenths) / 10.0)::float8 as score
     from finding_count c where ${all(conditions)} group by c.severity`,
    values.values,
  );
  return {
    bySeverity: toSeverityCounts(rows),
    total: sumOf(rows, (row) => row.n),
    actNow: sumOf(rows, (row) => row.act_now),
    score: sumOf(rows, (row) => row.score),
  };
}

/** Every band is present, zero included. */
export function toSeverityCounts(rows: readonly { readonly severity: Severity; readonly n: number }[]): SeverityCounts {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNTRIAGED: 0 };
  for (const row of rows) {
    counts[row.severity] += row.n;
  }
  return counts;
}

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  let sum = 0;
  for (const row of rows) {
    sum += of(row);
  }
  return sum;
}
