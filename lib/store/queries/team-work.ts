import type { TeamWork } from '../../core/model/duty.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const TEAMS_SHOWN = 200;
const WEEK_MS = 7 * 86_400_000;

/** One pass over the open findings of the scope: those who put off some still owe them, so snoozed ones count. */
export function teamWork(sql: Sql, visible: VisibleScope, now: Date): Promise<readonly TeamWork[]> {
  const values = parameters();
  const at = values.add(now, 'timestamptz');
  const week = values.add(new Date(now.getTime() + WEEK_MS), 'timestamptz');
  const conditions = all(["f.status = 'ACTIVE'", ...scopeConditions(visible, values, 'f')]);
  return sql.query<TeamWork>(
    `select f.team, count(*)::int as open, count(*) filter (where f.severity = 'CRITICAL')::int as critical,
       count(*) filter (where f.due_order < ${at} and f.paused_since is null)::int as overdue,
       count(*) filter (where f.due_order >= ${at} and f.due_order < ${week})::int as "dueIn7Days",
       count(*) filter (where f.kev and f.fix_available = 'yes')::int as "kevFixable"
     from finding f where ${conditions} group by f.team
     order by f.team is null, overdue desc, open desc, f.team limit ${TEAMS_SHOWN}`,
    values.values,
  );
}
