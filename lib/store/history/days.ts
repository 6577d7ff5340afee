import { AppError } from '../../core/model/app-error.ts';
import type { Day } from '../../core/model/history.ts';
import type { Sql } from '../sql.ts';

const DAY_MS = 86_400_000;

/** Midnight (UTC) with which the day ends. */
export function endOf(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS);
}

/** The day (UTC) that is so many days after, or before where negative. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day whose end can be told. What came on the day after it is all there. */
export async function keptFrom(sql: Sql): Promise<Day | null> {
  const [row] = await sql.query<{ day: Day | null }>('select (kept_from - 1)::text as day from event_head');
  return row?.day ?? null;
}

/** Throws AppError for a day that retention has taken away: no figure is better than a wrong one. */
export async function requireKept(sql: Sql, day: Day): Promise<void> {
  const first = await keptFrom(sql);
  if (first !== null && day < first) {
    throw new AppError('invalid-input', `History is kept from ${first} on. Choose that day or a later one.`, { day });
  }
}
