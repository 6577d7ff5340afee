import type { VisibleScope } from '../../core/model/scope.ts';
import type { FindingComment } from '../../core/model/triage-act.ts';
import type { TriageStore } from '../../core/ports/triage-store.ts';
import { all, parameters } from '../queries/parameters.ts';
import { scopeConditions } from '../queries/scope-conditions.ts';
import type { Sql } from '../sql.ts';
import { toStorable } from '../to-json.ts';
import { late } from './advance-act.ts';

const COMMENTS_SHOWN = 500;
const KEY = /^[0-9a-f]{32}$/;
const ROW = /^\d{1,18}$/;

interface NewComment {
  readonly actId: string;
  readonly author: string;
  readonly body: string;
  readonly mentions: readonly string[];
}

/** One comment for all findings of the act; the act puts it on each of them. */
export async function addComment(sql: Sql, comment: NewComment, now: Date): Promise<void> {
  const { actId, author, body, mentions } = comment;
  const [row] = await sql.query<{ id: string }>(ADD, [actId, now, author, toStorable(body)]);
  if (row !== undefined && mentions.length > 0) {
    await sql.query(MENTION_FOR_ACT, [row.id, mentions, actId]);
  }
}

export async function commentsOn(
  sql: Sql,
  visible: VisibleScope,
  finding: string,
): Promise<readonly FindingComment[] | null> {
  if (!KEY.test(finding)) {
    return null;
  }
  const values = parameters();
  const conditions = [`f.key = ${values.add(finding, 'uuid')}`, ...scopeConditions(visible, values, 'f')];
  const [found] = await sql.query<{ id: string }>(
    `select f.id::text as id from finding f where ${all(conditions)}`,
    values.values,
  );
  return found === undefined ? null : await sql.query<FindingComment>(COMMENTS_ON, [found.id]);
}

export async function commentById(sql: Sql, id: string): ReturnType<TriageStore['comment']> {
  const [row] = ROW.test(id) ? await sql.query<{ author: string; at: Date; deleted: boolean }>(COMMENT, [id]) : [];
  return row ?? null;
}

export async function rewriteComment(
  sql: Sql,
  id: string,
  by: string,
  text: { readonly body: string; readonly mentions: readonly string[] } | null,
  now: Date,
): Promise<void> {
  await sql.query(text === null ? DELETE : EDIT, [id, now, toStorable(text?.body ?? '')]);
  await sql.query('delete from finding_comment_mention where comment_id = $1::bigint', [id]);
  if (text !== null && text.mentions.length > 0) {
    await sql.query(MENTION, [id, text.mentions]);
  }
  await sql.query(TELL, [id, now, by, text === null ? `Deleted comment ${id}.` : `Edited comment ${id}.`]);
}

const ADD = `
insert into finding_comment (act_id, at, author, body) values ($1::uuid, $2::timestamptz, $3::text, $4::text)
returning id::text as id`;

const MAY_SEE = (findings: string) => `
insert into finding_comment_mention (user_id, comment_id)
select u.id, $1::bigint from app_user u
where u.id = any($2::text[]) and not u.disabled
  and (u.all_accounts or exists (select from (${findings}) as f where f.account_id = any(u.accounts)))`;

/** Of the people named, those who may see one of the findings. */
const MENTION_FOR_ACT = MAY_SEE(
  'select account_id from triage_act_row r join finding f on f.id = r.finding_id where r.act_id = $3::uuid',
);
const MENTION = MAY_SEE(
  'select account_id from finding_comment_on o join finding f on f.id = o.finding_id where o.comment_id = $1::bigint',
);

export const MENTIONED = `
select u.name from finding_comment m join finding_comment_mention p on p.comment_id = m.id join app_user u on u.id = p.user_id
where m.act_id = $1::uuid order by u.name, u.id`;

const COMMENTS_ON = `
select m.id::text as id, m.at, m.author as "authorId", coalesce(u.name, m.author) as author, m.body,
  m.edited_at as "editedAt", m.deleted_at is not null as "isDeleted"
from finding_comment_on o join finding_comment m on m.id = o.comment_id left join app_user u on u.id = m.author
where o.finding_id = $1::bigint order by m.at, m.id limit ${COMMENTS_SHOWN}`;

const COMMENT = `
select author, at, deleted_at is not null as deleted from finding_comment where id = $1::bigint for update`;

const EDIT = `
update finding_comment set body = $3::text, edited_at = $2::timestamptz where id = $1::bigint and deleted_at is null`;

const DELETE = `
update finding_comment set body = $3::text, deleted_at = $2::timestamptz where id = $1::bigint and deleted_at is null`;

const TELL = `
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, severity, score, account_id, region,
  resource_kind, environment)
select c.id, greatest($2::timestamptz, late.at), 'comment', 'person', $3::text, $4::text, c.status, c.severity,
  coalesce(round(c.score * 10), -1), c.account_id, c.region, c.kind, c.environment
from finding_comment_on o join finding c on c.id = o.finding_id ${late('c.id', '$2::timestamptz')}
where o.comment_id = $1::bigint order by c.id`;
