import { appendEvents, type NewFindingEvent } from '../finding-events.ts';
import { KEEP_ORDERS, type Sql } from '../sql.ts';
import { resumedAt } from '../triage/change-sql.ts';

/** A finding as a decision about it has ended. */
export interface EndedDecision {
  readonly id: string;
  readonly status: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED';
  readonly status_before: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED';
  readonly severity: string;
  readonly score: number | null;
  readonly team: string;
  readonly team_before: string;
}

/**
 * Opens what was accepted or put off until a day that has come, at most so many of each, and tells it to the history of each;
 * returns how many. A closed finding takes no step: it only is not accepted any more when it comes back.
 */
export async function endDecisions(sql: Sql, limit: number, now: Date): Promise<number> {
  const accepted = await sql.query<EndedDecision>(END_ACCEPTED, [now, limit]);
  const snoozed = await sql.query<EndedDecision>(END_SNOOZED, [now, limit]);
  await appendEvents(
    sql,
    [
      ...accepted.map((row) => endedEvent(row, 'status', 'The acceptance has ended.')),
      ...snoozed.map((row) => endedEvent(row, 'snooze', 'The day until which it was put off has come.')),
    ].filter(({ before }) => before?.status !== 'CLOSED'),
    now,
  );
  return accepted.length + snoozed.length;
}

export function endedEvent(row: EndedDecision, kind: 'status' | 'snooze', detail: string): NewFindingEvent {
  const { id, severity, score } = row;
  return {
    finding: { id },
    kind,
    cause: 'person',
    actor: 'harrier',
    detail,
    before: { status: row.status_before, severity, score, team: row.team_before },
    after: { status: row.status, severity, score, team: row.team },
  };
}

/** To be returned by an update of `finding f` from `d`, the same as it was: see EndedDecision. */
export const RETURNED = `f.id, d.status as status_before, f.status, f.severity, f.score, d.team_status as team_before, f.team_status as team`;

/** What an update of `finding f` sets to end an acceptance, without the due date. */
export function openAgain(at: string): string {
  return `team_status = 'open', accepted_until = null, status_reason = null, updated_at = ${at}, team_status_at = ${at},
    paused_since = null, version = f.version + 1,
    status = case when f.closed_at is not null then 'CLOSED' when f.suppressed_by is not null then 'SUPPRESSED' else 'ACTIVE' end`;
}

// The clock of the due date runs on from the end that was agreed, however late somebody looks.
// Whoever is writing one of these findings decides about it first; it is looked at again in the next round.
const END_ACCEPTED = `
with due as (
  select id, status, team_status, team_status_at from finding
  where team_status = 'accepted' and accepted_until <= $1::timestamptz
  order by id limit $2::int for update skip locked
), intended as (
  update intended_exposure i set ended_at = $1::timestamptz
  from due d where i.finding_id = d.id and i.marked_at = d.team_status_at
), changed as (
  update finding f set ${openAgain('$1::timestamptz')}, ${resumedAt('f.accepted_until')}
  from due d where f.id = d.id
  returning ${RETURNED}
)
select id::text as id, status_before, status, severity, score, team_before, team from changed order by changed.id`;

const END_SNOOZED = `
with due as (
  select id, status, team_status from finding where snoozed_until <= $1::timestamptz
  order by id limit $2::int for update skip locked
), changed as (
  update finding f set snoozed_until = null, updated_at = $1::timestamptz, version = f.version + 1, ${KEEP_ORDERS}
  from due d where f.id = d.id
  returning ${RETURNED}
)
select id::text as id, status_before, status, severity, score, team_before, team from changed order by changed.id`;

/** `$1` now. Whether there is anything to end. */
export const DECISIONS_DUE = `
exists (select from finding where snoozed_until <= $1::timestamptz)
or exists (select from finding where team_status = 'accepted' and accepted_until <= $1::timestamptz)`;
