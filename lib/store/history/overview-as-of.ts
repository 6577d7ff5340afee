import type { Day, PastOverview } from '../../core/model/history.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { SEVERITIES } from '../../core/model/severity.ts';
import type { AccountRisk, SeverityCounts } from '../../core/model/views.ts';
import { medianDaysToFix } from '../queries/overview-figures.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import { changeIn7Days, severityTrend } from '../queries/severity-trend.ts';
import type { Sql } from '../sql.ts';
import { countsAsOf } from './counts-as-of.ts';
import { endOf } from './days.ts';

const ACCOUNTS_SHOWN = 8;

/** Nothing but kept counts is read, so a day a year ago costs as much as yesterday. */
export async function overviewAsOf(sql: Sql, visible: VisibleScope, day: Day, now: Date): Promise<PastOverview> {
  const { open } = await countsAsOf(sql, visible, day);
  const lastMoment = new Date(endOf(day).getTime() - 1);
  const [change7Days, medianDays, trend, accountsByRisk] = await Promise.all([
    changeIn7Days(sql, visible, lastMoment),
    medianDaysToFix(sql, visible, now),
    severityTrend(sql, visible, open, lastMoment),
    accountsAsOf(sql, visible, day),
  ]);
  return {
    day,
    open,
    openTotal: SEVERITIES.reduce((sum, severity) => sum + open[severity], 0),
    change7Days,
    medianDaysToFixCritical: medianDays,
    trend,
    accountsByRisk,
  };
}

/** The accounts with the worst findings open at the end of the day: most critical first, then high, then all. */
async function accountsAsOf(sql: Sql, visible: VisibleScope, day: Day): Promise<readonly AccountRisk[]> {
  const values = parameters();
  const now = ["c.status = 'ACTIVE'", ...scopeConditions(visible, values, 'c')];
  const later = [`w.day > ${values.add(day, 'date')}`, ...scopeConditions(visible, values, 'w')];
  const bands = SEVERITIES.map(
    (severity) => `coalesce(sum(n) filter (where severity = '${severity}'), 0)::int as "${severity}"`,
  );
  const rows = await sql.query<SeverityCounts & { id: string; name: string; total: number }>(
    `select a.id, a.name, past.* from (
       select account_id, ${bands.join(', ')}, sum(n)::int as total from (
         select c.account_id, c.severity, c.n from finding_count c where ${all(now)}
         union all
         select w.account_id, w.severity, w.active_out - w.active_in from finding_flow w where ${all(later)}
       ) as sides group by account_id
     ) as past join account a on a.id = past.account_id
     where past.total > 0
     order by past."CRITICAL" desc, past."HIGH" desc, past.total desc, a.id limit ${ACCOUNTS_SHOWN}`,
    values.values,
  );
  return rows.map(({ id, name, total, ...bands }) => ({
    id,
    name,
    total,
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, bands[severity]])) as SeverityCounts,
  }));
}
