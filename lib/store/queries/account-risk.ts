import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { AccountRisk } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';
import { toSeverityCounts } from './severity-counts.ts';

const ACCOUNTS_SHOWN = 8;

/** The accounts with the worst open findings: most critical first, then high, then the sum of scores. */
export async function accountRisk(sql: Sql, visible: VisibleScope): Promise<readonly AccountRisk[]> {
  const values = parameters();
  const conditions = ["c.status = 'ACTIVE'", ...scopeConditions(visible, values, 'c')];
  const rows = await sql.query<{ id: string; name: string; severities: Readonly<Record<string, number>> }>(
    `select a.id, a.name, worst.severities from (
       select account_id, jsonb_object_agg(severity, n) as severities,
         coalesce(sum(n) filter (where severity = 'CRITICAL'), 0) as critical,
         coalesce(sum(n) filter (where severity = 'HIGH'), 0) as high, sum(score) as score, sum(n) as total
       from (
         select c.account_id, c.severity, sum(c.n)::int as n, sum(c.score_tenths) as score
         from finding_count c where ${all(conditions)} group by 1, 2
       ) as bands
       group by account_id
     ) as worst
     join account a on a.id = worst.account_id
     where worst.total > 0
     order by worst.critical desc, worst.high desc, worst.score desc, a.id
     limit ${ACCOUNTS_SHOWN}`,
    values.values,
  );
  return rows.map((row) => {
    const bands = Object.entries(row.severities).map(([severity, n]) => ({ severity: severity as Severity, n }));
    const counts = toSeverityCounts(bands);
    return { id: row.id, name: row.name, counts, total: bands.reduce((sum, band) => sum + band.n, 0) };
  });
}
