import { createHash } from 'node:crypto';
import type { SavedView } from '../core/model/personal.ts';
import type { PersonalStore } from '../core/ports/personal-store.ts';
import type { Sql } from './sql.ts';

export function createPersonalStore(sql: Sql): PersonalStore {
  return {
    async preferences(userId) {
      const rows = await sql.query<{ name: string; value: unknown }>(
        'select name, value from preference where user_id = $1::text',
        [userId],
      );
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    },
    async savePreference(userId, name, value, now) {
      await sql.query(SAVE_PREFERENCE, [userId, name, JSON.stringify(value), now]);
    },
    async saveAccountSet(accounts, userId, now) {
      const sorted = [...new Set(accounts)].toSorted();
      const id = `s_${createHash('sha256').update(sorted.join(',')).digest('hex').slice(0, 16)}`;
      await sql.query(SAVE_SET, [id, sorted, userId, now]);
      return id;
    },
    async watches(userId, vulnerability) {
      const rows = await sql.query(
        'select 1 from vulnerability_watch where user_id = $1::text and vulnerability_id = $2::text',
        [userId, vulnerability],
      );
      return rows.length > 0;
    },
    async watch(userId, vulnerability, watched, now) {
      await sql.query(watched ? WATCH : UNWATCH, watched ? [userId, vulnerability, now] : [userId, vulnerability]);
    },
    views: (userId) =>
      sql.query<SavedView>(
        `${VIEWS} where v.removed_at is null and (v.owner = $1::text or v.shared) order by v.owner <> $1::text, v.id`,
        [userId],
      ),
    async view(id) {
      const [view] = await sql.query<SavedView>(`${VIEWS} where v.removed_at is null and v.id = $1::bigint`, [id]);
      return view ?? null;
    },
    async ownViews(userId) {
      const [row] = await sql.query<{ n: number }>(
        'select count(*)::int as n from saved_view where owner = $1::text and removed_at is null',
        [userId],
      );
      return row?.n ?? 0;
    },
    async addView({ owner, name, query, grouping, sort, columns, shared }, now) {
      const [row] = await sql.query<{ id: string }>(ADD_VIEW, [
        owner,
        name,
        query,
        grouping,
        sort,
        columns,
        shared,
        now,
      ]);
      if (row === undefined) {
        throw new Error('the view was not added');
      }
      return row.id;
    },
    async saveView({ id, name, query, grouping, sort, columns, shared }, now) {
      await sql.query(SAVE_VIEW, [id, name, query, grouping, sort, columns, shared, now]);
    },
    async setViewRemoved(id, owner, removed, now) {
      const rows = await sql.query(
        `update saved_view set removed_at = case when $3::boolean then $4::timestamptz end
         where id = $1::bigint and owner = $2::text returning 1`,
        [id, owner, removed, now],
      );
      return rows.length > 0;
    },
  };
}

const SAVE_SET = `
insert into account_set (id, accounts, created_by, created_at) values ($1, $2::text[], $3, $4::timestamptz)
on conflict (id) do nothing`;

const VIEWS = `
select v.id::text as id, v.owner, u.name as "ownerName", v.name, v.query, v.grouping, v.sort, v.columns, v.shared
from saved_view v join app_user u on u.id = v.owner`;

const WATCH = `
insert into vulnerability_watch (user_id, vulnerability_id, created_at) values ($1::text, $2::text, $3::timestamptz)
on conflict do nothing`;

const UNWATCH = 'delete from vulnerability_watch where user_id = $1::text and vulnerability_id = $2::text';

const SAVE_PREFERENCE = `
insert into preference (user_id, name, value, updated_at) values ($1::text, $2::text, $3::jsonb, $4::timestamptz)
on conflict (user_id, name) do update set value = excluded.value, updated_at = excluded.updated_at`;

const ADD_VIEW = `
insert into saved_view (owner, name, query, grouping, sort, columns, shared, created_at, updated_at)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text[], $7::boolean, $8::timestamptz, $8::timestamptz)
returning id::text as id`;

const SAVE_VIEW = `
update saved_view set name = $2::text, query = $3::text, grouping = $4::text, sort = $5::text, columns = $6::text[],
  shared = $7::boolean, updated_at = $8::timestamptz
where id = $1::bigint`;
