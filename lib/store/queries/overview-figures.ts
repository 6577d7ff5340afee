import type { VisibleScope } from '../../core/model/scope.ts';
import { periodOf } from '../../core/model/time-range.ts';
import type { OverviewFigures } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type DueFigures = Pick<OverviewFigures, 'pastDue' | 'dueIn7Days' | 'dueIn7DaysUnassigned'>;

/**
 * Open findings whose due date has passed or comes within seven days: kept by the hour, and of the hours in which the two
 * spans begin and end the findings themselves.
 */
export async function dueFigures(sql: Sql, visible: VisibleScope, now: Date): Promise<DueFigures> {
  const values = parameters();
  const until = new Date(now.getTime() + 7 * DAY_MS);
  const instant = (at: Date) => values.add(at, 'timestamptz');
  const [from, to, fromHour, toHour] = [now, until, hourOf(now), hourOf(until)].map(instant);
  const open = all(["f.status = 'ACTIVE'", ...scopeConditions(visible, values, 'f')]);
  const whole = (alias: string) =>
    all([
      `${alias}.due_hour < ${toHour} and ${alias}.due_hour <> ${fromHour}`,
      ...scopeConditions(visible, values, alias),
    ]);
  const [row] = await sql.query<{ past: number; soon: number; unassigned: number }>(
    `select coalesce(sum(n) filter (where due < ${from}), 0)::int as past,
       coalesce(sum(n) filter (where due >= ${from}), 0)::int as soon,
       coalesce(sum(unassigned) filter (where due >= ${from}), 0)::int as unassigned
     from (
       select c.due_hour as due, c.n, c.unassigned from due_count c
       where ${whole('c')}
       union all
       select d.due_hour, d.n, case when d.unassigned then d.n else 0 end from finding_delta d
       where ${whole('d')}
       union all
       select f.due_order, 1, (f.owner is null and f.team is null)::int from finding f
       where f.due_order >= ${fromHour} and f.due_order < ${fromHour} + interval '1 hour' and ${open}
       union all
       select f.due_order, 1, (f.owner is null and f.team is null)::int from finding f
       where f.due_order >= ${toHour} and f.due_order < ${to} and ${open}
     ) as parts`,
    values.values,
  );
  return { pastDue: row?.past ?? 0, dueIn7Days: row?.soon ?? 0, dueIn7DaysUnassigned: row?.unassigned ?? 0 };
}

/**
 * Median days from first seen to closed of the critical findings closed in the period, in whole hours; null when none closed, and
 * of the range `now`, which speaks of the present only.
 */
export async function medianDaysToFix(sql: Sql, visible: VisibleScope, now: Date): Promise<number | null> {
  if (visible.time === 'now') {
    return null;
  }
  const values = parameters();
  const { from, to } = periodOf(visible.time, now);
  const days = [from, to].map((day) => values.add(day, 'date'));
  const conditions = (alias: string) =>
    all([
      `${alias}.closed_on >= ${days[0]} and ${alias}.closed_on <= ${days[1]}`,
      ...scopeConditions(visible, values, alias),
    ]);
  const rows = await sql.query<{ hours: number; n: number }>(
    `select fix_hours as hours, sum(n)::int as n from (
       select c.fix_hours, c.n from fix_time_count c where ${conditions('c')}
       union all
       select d.fix_hours, d.n from finding_delta d where ${conditions('d')}
     ) as parts
     group by 1 having sum(n) > 0 order by 1`,
    values.values,
  );
  return median(rows);
}

/** Of hours that occur so many times each, ascending; in days. */
function median(rows: readonly { readonly hours: number; readonly n: number }[]): number | null {
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) {
    return null;
  }
  return (hoursAt(rows, Math.floor((total - 1) / 2)) + hoursAt(rows, Math.floor(total / 2))) / 2 / 24;
}

function hoursAt(rows: readonly { readonly hours: number; readonly n: number }[], place: number): number {
  let passed = 0;
  for (const { hours, n } of rows) {
    passed += n;
    if (passed > place) {
      return hours;
    }
  }
  return 0;
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}
