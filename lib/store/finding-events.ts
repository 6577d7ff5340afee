import type { CloseReason, FindingStatus } from '../core/model/finding.ts';
import type { EventCause, EventKind } from '../core/model/history.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { toJson } from './to-json.ts';

/** What history follows of a finding. `team` is the team's own status. */
export interface FollowedState {
  readonly status: FindingStatus;
  readonly severity: string;
  readonly score: number | null;
  readonly team: string;
}

/** The resource's facts that an event repeats. */
export interface EventPlace {
  readonly accountId: string;
  readonly region: string;
  readonly kind: string;
  readonly environment: string | null;
}

/** One step of one finding's life. */
export interface NewFindingEvent {
  /** The row's number, or its key where the number is not known yet. */
  readonly finding: { readonly id: string } | { readonly key: string };
  readonly kind: EventKind;
  readonly cause: EventCause;
  /** An origin, a person's id, or `rule:<number>`. */
  readonly actor: string;
  /** A sentence, or empty where kind and states say it all. */
  readonly detail: string;
  readonly place: EventPlace;
  /** Null where there was nothing before: `open` and `arrive`. */
  readonly before: FollowedState | null;
  readonly after: FollowedState;
}

const CHUNK = 5_000;
const NO_SCORE = -1;

/** Why a finding closed, in the words of history. */
export const CAUSE_OF_CLOSE: Readonly<Record<CloseReason, EventCause>> = {
  remediated: 'fix',
  'advisory-changed': 'data-correction',
  'resource-removed': 'resource-removed',
};

export const CLOSE_DETAILS: Readonly<Record<CloseReason, string>> = {
  remediated: 'A complete scan no longer sees it.',
  'advisory-changed': 'The advisory was withdrawn, or no longer covers the installed packages.',
  'resource-removed': 'The resource was removed.',
};

/**
 * Adds the events, in their order, to the history of findings that are stored already; a finding that is named by its key
 * and is not stored has no history. Triggers add them to the chain and to the kept flow of each day. A clock that was set
 * back does not put a step before the one that it follows.
 */
export async function appendEvents(sql: Sql, events: readonly NewFindingEvent[], now: Date): Promise<void> {
  for (const chunk of inChunks(events, CHUNK)) {
    await sql.query(APPEND, [toJson(chunk.map(toRow)), now]);
  }
}

function toRow({ finding, kind, cause, actor, detail, place, before, after }: NewFindingEvent) {
  const changed = <K extends keyof FollowedState>(name: K) =>
    before === null || before[name] === after[name] ? null : before[name];
  const scoreBefore = changed('score');
  const scoreMoved = before !== null && before.score !== after.score;
  const teamMoved = before !== null && before.team !== after.team;
  return [
    'id' in finding ? finding.id : null,
    'key' in finding ? finding.key : null,
    kind,
    cause,
    actor,
    detail,
    after.status,
    changed('status'),
    after.severity,
    changed('severity'),
    tenths(after.score),
    scoreMoved ? tenths(scoreBefore) : null,
    teamMoved ? after.team : null,
    changed('team'),
    place.accountId,
    place.region,
    place.kind,
    place.environment,
  ];
}

function tenths(score: number | null): number {
  return score === null ? NO_SCORE : Math.round(score * 10);
}

// Scores travel in tenths. The greatest time after `now` is looked for in the index alone, and nearly always not there.
const APPEND = `
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, status_before, severity, severity_before,
  score, score_before, team, team_before, account_id, region, resource_kind, environment)
select f.id, greatest($2::timestamptz, late.at), r ->> 2, r ->> 3, r ->> 4, r ->> 5, r ->> 6, r ->> 7, r ->> 8, r ->> 9,
  (r ->> 10)::smallint, (r ->> 11)::smallint, r ->> 12, r ->> 13, r ->> 14, r ->> 15, r ->> 16, r ->> 17
from jsonb_array_elements($1::jsonb) with ordinality as given(r, n)
cross join lateral (
  select (r ->> 0)::bigint as id where r ->> 0 is not null
  union all
  select id from finding where r ->> 0 is null and key = (r ->> 1)::uuid
) as f
left join lateral (
  select max(e.at) as at from finding_event e where e.finding_id = f.id and e.at > $2::timestamptz and r ->> 2 <> 'open'
) as late on true
order by given.n`;
