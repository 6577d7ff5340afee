import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import { isRunning, periodOf, type RunningRange } from '../../core/model/time-range.ts';
import type { SeverityCounts, TrendWeek } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';
import { toSeverityCounts } from './severity-counts.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** How many weeks the chart shows; the week that has not ended is one of them. */
const WEEKS: Readonly<Record<RunningRange, number>> = { now: 13, '24h': 2, '7d': 2, '30d': 5, '90d': 13 };
/** … of other periods, however long they are. */
const WEEKS_MAX = 53;

/**
 * Critical and high findings by week, up to the week of `now`. What is open at the end of a week is what is `open` at `now`,
 * less what came since: that stays right when older history has been removed.
 */
export async function severityTrend(
  sql: Sql,
  visible: VisibleScope,
  open: SeverityCounts,
  now: Date,
): Promise<readonly TrendWeek[]> {
  const thisWeek = startOfWeek(now);
  const first = thisWeek - (weeksOf(visible, now) - 1) * WEEK_MS;
  const [flows, firstScan] = await Promise.all([
    weeklyFlows(sql, visible, new Date(first), now),
    firstScanAt(sql, visible),
  ]);
  const weeks: TrendWeek[] = [];
  let openAtEnd = open.CRITICAL + open.HIGH;
  for (let start = thisWeek; start >= first; start -= WEEK_MS) {
    const flow = flows.get(start) ?? { opened: 0, closed: 0, net: 0 };
    const known = firstScan !== null && firstScan.getTime() < start + WEEK_MS;
    weeks.unshift({
      weekStart: new Date(start),
      opened: known ? flow.opened : null,
      fixed: known ? flow.closed : null,
      openAtEnd: known ? openAtEnd : null,
      partial: start === thisWeek && now.getTime() < thisWeek + WEEK_MS - 1,
    });
    openAtEnd -= flow.net;
  }
  return weeks;
}

/** Change of the open findings since seven days ago; null when the first scan is younger than that. */
export async function changeIn7Days(sql: Sql, visible: VisibleScope, now: Date): Promise<SeverityCounts | null> {
  const firstScan = await firstScanAt(sql, visible);
  if (firstScan === null || now.getTime() - firstScan.getTime() < WEEK_MS) {
    return null;
  }
  const values = parameters();
  const [since, until] = [now.getTime() - WEEK_MS, now.getTime()].map((at) => values.add(dayOf(at), 'date'));
  const rows = await sql.query<{ severity: Severity; n: number }>(
    `select f.severity, sum(f.active_in - f.active_out)::int as n from finding_flow f
     where ${all([`f.day > ${since} and f.day <= ${until}`, ...scopeConditions(visible, values, 'f')])} group by f.severity`,
    values.values,
  );
  return toSeverityCounts(rows);
}

async function weeklyFlows(sql: Sql, visible: VisibleScope, since: Date, until: Date) {
  const values = parameters();
  const conditions = [
    `f.day >= ${values.add(dayOf(since.getTime()), 'date')} and f.day <= ${values.add(dayOf(until.getTime()), 'date')}`,
    "f.severity in ('CRITICAL', 'HIGH')",
    ...scopeConditions(visible, values, 'f'),
  ];
  const rows = await sql.query<{ week: string; opened: number; closed: number; net: number }>(
    `select date_trunc('week', f.day::timestamp)::date::text as week,
       coalesce(sum(f.active_in) filter (where f.step in ('open', 'reopen')), 0)::int as opened,
       coalesce(sum(f.active_out) filter (where f.step = 'close'), 0)::int as closed,
       sum(f.active_in - f.active_out)::int as net
     from finding_flow f where ${all(conditions)} group by 1`,
    values.values,
  );
  return new Map(rows.map((row) => [Date.parse(`${row.week}T00:00:00Z`), row]));
}

async function firstScanAt(sql: Sql, visible: VisibleScope): Promise<Date | null> {
  const values = parameters();
  const [row] = await sql.query<{ at: Date | null }>(
    `select min(c.first_ended_at) as at from coverage c join resource r on r.id = c.resource_id
     where ${all(scopeConditions(visible, values, 'r'))}`,
    values.values,
  );
  return row?.at ?? null;
}

function weeksOf({ time }: VisibleScope, now: Date): number {
  if (isRunning(time)) return WEEKS[time];
  const start = startOfWeek(new Date(periodOf(time, now).from));
  return Math.min(WEEKS_MAX, Math.max(2, (startOfWeek(now) - start) / WEEK_MS + 1));
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Monday 00:00 UTC of the week that holds the time, as milliseconds. */
function startOfWeek(at: Date): number {
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return midnight - ((at.getUTCDay() + 6) % 7) * DAY_MS;
}
