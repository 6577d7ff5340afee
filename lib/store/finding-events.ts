import type { CloseReason, FindingStatus } from '../core/model/finding.ts';
import type { EventCause, EventKind } from '../core/model/history.ts';
import type { Origin } from '../core/model/resource.ts';
import type { FindingBefore, FindingColumns } from './finding-rows.ts';
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
  /** The row's number, or its key where the number is not known. */
  readonly finding: { readonly id: string } | { readonly key: string };
  readonly kind: EventKind;
  readonly cause: EventCause;
  /** An origin, a person's id, or `rule:<number>`. */
  readonly actor: string;
  /** A sentence, or empty where kind and states say it all. */
  readonly detail: string;
  /** As it was stored before the step; null where there was nothing: `open` and `arrive`. */
  readonly before: FollowedState | null;
  /** Left out: as it is stored now. To be given where another step follows in the same transaction. */
  readonly after?: FollowedState;
  /** Left out: as it is stored now. */
  readonly place?: EventPlace;
}

const CHUNK = 5_000;
const NO_SCORE = -1;

/** Why a finding closed, in the words of history. */
export const CAUSE_OF_CLOSE: Readonly<Record<CloseReason, EventCause>> = {
  remediated: 'fix',
  'advisory-changed': 'data-correction',
  'resource-removed': 'resource-removed',
};

const CLOSE_DETAILS: Readonly<Record<CloseReason, string>> = {
  remediated: 'A complete scan no longer sees it.',
  'advisory-changed': 'The advisory was withdrawn, or no longer covers the installed packages.',
  'resource-removed': 'The resource was removed.',
};

export function openEvent(after: FindingColumns, origin: Origin, cause: EventCause): NewFindingEvent {
  const what = after.package_name === '' ? after.vulnerability_id : `${after.package_name} ${after.package_version}`;
  const opened: FollowedState = { status: 'ACTIVE', severity: after.severity, score: after.score, team: 'open' };
  return {
    finding: { key: after.key },
    kind: 'open',
    cause,
    actor: origin,
    detail: `First seen: ${what}.`,
    before: null,
    after: opened,
  };
}

export function reopenEvent(before: FindingBefore, origin: Origin, cause: EventCause): NewFindingEvent {
  const since =
    before.closed_at === null ? '' : ` after it was closed on ${before.closed_at.toISOString().slice(0, 10)}`;
  const detail = `Seen again${since}.`;
  return { finding: { id: before.id }, kind: 'reopen', cause, actor: origin, detail, before: followed(before) };
}

/** Null when nothing changed that a person follows: severity, score or fix. */
export function refreshEvent(
  before: FindingBefore,
  after: FindingColumns,
  origin: Origin,
  cause: EventCause,
): NewFindingEvent | null {
  const parts: string[] = [];
  if (before.severity !== after.severity) {
    parts.push(`severity ${before.severity} to ${after.severity}`);
  }
  if (before.score !== after.score) {
    parts.push(`score ${before.score ?? 'none'} to ${after.score ?? 'none'}`);
  }
  const isRescored = parts.length > 0;
  if (before.fixed_version !== after.fixed_version) {
    parts.push(`fixed version ${before.fixed_version ?? 'none'} to ${after.fixed_version ?? 'none'}`);
  }
  if (parts.length === 0) {
    return null;
  }
  return {
    finding: { id: before.id },
    kind: 'refresh',
    cause: isRescored ? 're-score' : cause,
    actor: origin,
    detail: `Changed: ${parts.join(', ')}.`,
    before: followed(before),
  };
}

/** `before` is the stored finding, or the columns of one that opened and ended before it was told. */
export function closeEvent(
  before: FindingBefore | FindingColumns,
  reason: CloseReason,
  origin: Origin,
): NewFindingEvent {
  return {
    finding: { key: before.key },
    kind: 'close',
    cause: CAUSE_OF_CLOSE[reason],
    actor: origin,
    detail: CLOSE_DETAILS[reason],
    before:
      'status' in before
        ? followed(before)
        : { status: 'ACTIVE', severity: before.severity, score: before.score, team: 'open' },
  };
}

function followed({ status, severity, score, team_status }: FindingBefore): FollowedState {
  return { status, severity, score, team: team_status };
}

/**
 * Adds the events, in their order, to the history of findings that are stored already; a finding that is not stored has no
 * history. Triggers add them to the chain and to the kept flow of each day. A clock that was set back does not put a step
 * before the one that it follows.
 */
export async function appendEvents(sql: Sql, events: readonly NewFindingEvent[], now: Date): Promise<void> {
  for (const chunk of inChunks(events, CHUNK)) {
    await sql.query(APPEND, [toJson(chunk.map(toRow)), now]);
  }
}

/** Nulls are left to the database: it knows what is stored now. Scores travel in tenths. */
function toRow({ finding, kind, cause, actor, detail, place, before, after }: NewFindingEvent) {
  return [
    'id' in finding ? finding.id : null,
    'key' in finding ? finding.key : null,
    kind,
    cause,
    actor,
    detail,
    after?.status ?? null,
    before?.status ?? null,
    after?.severity ?? null,
    before?.severity ?? null,
    after === undefined ? null : tenths(after.score),
    before === null ? null : tenths(before.score),
    after?.team ?? null,
    before?.team ?? null,
    ...(place === undefined ? [] : [place.accountId, place.region, place.kind, place.environment]),
  ];
}

function tenths(score: number | null): number {
  return score === null ? NO_SCORE : Math.round(score * 10);
}

// A value before is kept only where the step changed it. The greatest time after `now` is looked for in the index alone,
// and nearly always not there.
const APPEND = `
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, status_before, severity, severity_before,
  score, score_before, team, team_before, account_id, region, resource_kind, environment)
select id, at, kind, cause, actor, detail, status, nullif(status_before, status), severity, nullif(severity_before, severity),
  score, nullif(score_before, score), case when team_before <> team then team end, nullif(team_before, team), account_id,
  region, resource_kind, environment
from (
  select given.n, f.id, greatest($2::timestamptz, late.at) as at, r ->> 2 as kind, r ->> 3 as cause, r ->> 4 as actor,
    r ->> 5 as detail, coalesce(r ->> 6, f.status) as status, r ->> 7 as status_before,
    coalesce(r ->> 8, f.severity) as severity, r ->> 9 as severity_before,
    coalesce((r ->> 10)::smallint, round(f.score * 10)::smallint, ${NO_SCORE}::smallint) as score,
    (r ->> 11)::smallint as score_before, coalesce(r ->> 12, f.team_status) as team, r ->> 13 as team_before,
    coalesce(r ->> 14, f.account_id) as account_id, coalesce(r ->> 15, f.region) as region,
    coalesce(r ->> 16, f.kind) as resource_kind,
    case when r ->> 14 is null then f.environment else r ->> 17 end as environment
  from jsonb_array_elements($1::jsonb) with ordinality as given(r, n)
  cross join lateral (
    select * from finding where r ->> 0 is not null and id = (r ->> 0)::bigint
    union all
    select * from finding where r ->> 0 is null and key = (r ->> 1)::uuid
  ) as f
  left join lateral (
    select max(e.at) as at from finding_event e where e.finding_id = f.id and e.at > $2::timestamptz and r ->> 2 <> 'open'
  ) as late on true
) as steps
order by n`;
