import { AppError } from '../../core/model/app-error.ts';
import { ACT_FINDINGS_MAX } from '../../core/model/triage-act.ts';
import type { NewTriageAct, VisibleSelection } from '../../core/ports/triage-store.ts';
import { findingConditions, resolveNames } from '../queries/finding-conditions.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { holdAct } from './advance-act.ts';
import { addComment } from './comments.ts';

const EXAMPLES = 5;
const KEY = /^[0-9a-f]{32}$/;

/** Writes down the act and its findings. The same act asked for again, as after a lost answer, finds itself there. */
export async function beginAct(sql: Sql, act: NewTriageAct, selection: VisibleSelection, now: Date): Promise<number> {
  const { id, actor, change } = act;
  const added = await sql.query(ADD_ACT, [id, now, actor, change.kind, toJson(act)]);
  if (added.length === 0) {
    const [known] = await sql.query<{ findings: number }>(FINDINGS_OF, [id, actor]);
    if (known === undefined) {
      throw new AppError('conflict', 'This act was already used by somebody else. Do it again.');
    }
    return known.findings;
  }
  const findings =
    selection.kind === 'query' ? await addMatching(sql, id, selection, now) : await addSeen(sql, id, selection);
  if (findings > ACT_FINDINGS_MAX) {
    const most = ACT_FINDINGS_MAX.toLocaleString('en-US');
    throw new AppError('invalid-input', `More than ${most} findings match, too many for one act. Narrow the query.`);
  }
  if (change.kind === 'comment' && findings > 0) {
    await addComment(sql, { actId: id, author: actor, body: change.body, mentions: change.mentions }, now);
  }
  return findings;
}

/** An act is undone once: a second undo of it is not begun. Findings that it had not come to yet are left to nobody. */
export async function beginUndo(
  sql: Sql,
  { id, actor, of }: { readonly id: string; readonly actor: string; readonly of: string },
  now: Date,
): Promise<number | null> {
  await holdAct(sql, of);
  const begun = await sql.query<{ kind: string }>(MARK_UNDONE, [of, now]);
  if (begun.length === 0) {
    return null;
  }
  await sql.query(ADD_UNDO, [id, now, actor, of]);
  const [row] = await sql.query<{ n: number }>(ADD_UNDO_ROWS, [id, of]);
  await sql.query(REMOVE_COMMENT, [of, now]);
  return row?.n ?? 0;
}

/** Every finding that matches now: the list does not move while the act works through it. */
async function addMatching(
  sql: Sql,
  actId: string,
  { visible, criteria }: Extract<VisibleSelection, { kind: 'query' }>,
  now: Date,
): Promise<number> {
  const names = await resolveNames(sql, criteria);
  const values = parameters();
  const id = values.add(actId, 'uuid');
  const conditions = [
    ...scopeConditions(visible, values, 'f'),
    ...(criteria.statuses.length === 0 ? [] : [`f.status = any(${values.add(criteria.statuses, 'text[]')})`]),
    ...(criteria.severities.length === 0 ? [] : [`f.severity = any(${values.add(criteria.severities, 'text[]')})`]),
    ...findingConditions(criteria, names, values, now),
  ];
  const [row] = await sql.query<{ n: number }>(
    `with matching as (
       insert into triage_act_row (act_id, finding_id)
       select ${id}, f.id from finding f where ${all(conditions)} limit ${ACT_FINDINGS_MAX + 1}
       returning 1
     ), counted as (
       select count(*)::int as n from matching
     )
     update triage_act set findings = n from counted where id = ${id} returning n`,
    values.values,
  );
  return row?.n ?? 0;
}

/** The findings that a person picked, as far as they may see them. What is not there and what is not theirs look alike. */
async function addSeen(
  sql: Sql,
  actId: string,
  { visible, findings }: Extract<VisibleSelection, { kind: 'findings' }>,
): Promise<number> {
  const versions = new Map(findings.map(({ id, version }) => [id, version]));
  const wanted = [...versions].filter(([id]) => KEY.test(id)).map(([key, version]) => ({ key, version }));
  const values = parameters();
  const id = values.add(actId, 'uuid');
  const rows = values.add(toJson(wanted), 'jsonb');
  const conditions = scopeConditions(visible, values, 'f');
  const found = await sql.query<{ key: string }>(
    `with picked as (
       select f.id, f.key, r.version from jsonb_to_recordset(${rows}) as r(key uuid, version int)
       join finding f on f.key = r.key where ${all(conditions)}
     ), added as (
       insert into triage_act_row (act_id, finding_id, expected) select ${id}, p.id, p.version from picked p
     )
     select encode(uuid_send(key), 'hex') as key from picked`,
    values.values,
  );
  for (const { key } of found) {
    versions.delete(key);
  }
  const missing = { count: versions.size, examples: [...versions.keys()].slice(0, EXAMPLES) };
  await sql.query(NOTE_FINDINGS, [actId, found.length, toJson(missing)]);
  return found.length;
}

const ADD_ACT = `
insert into triage_act (id, at, actor, kind, what) values ($1::uuid, $2::timestamptz, $3::text, $4::text, $5::jsonb)
on conflict do nothing returning 1`;

const FINDINGS_OF = 'select findings from triage_act where id = $1::uuid and actor = $2::text';

const NOTE_FINDINGS = 'update triage_act set findings = $2::int, missing = $3::jsonb where id = $1::uuid';

const MARK_UNDONE = `
update triage_act set undone_at = $2::timestamptz, ended_at = coalesce(ended_at, $2::timestamptz)
where id = $1::uuid and undone_at is null returning kind`;

const ADD_UNDO = `
insert into triage_act (id, at, actor, kind, what, undoes)
select $1::uuid, $2::timestamptz, $3::text, 'undo', jsonb_build_object('detail', 'Undone: ' || (a.what ->> 'detail')), a.id
from triage_act a where a.id = $4::uuid`;

const ADD_UNDO_ROWS = `
with done as (
  insert into triage_act_row (act_id, finding_id, expected)
  select $1::uuid, finding_id, version_after from triage_act_row where act_id = $2::uuid and version_after is not null
  returning 1
), counted as (
  select count(*)::int as n from done
)
update triage_act set findings = n from counted where id = $1::uuid returning n`;

const REMOVE_COMMENT = `
update finding_comment set deleted_at = $2::timestamptz, body = '' where act_id = $1::uuid and deleted_at is null`;
