import { AppError } from '../../core/model/app-error.ts';
import { MAIL_DAYS, type MailHealth, type MailServer } from '../../core/model/mail.ts';
import type { DueNotice, MailStore, UnplannedNotice } from '../../core/ports/mail-store.ts';
import { seal, unseal } from '../sealed.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';

/** `secret` is the installation's own; without one no password can be kept or opened. */
export function createMailStore(sql: Sql, secret: string | null): MailStore {
  return {
    async server() {
      const [row] = await sql.query<MailServer & { readonly hasPassword: boolean }>(
        `select ${FIELDS}, sealed is not null as "hasPassword" from mail_server`,
      );
      return row ?? null;
    },
    async health() {
      const [row] = await sql.query<MailHealth>(HEALTH);
      return row ?? { lastSentAt: null, lastError: null, lastErrorAt: null, waiting: 0, failed: 0 };
    },
    async save(server, password, by, now) {
      const { host, port, tls, username, sender, url } = server;
      const sealed = password == null ? null : seal(password, purposeOf(server), secret);
      const values = [host, port, tls, username, sender, url, sealed, password === undefined, by, now];
      await sql.query(SAVE, values);
      await sql.query(TRY_AGAIN, [now]);
    },
    async remove() {
      const removed = await sql.query('delete from mail_server returning 1');
      await sql.query(`update notice_mail set state = 'skipped' where state in ('waiting', 'sending')`);
      return removed.length > 0;
    },
    async open() {
      const [row] = await sql.query<MailServer & { readonly sealed: Uint8Array | null }>(
        `select ${FIELDS}, sealed from mail_server`,
      );
      if (row === undefined) return null;
      const { sealed, ...server } = row;
      if (sealed === null) return { ...server, password: null };
      const password = unseal(sealed, purposeOf(server), secret);
      if (password === null) {
        throw new AppError(
          'unavailable',
          'The password of the mail server was kept under another HARRIER_SECRET and cannot be read. Enter it again under Settings, Mail.',
        );
      }
      return { ...server, password };
    },
    unplanned: (limit, now) => sql.query<UnplannedNotice>(UNPLANNED, [limit, now]),
    async plan(mails) {
      if (mails.length > 0) await sql.query(PLAN, [toJson(mails)]);
    },
    async replan(userId) {
      await sql.query(REPLAN, [userId]);
    },
    async isDue(now) {
      const rows = await sql.query(`select 1 ${DUE} limit 1`, [now]);
      return rows.length > 0;
    },
    due: (limit, now) =>
      sql.query<DueNotice>(`${DUE_FIELDS} ${DUE} order by m.user_id, m.notice_id limit $2::int`, [now, limit]),
    async claim(ids, until, now) {
      const rows = await sql.query<{ id: string }>(CLAIM, [ids, until, now]);
      return rows.map(({ id }) => id);
    },
    async sent(ids, now) {
      await sql.query(SENT, [ids, now]);
      await sql.query('update mail_server set last_sent_at = $1::timestamptz, retry_at = null', [now]);
    },
    async dismiss(ids) {
      await sql.query(`update notice_mail set state = 'skipped', error = null where notice_id = any($1::bigint[])`, [
        ids,
      ]);
    },
    async postpone(ids, nextAt) {
      await sql.query(POSTPONE, [ids, nextAt]);
    },
    async refused(ids, reason, nextAt, now) {
      await sql.query(REFUSED, [ids, reason, nextAt, now]);
      await sql.query(ERROR, [reason, now]);
    },
    async serverFailed(reason, retryAt, now) {
      await sql.query(ERROR, [reason, now]);
      await sql.query('update mail_server set retry_at = $1::timestamptz', [retryAt]);
    },
    async expire(now) {
      const rows = await sql.query(EXPIRE, [now]);
      return rows.length;
    },
  };
}

/** A sealed password is of no use for another server or name. */
function purposeOf({ host, port, username }: MailServer): string {
  return `mail ${host} ${port} ${username}`;
}

const FIELDS = 'host, port, tls, username, sender, url';
const OPEN = `('waiting', 'sending')`;

const HEALTH = `
select s.last_sent_at as "lastSentAt", s.last_error as "lastError", s.last_error_at as "lastErrorAt",
  (select count(*)::int from notice_mail where state in ${OPEN}) as waiting,
  (select count(*)::int from notice_mail where state = 'failed') as failed
from mail_server s`;

const SAVE = `
insert into mail_server (host, port, tls, username, sender, url, sealed, since, updated_by, updated_at)
values ($1::text, $2::int, $3::text, $4::text, $5::text, $6::text, $7::bytea, $10::timestamptz, $9::text, $10::timestamptz)
on conflict (id) do update set host = excluded.host, port = excluded.port, tls = excluded.tls, username = excluded.username,
  sender = excluded.sender, url = excluded.url,
  sealed = case when $8::boolean then mail_server.sealed else excluded.sealed end,
  retry_at = null, updated_by = excluded.updated_by, updated_at = excluded.updated_at`;

const TRY_AGAIN = `
update notice_mail set next_at = $1::timestamptz where state = 'waiting' and tries > 0 and next_at > $1::timestamptz`;

const UNPLANNED = `
select n.id::text as id, n.user_id as "userId", n.kind, n.at, p.value as choice
from notice n join mail_server s on n.at >= s.since
join app_user u on u.id = n.user_id and not u.disabled
left join preference p on p.user_id = n.user_id and p.name = 'mail'
where n.at > $2::timestamptz - interval '${MAIL_DAYS} days'
  and not exists (select from notice_mail m where m.notice_id = n.id)
order by n.id limit $1::int`;

const PLAN = `
insert into notice_mail (notice_id, user_id, time, state, next_at)
select n.id, n.user_id, m.time, case when m.time = 'never' then 'skipped' else 'waiting' end, m."nextAt"
from jsonb_to_recordset($1::jsonb) as m(id bigint, time text, "nextAt" timestamptz) join notice n on n.id = m.id
on conflict (notice_id) do nothing`;

const REPLAN = `
delete from notice_mail where user_id = $1::text and state = 'waiting' and tries = 0`;

const DUE = `
from notice_mail m join notice n on n.id = m.notice_id join app_user u on u.id = n.user_id
join mail_server s on s.retry_at is null or s.retry_at <= $1::timestamptz
left join preference p on p.user_id = n.user_id and p.name = 'mail'
where m.state in ${OPEN} and m.next_at <= $1::timestamptz`;

const SEEN = '(u.all_accounts or f.account_id = any(u.accounts))';

/**
 * What somebody may not see any more is not mailed: accounts change, comments are deleted, and a notice keeps what it said. Of
 * counts over many findings it tells no more than the person was told when they could see them.
 */
const WANTED = `
not u.disabled and n.read_at is null and case
  when n.kind = 'mention' then exists (
    select from finding_comment c join finding_comment_on o on o.comment_id = c.id join finding f on f.id = o.finding_id
    where c.act_id::text = split_part(n.dedupe, ' ', 2) and c.deleted_at is null and ${SEEN})
  when n.kind = 'watch' then exists (
    select from finding f where f.vulnerability_id = split_part(n.dedupe, ' ', 2) and f.status = 'ACTIVE' and ${SEEN})
  when n.href ~ '^/findings/[0-9a-f]{32}' then exists (
    select from finding f where f.key = substring(n.href from '^/findings/([0-9a-f]{32})')::uuid and ${SEEN})
  else true
end`;

const DUE_FIELDS = `
select n.id::text as id, u.id as "userId", u.name, u.email, u.role, p.value as choice, m.time, n.kind, n.title, n.detail, n.href, n.at,
  m.tries, (${WANTED}) as wanted`;

const CLAIM = `
update notice_mail set state = 'sending', tries = tries + 1, next_at = $2::timestamptz
where notice_id = any($1::bigint[]) and state in ${OPEN} and next_at <= $3::timestamptz
returning notice_id::text as id`;

const SENT = `
update notice_mail set state = 'sent', sent_at = $2::timestamptz, error = null where notice_id = any($1::bigint[])`;

const POSTPONE = `
update notice_mail set next_at = $2::timestamptz, tries = greatest(0, tries - case when state = 'sending' then 1 else 0 end),
  state = 'waiting'
where notice_id = any($1::bigint[])`;

const REFUSED = `
update notice_mail set state = case when $3::timestamptz is null then 'failed' else 'waiting' end,
  next_at = coalesce($3::timestamptz, $4::timestamptz), error = $2::text
where notice_id = any($1::bigint[])`;

const ERROR = `update mail_server set last_error = $1::text, last_error_at = $2::timestamptz`;

const EXPIRE = `
update notice_mail m set state = 'failed', error = 'It waited for ${MAIL_DAYS} days.'
from notice n where n.id = m.notice_id and m.state in ${OPEN} and n.at <= $1::timestamptz - interval '${MAIL_DAYS} days'
returning 1`;
