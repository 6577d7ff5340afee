import type { Sql } from '../sql.ts';

/** Rows of an act are kept this long beyond its end; undo asks for less. */
const ROWS_KEPT_MS = 3_600_000;
/** An act whose work was given up has ended by then. */
const GIVEN_UP_MS = 24 * 3_600_000;
/** Acts themselves, with what became of them. */
const ACTS_KEPT_MS = 7 * 24 * 3_600_000;
const ROWS_AT_ONCE = 20_000;

/**
 * Takes away what undo needed of acts that can no longer be undone, at most some thousands of rows at once. What was decided
 * stands in the history of each finding and in the activity record.
 */
export async function removeSpentActs(sql: Sql, now: Date): Promise<number> {
  const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  const [row] = await sql.query<{ n: number }>(REMOVE_ROWS, [before(ROWS_KEPT_MS), before(GIVEN_UP_MS)]);
  const rows = row?.n ?? 0;
  if (rows === 0) {
    await sql.query(REMOVE_ACTS, [before(ACTS_KEPT_MS)]);
  }
  return rows;
}

const REMOVE_ROWS = `
with spent as (
  select r.act_id, r.finding_id from triage_act a join triage_act_row r on r.act_id = a.id
  where a.ended_at < $1::timestamptz or a.ended_at is null and a.at < $2::timestamptz limit ${ROWS_AT_ONCE}
), gone as (
  delete from triage_act_row r using spent s where r.act_id = s.act_id and r.finding_id = s.finding_id returning 1
)
select count(*)::int as n from gone`;

// An undo goes with what it undid.
const REMOVE_ACTS = 'delete from triage_act where at < $1::timestamptz';
