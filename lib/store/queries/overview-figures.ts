import type { TimeRange, VisibleScope } from '../../core/model/scope.ts';
import type { OverviewFigures } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const DAY_MS = 86_400_000;

/** Days that "median days to fix" looks back; `now` speaks of the present only and has no median. */
const DAYS: Readonly<Record<TimeRange, number>> = { now: 0, '24h': 1, '7d': 7, '30d': 30, '90d': 90 };

type DueFigures = Pick<OverviewFigures, 'pastDue' | 'dueIn7Days' | 'dueIn7DaysUnassigned'>;

/** Open findings whose due date has passed or comes within seven days. */
export async function dueFigures(sql: Sql, visible: VisibleScope, now: Date): Promise<DueFigures> {
  const values = parameters();
  const from = values.add(now, 'timestamptz');
  const until = values.add(new Date(now.getTime() + 7 * DAY_MS), 'timestamptz');
  const conditions = ["f.status = 'ACTIVE'", `f.due_order < ${until}`, ...scopeConditions(visible, values, 'f')];
  const [row] = await sql.query<{ past: number; soon: number }>(
    `select count(*) filter (where f.due_order < ${from})::int as past,
       count(*) filter (where f.due_order >= ${from})::int as soon
     from finding f where ${all(conditions)}`,
    values.values,
  );
  const soon = row?.soon ?? 0;
  // Findings cannot be assigned to anyone yet, so every one that is due is due without an owner.
  return { pastDue: row?.past ?? 0, dueIn7Days: soon, dueIn7DaysUnassigned: soon };
}

/** Median days from first seen to closed of the critical findings closed in the period; null when none closed. */
export async function medianDaysToFix(sql: Sql, visible: VisibleScope, now: Date): Promise<number | null> {
  const values = parameters();
  const conditions = [
    "f.status = 'CLOSED'",
    "f.severity = 'CRITICAL'",
    `f.closed_at > ${values.add(new Date(now.getTime() - DAYS[visible.time] * DAY_MS), 'timestamptz')}`,
    `f.closed_at <= ${values.add(now, 'timestamptz')}`,
    ...scopeConditions(visible, values, 'f'),
  ];
  const [row] = await sql.query<{ days: number | null }>(
    `select percentile_cont(0.5) within group (
       order by extract(epoch from f.closed_at - f.first_seen_at)::float8 / 86400)::float8 as days
     from finding f where ${all(conditions)}`,
    values.values,
  );
  return row?.days ?? null;
}
