import type { Notice } from '../../core/model/notice.ts';
import type { NoticeStore } from '../../core/ports/notice-store.ts';
import { decodeCursor, encodeCursor } from '../queries/page-cursor.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { SWEEPS } from './sweeps.ts';

const UNREAD_COUNTED_MAX = 99;
const NAME = 'notices';

export function createNoticeStore(sql: Sql): NoticeStore {
  return {
    async add(notices, now) {
      if (notices.length > 0) {
        await sql.query(ADD, [toJson(notices), now]);
      }
    },
    async list(userId, { cursor, limit }) {
      const after = decodeCursor(NAME, [/^\d{1,18}$/], cursor);
      const rows = await sql.query<Notice>(LIST, [userId, after?.[0] ?? null, limit + 1]);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        rows: shown,
        nextCursor: rows.length > limit && last !== undefined ? encodeCursor(NAME, [last.id]) : null,
      };
    },
    async unread(userId) {
      const [row] = await sql.query<{ n: number }>(UNREAD, [userId]);
      return row?.n ?? 0;
    },
    async markRead(userId, ids, now) {
      await sql.query(MARK_READ, [userId, ids, now]);
    },
    async sweep(now) {
      for (const statement of SWEEPS) {
        await sql.query(statement, [now]);
      }
    },
  };
}

const ADD = `
insert into notice (user_id, kind, dedupe, title, detail, href, at)
select n."userId", n.kind, n.dedupe, n.title, n.detail, n.href, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as n("userId" text, kind text, dedupe text, title text, detail text, href text)
join app_user u on u.id = n."userId"
on conflict (user_id, dedupe) do nothing`;

const LIST = `
select id::text as id, kind, title, detail, href, at, read_at as "readAt" from notice
where user_id = $1::text and ($2::bigint is null or id < $2::bigint) order by id desc limit $3::int`;

const UNREAD = `
select count(*)::int as n from (
  select from notice where user_id = $1::text and read_at is null limit ${UNREAD_COUNTED_MAX + 1}
) as bounded`;

const MARK_READ = `
update notice set read_at = $3::timestamptz
where user_id = $1::text and read_at is null and ($2::bigint[] is null or id = any($2::bigint[]))`;
