import type { ActLane, ActProgress, NewTriageAct } from '../../core/ports/triage-store.ts';
import { parameters } from '../queries/parameters.ts';
import type { Sql } from '../sql.ts';
import { actReport } from './act-report.ts';
import { BEFORE, type ChangeSql, changeSql, undoSql } from './change-sql.ts';

/** Findings of one step: enough that the triggers on counts and history pay once for many, few enough to hold locks briefly. */
const STEP = 5_000;

interface ActRow {
  readonly kind: NewTriageAct['change']['kind'] | 'undo';
  readonly actor: string;
  readonly what: unknown;
  readonly undoes: string | null;
  /** Of the act that is undone. */
  readonly kind_before: string | null;
  readonly findings: number;
  readonly done: number;
  readonly ended_at: Date | null;
}

const WHOLE: ActLane = { index: 0, of: 1, after: null };

/**
 * Does the next findings of an act, in the surrounding transaction. A row that is done or skipped says so, hence whoever
 * comes after a break goes on with the others. Two who work on the same findings take turns at their resources.
 */
export async function advanceAct(sql: Sql, actId: string, now: Date, lane: ActLane = WHOLE): Promise<ActProgress> {
  await shareAct(sql, actId);
  const [act] = await sql.query<ActRow>(ACT, [actId]);
  if (act === undefined || act.ended_at !== null) {
    return { done: act?.findings ?? 0, total: act?.findings ?? 0, ended: true, next: null };
  }
  // The locks that scans take too, in the same order: nobody decides about these resources meanwhile.
  await sql.query(LOCK_RESOURCES, [actId, lane.after ?? '0', lane.of, lane.index]);
  const { text, values } = stepStatement(actId, act, now, lane);
  const [step] = await sql.query<{ n: number; reached: string | null }>(text, values);
  const [noted] = await sql.query<{ done: number; ended: boolean }>(NOTE_STEP, [actId, step?.n ?? 0, now]);
  const { done, ended } = noted ?? { done: act.done, ended: false };
  if (ended) {
    const report = await actReport(sql, actId, now);
    await sql.query(KEEP_REPORT, [actId, JSON.stringify(report)]);
  }
  // Rows that somebody wrote in between stay behind, and are found by going through the lane again.
  return { done, total: act.findings, ended, next: step?.reached ?? null };
}

function stepStatement(actId: string, act: ActRow, now: Date, lane: ActLane) {
  const values = parameters();
  const what = act.what as NewTriageAct;
  const sql = act.kind === 'undo' ? undoSql() : changeSql(revived(what), now, values);
  const isComment = act.kind === 'comment' || act.kind_before === 'comment';
  const id = values.add(actId, 'uuid');
  const at = values.add(now, 'timestamptz(3)');
  const actor = values.add(act.actor, 'text');
  const detail = values.add(what.detail, 'text');
  const isUndo = act.kind === 'undo';
  const undone = isUndo
    ? `join triage_act_row o on o.act_id = ${values.add(act.undoes, 'uuid')} and o.finding_id = r.finding_id`
    : '';
  const skip = sql.skip === '' ? 'null' : `case ${sql.skip} end`;
  const text = `
    with todo as materialized (
      select r.act_id, r.finding_id, r.expected, ${isUndo ? 'o.before' : 'null::jsonb'} as undo, f.*
      from triage_act_row r ${undone} left join finding f on f.id = r.finding_id
      where r.act_id = ${id} and r.finding_id > ${values.add(lane.after ?? '0', 'bigint')} and r.version_after is null
        and r.skipped is null and ${inLane(values.add(lane.of, 'int'), values.add(lane.index, 'int'))}
      order by r.finding_id limit ${STEP}
    ), judged as materialized (
      select j.*, case when j.id is null then 'not-found'
        when ${isComment ? 'false' : 'j.expected <> j.version'} then 'changed' else ${skip} end as skip
      from todo j
    ), ${isComment ? COMMENTED : changed(sql, at)}, outcome as (
      select act_id, finding_id, null as skip, version, before from changed
      union all
      select act_id, finding_id, skip, null, null from judged where skip is not null
    ), marked as (
      update triage_act_row r set skipped = o.skip, version_after = o.version, before = o.before
      from outcome o
      where r.act_id = o.act_id and r.finding_id = o.finding_id and r.version_after is null and r.skipped is null
      returning 1
    )${act.kind === 'comment' ? standing(id) : ''}, told as (
      insert into finding_event (finding_id, at, kind, cause, actor, detail, status, status_before, severity, score, team,
        team_before, account_id, region, resource_kind, environment)
      select c.finding_id, greatest(${at}, late.at), '${sql.eventKind}', 'person', ${actor}, ${detail}, c.status,
        nullif(c.status_before, c.status), c.severity, coalesce(round(c.score * 10), -1),
        nullif(c.team_status, c.team_before), nullif(c.team_before, c.team_status), c.account_id, c.region, c.kind,
        c.environment
      from changed c ${late('c.finding_id', at)}
      order by c.finding_id
      returning 1
    )
    select (select count(*)::int from marked) as n, max(finding_id)::text as reached from todo`;
  return { text, values: values.values };
}

/** Dates went through JSON. */
function revived(act: NewTriageAct): NewTriageAct {
  const { change } = act;
  return 'until' in change && change.until !== null
    ? { ...act, change: { ...change, until: new Date(change.until) } }
    : act;
}

// Each part hands on all that the next needs, and joins no other part: of those PostgreSQL knows no sizes, and a wrong guess
// would compare every row with every other.
const AFTER = (alias: string): string =>
  ['version', 'status', 'team_status', 'severity', 'score', 'account_id', 'region', 'kind', 'environment']
    .map((column) => `${alias}.${column}`)
    .join(', ');
const OF_BEFORE = `j.act_id, j.finding_id, j.status as status_before, j.team_status as team_before, ${BEFORE} as before`;

// Whoever changes a finding without the resource's lock raises its version: the row then waits for the next step.
function changed({ set }: ChangeSql, at: string): string {
  return `changed as (
      update finding f set ${set}, version = f.version + 1, updated_at = ${at}
      from judged j where f.id = j.finding_id and j.skip is null and f.version = j.version
      returning ${OF_BEFORE}, ${AFTER('f')}
    )`;
}

/** A comment changes nothing about the finding, and no list that shows it is out of date because of it. */
const COMMENTED = `changed as (
      select ${OF_BEFORE}, ${AFTER('j')} from judged j where j.skip is null
    )`;

function standing(id: string): string {
  return `, standing as (
      insert into finding_comment_on (finding_id, comment_id)
      select c.finding_id, m.id from changed c cross join (select id from finding_comment where act_id = ${id}) as m
      on conflict do nothing
    )`;
}

/** A clock that was set back does not put a step before the one that it follows. */
export function late(finding: string, at: string): string {
  return `left join lateral (
        select max(e.at) as at from finding_event e where e.finding_id = ${finding} and e.at > ${at}
      ) as late on true`;
}

const ACT_LOCKS = 7_316_404;

/** Steps of an act may go on side by side until the transaction ends, but not while somebody ends it. */
async function shareAct(sql: Sql, actId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock_shared($1::int, hashtext($2)) is null as held', [ACT_LOCKS, actId]);
}

/** Waits for the steps of an act, and lets none begin until the transaction ends. */
export async function holdAct(sql: Sql, actId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1::int, hashtext($2)) is null as held', [ACT_LOCKS, actId]);
}

/** What is no longer there belongs to the first lane. */
function inLane(of: string, index: string): string {
  return `coalesce(f.resource_id, 0) % ${of} = ${index}`;
}

const ACT = `
select a.kind, a.actor, a.what, a.undoes::text as undoes, a.findings, a.done, a.ended_at,
  (select o.kind from triage_act o where o.id = a.undoes) as kind_before
from triage_act a where a.id = $1::uuid`;

const LOCK_RESOURCES = `
select count(*)::int as n from (
  select 1 from resource where id in (
    select f.resource_id from triage_act_row r left join finding f on f.id = r.finding_id
    where r.act_id = $1::uuid and r.finding_id > $2::bigint and r.version_after is null and r.skipped is null
      and ${inLane('$3::int', '$4::int')}
    order by r.finding_id limit ${STEP})
  order by key for no key update
) as locked`;

// Last, so that lanes wait for each other no longer than it takes to end a transaction.
const NOTE_STEP = `
update triage_act set done = done + $2::int, ended_at = case when done + $2::int >= findings then $3::timestamptz end
where id = $1::uuid returning done, ended_at is not null as ended`;

const KEEP_REPORT = 'update triage_act set report = $2::jsonb where id = $1::uuid';
