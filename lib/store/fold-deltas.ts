import type { Sql } from './sql.ts';

/** Rows of changes that one transaction folds: a second of work, so that no other session waits long for a row of counts. */
const FOLDED_AT_ONCE = 50_000;

/** Moves what changed about findings into the counts by group, until nothing is left. */
export async function foldDeltas(sql: Sql, now: Date): Promise<void> {
  for (;;) {
    const [row] = await sql.query<{ n: number }>('select finding_delta_fold($1::timestamptz, $2::int) as n', [
      now,
      FOLDED_AT_ONCE,
    ]);
    if ((row?.n ?? 0) < FOLDED_AT_ONCE) {
      return;
    }
  }
}
