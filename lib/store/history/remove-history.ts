import type { Day, Retention } from '../../core/model/history.ts';
import type { HistoryRemoval } from '../../core/ports/history-store.ts';
import type { Sql } from '../sql.ts';

export const RETENTION_SETTING = 'history-retention';

/**
 * Events are kept for a year and a month, because years are compared. A finding that closed is what people look up while the
 * fix is fresh; after a quarter its row goes and its steps stay.
 */
export const RETENTION_DEFAULTS: Retention = { eventDays: 400, closedFindingDays: 90 };

const DAYS_MIN = 1;
const DAYS_MAX = 36_500;
/** Rows of one step: a second or two of work, and locks for as long. */
const ROWS_MAX = 10_000;
const CONTENTS_MAX = 200_000;

/** Steps of the job that removes what got too old. Each is one transaction of its own where `sql` is the pool. */
export function createHistoryRemoval(sql: Sql): HistoryRemoval {
  const rowsOf = async (statement: string, values: readonly unknown[]) => {
    const [row] = await sql.query<{ n: number }>(statement, values);
    return row?.n ?? 0;
  };
  return {
    retention: () => readRetention(sql),
    keepFrom: async (day: Day) => void (await sql.query(KEEP_FROM, [day])),
    expireEvents: (before, reason, now) => rowsOf(EXPIRE_EVENTS, [before, ROWS_MAX, reason, now]),
    expireFlows: () => rowsOf(EXPIRE_FLOWS, [ROWS_MAX]),
    removeClosedFindings: (closedBefore) => rowsOf(REMOVE_CLOSED, [closedBefore, ROWS_MAX]),
    removeUnusedContents: () => rowsOf(REMOVE_CONTENTS, [CONTENTS_MAX]),
  };
}

/** The setting where somebody made one; a value that is none counts as the default. */
async function readRetention(sql: Sql): Promise<Retention> {
  const [row] = await sql.query<{ value: unknown }>('select value from setting where name = $1::text', [
    RETENTION_SETTING,
  ]);
  const value = typeof row?.value === 'object' && row.value !== null ? row.value : {};
  return {
    eventDays: daysOf(value, 'eventDays'),
    closedFindingDays: daysOf(value, 'closedFindingDays'),
  };
}

function daysOf(value: object, name: keyof Retention): number {
  const days: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  const isDays = typeof days === 'number' && Number.isInteger(days) && days >= DAYS_MIN && days <= DAYS_MAX;
  return isDays ? days : RETENTION_DEFAULTS[name];
}

/** Never earlier than before, because what is gone stays gone, and not at all where there is nothing to go. */
const KEEP_FROM = `
update event_head set kept_from = $1::date
where (kept_from is null or kept_from < $1::date) and exists (
  select from event_block where source = 'finding_event' and pruned < events and at < $1::date::timestamp at time zone 'UTC')`;

const EXPIRE_EVENTS = `select history_expire($1::timestamptz, $2::int, $3::text, $4::timestamptz) as n`;

const EXPIRE_FLOWS = `
with gone as (
  delete from finding_flow where id in (
    select w.id from finding_flow w, event_head h where w.day < h.kept_from limit $1::int) returning 1
)
select count(*)::int as n from gone`;

// The sample estate stays whole until it is removed. What the removed findings had added to each day is noted beside it, so
// that a list of that day can say how many it misses.
const REMOVE_CLOSED = `
with gone as (
  delete from finding where id in (
    select f.id from finding f
    where f.status = 'CLOSED' and f.closed_at < $1::timestamptz
      and not exists (select from resource r where r.id = f.resource_id and r.sample)
    order by f.closed_at limit $2::int for update skip locked)
  returning id
), noted as (
  insert into finding_flow (day, account_id, region, kind, environment, severity, step, cause, active_in, active_out,
    suppressed_in, suppressed_out, removed)
  select (e.at at time zone 'UTC')::date, e.account_id, e.region, e.resource_kind, coalesce(e.environment, ''), side.severity,
    e.kind, e.cause, 0, 0, 0, 0, sum(side.n)
  from gone g join finding_event e on e.finding_id = g.id
  cross join lateral (values
    (e.severity, (e.status = 'ACTIVE' and e.kind <> 'leave')::int),
    (coalesce(e.severity_before, e.severity),
      -(coalesce(e.status_before, e.status) = 'ACTIVE' and e.kind not in ('open', 'arrive'))::int)
  ) as side(severity, n)
  group by 1, 2, 3, 4, 5, 6, 7, 8
  having sum(side.n) <> 0
)
select count(*)::int as n from gone`;

// Finding out reads every finding once, so this step is larger than the others.
const REMOVE_CONTENTS = `
with gone as (
  delete from finding_content where used_on < current_date - 1 and hash in (
    select c.hash from finding_content c
    where c.used_on < current_date - 1 and not exists (select from finding f where f.content = c.hash) limit $1::int)
  returning 1
)
select count(*)::int as n from gone`;
