import type { Sql } from '../sql.ts';
import { DECISIONS_DUE } from './end-decisions.ts';
import { DUE } from './rule-rows.ts';

/** Whether a rule, an acceptance or a snooze waits for the job that begins and ends them. */
export async function isDecisionDue(sql: Sql, now: Date, appliedBefore: Date): Promise<boolean> {
  const [row] = await sql.query<{ due: boolean }>(
    `select exists (select from suppression_rule where ${DUE}) or ${DECISIONS_DUE} as due`,
    [now, appliedBefore],
  );
  return row?.due ?? false;
}
