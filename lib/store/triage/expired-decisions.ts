import type { Sql } from '../sql.ts';
import { late } from './advance-act.ts';
import { resumedAt, statusAfter } from './change-sql.ts';

const STEP = 5_000;

/**
 * Ends acceptances and snoozes whose time has passed, in steps of their own; says how many. An acceptance ends at the moment
 * that was agreed, however late somebody looks: the clock of its due date runs on from there. Each step is one statement, and
 * a row that somebody changed meanwhile is looked at anew.
 */
export async function endExpiredDecisions(sql: Sql, now: Date): Promise<number> {
  let ended = 0;
  for (const statement of [END_ACCEPTANCES, END_SNOOZES]) {
    for (let step = STEP; step === STEP; ) {
      const [row] = await sql.query<{ n: number }>(statement, [now]);
      step = row?.n ?? 0;
      ended += step;
    }
  }
  return ended;
}

const told = (kind: string, detail: string): string => `
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, status_before, severity, score, team, team_before,
  account_id, region, resource_kind, environment)
select c.id, greatest($1::timestamptz, late.at), '${kind}', 'person', 'harrier', '${detail}', c.status,
  nullif(c.status_before, c.status), c.severity, coalesce(round(c.score * 10), -1), nullif(c.team_status, c.team_before),
  nullif(c.team_before, c.team_status), c.account_id, c.region, c.kind, c.environment
from changed c ${late('c.id', '$1::timestamptz')}
order by c.id
returning 1`;

const RETURNING = `
returning due.status as status_before, due.team_status as team_before, f.id, f.status, f.team_status, f.severity, f.score, f.account_id, f.region, f.kind, f.environment`;

const END_ACCEPTANCES = `
with due as materialized (
  select id, status, team_status, accepted_until from finding
  where accepted_until <= $1::timestamptz order by id limit ${STEP} for update
), changed as (
  update finding f set team_status = 'open', status_reason = null, accepted_until = null,
    team_status_at = $1::timestamptz, paused_since = null, ${resumedAt('due.accepted_until')},
    status = ${statusAfter("'open'", 'f')}, version = f.version + 1, updated_at = $1::timestamptz
  from due where f.id = due.id ${RETURNING}
), told as (${told('status', 'The time for which the risk was accepted has ended.')})
select count(*)::int as n from due`;

const END_SNOOZES = `
with due as materialized (
  select id, status, team_status from finding
  where snoozed_until <= $1::timestamptz order by id limit ${STEP} for update
), changed as (
  update finding f set snoozed_until = null, version = f.version + 1, updated_at = $1::timestamptz
  from due where f.id = due.id ${RETURNING}
), told as (${told('snooze', 'The snooze has ended.')})
select count(*)::int as n from due`;
