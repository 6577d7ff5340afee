import type { BoundedCount, Mention, MyWork, WorkItem } from '../../core/model/duty.ts';
import type { WhoseWork } from '../../core/ports/duty-store.ts';
import type { Sql } from '../sql.ts';
import { cursorAfter, cursorColumn, FINDING_ORDERS, orderBy, orderName } from './finding-order.ts';
import { decodeCursor } from './page-cursor.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const LIMIT_MAX = 200;
/** Counting stops here; the page then says "1,000+". */
const COUNTED_MAX = 1_000;
const MENTIONS_SHOWN = 50;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * One keyset page with the counts beside it. Each holder (the person, every team) is one range of an index that is in the
 * order of due dates; the ranges' first rows are merged, so that no team's thousands are sorted.
 */
export async function myWork(
  sql: Sql,
  who: WhoseWork,
  page: { readonly cursor: string | null; readonly limit: number },
  now: Date,
): Promise<MyWork> {
  const week = new Date(now.getTime() + WEEK_MS);
  const midnight = new Date(Math.floor(now.getTime() / DAY_MS + 1) * DAY_MS);
  const [work, overdue, dueToday, dueIn7Days, later, awaitingRescan, mentions] = await Promise.all([
    workPage(sql, who, page, now),
    counted(sql, who, now, (values) => [`f.due_order < ${values.add(now, 'timestamptz')}`]),
    counted(sql, who, now, between(now, midnight)),
    counted(sql, who, now, between(now, week)),
    counted(sql, who, now, (values) => [`f.due_order >= ${values.add(week, 'timestamptz')}`]),
    counted(sql, who, now, () => ["f.team_status = 'awaiting-rescan'"]),
    mentionsOf(sql, who),
  ]);
  return { ...work, overdue, dueToday, dueIn7Days, later, awaitingRescan, mentions };
}

const between =
  (from: Date, to: Date): More =>
  (values) => [`f.due_order >= ${values.add(from, 'timestamptz')}`, `f.due_order < ${values.add(to, 'timestamptz')}`];

type More = (values: Parameters) => readonly string[];

/** The ranges of all holders, without an order of their own; a finding of the person is not found by its team again. */
function ranges(
  { userId, teams, visible }: WhoseWork,
  now: Date,
  values: Parameters,
  tail: string,
  more: More,
): string {
  const conditions = [
    "f.status = 'ACTIVE'",
    `(f.snoozed_until is null or f.snoozed_until <= ${values.add(now, 'timestamptz')})`,
    ...scopeConditions(visible, values, 'f'),
    ...more(values),
  ];
  const me = values.add(userId, 'text');
  const own = `(select f.* from finding f where f.owner = ${me} and ${all(conditions)} ${tail})`;
  if (teams.length === 0) {
    return own;
  }
  const names = values.add([...new Set(teams)], 'text[]');
  return `${own} union all (select g.* from unnest(${names}) as t(name) cross join lateral (
    select f.* from finding f where f.team = t.name and f.owner is distinct from ${me} and ${all(conditions)} ${tail}) as g)`;
}

async function workPage(
  sql: Sql,
  who: WhoseWork,
  page: { readonly cursor: string | null; readonly limit: number },
  now: Date,
): Promise<Pick<MyWork, 'rows' | 'nextCursor'>> {
  const values = parameters();
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const columns = FINDING_ORDERS.due;
  const after = decodeCursor(
    orderName('due', false),
    columns.map(({ pattern }) => pattern),
    page.cursor,
  );
  const more: More = (into) => {
    if (after === null) {
      return [];
    }
    const right = columns.map(({ type }, at) => into.add(after[at], type)).join(', ');
    return [`(${columns.map(({ name }) => `f.${name}`).join(', ')}) > (${right})`];
  };
  const most = values.add(limit + 1, 'int');
  const merged = ranges(who, now, values, `order by ${orderBy('due', false, 'f')} limit ${most}`, more);
  const rows = await sql.query<WorkItem & { readonly cursor: readonly string[] }>(
    `select encode(uuid_send(f.key), 'hex') as id, f.version, f.vulnerability_id as "vulnerabilityId", c.title, f.severity,
       f.score, f.kev, f.package_name as "packageName", f.fixed_version as "fixedVersion", r.name as "resourceName",
       f.account_id as "accountId", f.team_status as "teamStatus", f.owner, f.team, f.due_at as "dueAt",
       f.paused_since is not null as paused, f.cursor
     from (
       select page.*, ${cursorColumn('due')} as cursor from (${merged}) as page
       order by ${orderBy('due', false, 'page')} limit ${most}
     ) as f
     join finding_content c on c.hash = f.content join resource r on r.id = f.resource_id
     order by ${orderBy('due', false, 'f')}`,
    values.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ cursor: _, ...row }) => row),
    nextCursor: rows.length > limit && last !== undefined ? cursorAfter('due', false, last.cursor) : null,
  };
}

async function counted(sql: Sql, who: WhoseWork, now: Date, more: More): Promise<BoundedCount> {
  const values = parameters();
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (
       select from (${ranges(who, now, values, '', more)}) as all_of_it limit ${COUNTED_MAX + 1}
     ) as bounded`,
    values.values,
  );
  const n = row?.n ?? 0;
  return { count: Math.min(n, COUNTED_MAX), exact: n <= COUNTED_MAX };
}

/** Comments that call the person by name, with those of their findings that the person may still see. */
function mentionsOf(sql: Sql, { userId, visible }: WhoseWork): Promise<readonly Mention[]> {
  const values = parameters();
  const me = values.add(userId, 'text');
  const seen = all(scopeConditions(visible, values, 'f'));
  return sql.query<Mention>(
    `select m.id::text as "commentId", m.at, coalesce(u.name, m.author) as author, m.body, on_these.finding as "findingId",
       on_these.n as findings
     from finding_comment_mention p
     join finding_comment m on m.id = p.comment_id and m.deleted_at is null
     left join app_user u on u.id = m.author
     cross join lateral (
       select count(*)::int as n, min(encode(uuid_send(f.key), 'hex')) as finding
       from finding_comment_on o join finding f on f.id = o.finding_id where o.comment_id = m.id and ${seen}
     ) as on_these
     where p.user_id = ${me} and on_these.n > 0
     order by m.at desc, m.id desc limit ${MENTIONS_SHOWN}`,
    values.values,
  );
}
