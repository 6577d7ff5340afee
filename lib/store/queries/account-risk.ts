import type { VisibleScope } from '../../core/model/scope.ts';
import type { AccountRisk, SeverityCounts } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const ACCOUNTS_SHOWN = 8;

/** The accounts with the worst open findings: most critical first, then high, then the sum of scores. */
export async function accountRisk(sql: Sql, visible: VisibleScope): Promise<readonly AccountRisk[]> {
  const values = parameters();
  const kept = all(["c.status = 'ACTIVE'", ...scopeConditions(visible, values, 'c')]);
  const fresh = all(["d.status = 'ACTIVE'", ...scopeConditions(visible, values, 'd')]);
  const rows = await sql.query<SeverityCounts & { id: string; name: string; total: number }>(
    `select a.id, a.name, worst.critical::int as "CRITICAL", worst.high::int as "HIGH", worst.medium::int as "MEDIUM",
       worst.low::int as "LOW", worst.informational::int as "INFORMATIONAL", worst.untriaged::int as "UNTRIAGED",
       worst.n::int as total
     from (
       select account_id, sum(critical) as critical, sum(high) as high, sum(medium) as medium, sum(low) as low,
         sum(informational) as informational, sum(untriaged) as untriaged, sum(n) as n, sum(score_tenths) as score
       from (
         select c.account_id, c.critical, c.high, c.medium, c.low, c.informational, c.untriaged, c.n, c.score_tenths
         from account_count c where ${kept}
         union all
         select d.account_id, ${DELTA_BANDS}, d.n, d.score_tenths from finding_delta d where ${fresh}
       ) as parts
       group by account_id
     ) as worst
     join account a on a.id = worst.account_id
     where worst.n > 0
     order by worst.critical desc, worst.high desc, worst.score desc, a.id
     limit ${ACCOUNTS_SHOWN}`,
    values.values,
  );
  return rows.map(({ id, name, total, ...counts }) => ({ id, name, counts, total }));
}

const DELTA_BANDS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNTRIAGED']
  .map((severity) => `case when d.severity = '${severity}' then d.n else 0 end`)
  .join(', ');
