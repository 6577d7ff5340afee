import type { ResourceId } from '../../core/model/ids.ts';
import type { IntendedExposure, NewIntendedExposure, WidenedExposure } from '../../core/model/intended.ts';
import { appendEvents } from '../finding-events.ts';
import type { Sql } from '../sql.ts';
import { type EndedDecision, endedEvent, openAgain, RETURNED } from '../suppression/end-decisions.ts';
import { toJson } from '../to-json.ts';
import { resumedAt } from '../triage/change-sql.ts';

/** `intended_exposure i` is in force: its `finding f` is accepted by the act of the mark's own time. */
export const IN_FORCE = `f.team_status = 'accepted' and f.team_status_at = i.marked_at`;

/** Writes down what the acceptance means that the finding was just given. */
export async function markIntended(sql: Sql, mark: NewIntendedExposure): Promise<void> {
  const { finding, owner, markedBy, reason, extent } = mark;
  const added = await sql.query(MARK, [finding, owner, markedBy, reason, toJson(extent)]);
  if (added.length === 0) {
    throw new Error(`the finding ${finding} is not accepted`);
  }
}

export function intendedExposures(sql: Sql, resources: readonly ResourceId[]): Promise<readonly IntendedExposure[]> {
  return sql.query<IntendedExposure>(OF_RESOURCES, [resources]);
}

/** Opens again what is wider than was meant, and tells it to the history of each; what is not in force any more is left alone. */
export async function widenIntended(sql: Sql, widened: readonly WidenedExposure[], now: Date): Promise<void> {
  const sentences = new Map(widened.map(({ intended, sentence }) => [intended.finding as string, sentence]));
  const rows = [...sentences].map(([key, sentence]) => ({ key, sentence }));
  const opened = await sql.query<EndedDecision & { key: string }>(WIDEN, [toJson(rows), now]);
  await appendEvents(
    sql,
    opened.map((row) => ({ ...endedEvent(row, 'status', sentences.get(row.key) ?? ''), cause: 'scan' })),
    now,
  );
}

const MARK = `
insert into intended_exposure (finding_id, marked_at, marked_by, owner, reason, until, extent)
select f.id, f.team_status_at, $3::text, $2::text, $4::text, f.accepted_until, $5::jsonb
from finding f where f.key = $1::uuid and f.team_status = 'accepted'
returning 1`;

const OF_RESOURCES = `
select encode(uuid_send(f.key), 'hex') as finding, i.owner, i.marked_by as "markedBy", i.marked_at as "markedAt", i.reason,
  i.extent, r.key as resource, r.name as "resourceName",
  f.account_id as "accountId", c.network
from intended_exposure i join finding f on f.id = i.finding_id and ${IN_FORCE}
join resource r on r.id = f.resource_id join finding_content c on c.hash = f.content
where r.key = any($1::text[])
order by f.id`;

// The clock of the due date runs on from here.
const WIDEN = `
with wider as (
  select f.id, f.status, f.team_status, i.marked_at, w.sentence
  from jsonb_to_recordset($1::jsonb) as w(key uuid, sentence text)
  join finding f on f.key = w.key join intended_exposure i on i.finding_id = f.id and ${IN_FORCE}
), noted as (
  update intended_exposure i set widened_at = $2::timestamptz, widened = w.sentence
  from wider w where i.finding_id = w.id and i.marked_at = w.marked_at
), changed as (
  update finding f set ${openAgain('$2::timestamptz')}, ${resumedAt('$2::timestamptz')}
  from wider d where f.id = d.id
  returning ${RETURNED}, f.key
)
select id::text as id, encode(uuid_send(key), 'hex') as key, status_before, status, severity, score, team_before, team
from changed order by changed.id`;
