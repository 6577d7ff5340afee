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

interface OpenRow extends SeverityCounts {
  readonly total: number;
  readonly act_now: number;
  readonly score: number;
}

/** Open findings of the scope, from the counts that are kept and the changes that are not folded into them yet. */
export async function openCounts(sql: Sql, visible: VisibleScope): Promise<OpenCounts> {
  const values = parameters();
  const kept = all(["c.status = 'ACTIVE'", ...scopeConditions(visible, values, 'c')]);
  const fresh = all(["d.status = 'ACTIVE'", ...scopeConditions(visible, values, 'd')]);
  const [row] = await sql.query<OpenRow>(
    `select ${SUMS} from (
       select sum(critical) as critical, sum(high) as high, sum(medium) as medium, sum(low) as low,
         sum(informational) as informational, sum(untriaged) as untriaged, sum(n) as n,
         sum(critical + high) filter (where kev and fixable) as act_now, sum(score_tenths) as score_tenths
       from ${visible.accounts === null ? 'finding_total' : 'account_count'} c where ${kept}
       union all
       select ${DELTA_BANDS}, sum(n),
         sum(n) filter (where kev and fixable and severity in ('CRITICAL', 'HIGH')), sum(score_tenths)
       from finding_delta d where ${fresh}
     ) as parts`,
    values.values,
  );
  const { total, act_now: actNow, score, ...bySeverity } = row ?? NOTHING;
  return { bySeverity, total, actNow, score };
}

const NOTHING: OpenRow = {
  CRITICAL: 0,
  HIGH: 0,
  MEDIUM: 0,
  LOW: 0,
  INFORMATIONAL: 0,
  UNTRIAGED: 0,
  total: 0,
  act_now: 0,
  score: 0,
};

const SUMS = `coalesce(sum(critical), 0)::int as "CRITICAL", coalesce(sum(high), 0)::int as "HIGH",
  coalesce(sum(medium), 0)::int as "MEDIUM", coalesce(sum(low), 0)::int as "LOW",
  coalesce(sum(informational), 0)::int as "INFORMATIONAL", coalesce(sum(untriaged), 0)::int as "UNTRIAGED",
  coalesce(sum(n), 0)::int as total, coalesce(sum(act_now), 0)::int as act_now,
  (coalesce(sum(score_tenths), 0) / 10.0)::float8 as score`;

const DELTA_BANDS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED']
  .map((severity) => `sum(n) filter (where severity = '${severity}')`)
  .join(', ');

/** Every band is present, zero included. */
export function toSeverityCounts(rows: readonly { readonly severity: Severity; readonly n: number }[]): SeverityCounts {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNTRIAGED: 0 };
  for (const row of rows) {
    counts[row.severity] += row.n;
  }
  return counts;
}
