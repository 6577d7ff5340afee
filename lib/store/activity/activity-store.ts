import type {
  ActivityBucket,
  ActivityEntry,
  ActivityFigures,
  ActivityFilter,
  ActivityReader,
  ActivityRecord,
  ActivityRow,
} from '../../core/model/activity.ts';
import type { ActivityStore } from '../../core/ports/activity-store.ts';
import { decodeCursor, encodeCursor, INSTANT, ROW_NUMBER } from '../queries/page-cursor.ts';
import { parameters } from '../queries/parameters.ts';
import type { Sql } from '../sql.ts';
import { activityConditions, visible } from './activity-conditions.ts';

const LIMIT_MAX = 200;
const STREAMED_ROWS = 2_000;
/** Counting stops here; the page then says "100,000+". */
const COUNTED_MAX = 100_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_DAYS = 2;
/** A longer time is told by days. */
const HOURLY_DAYS_MAX = 4;
const BUCKET_DAYS_MAX = 90;
const ORDER = 'activity';
const ANY_ID = /^\d{1,18}$/;

/** Reads of the activity record; writing it is part of whatever is recorded. */
export function createActivityStore(sql: Sql): ActivityStore {
  return {
    page: (reader, filter, { cursor, limit }) =>
      readPage(sql, reader, filter, cursor, Math.max(1, Math.min(LIMIT_MAX, Math.trunc(limit)))),
    figures: (reader, filter, now) => readFigures(sql, reader, filter, now),
    entry: (reader, id) => readEntry(sql, reader, id),
    async *rows(reader, filter) {
      let cursor: string | null = null;
      do {
        const page = await readPage(sql, reader, filter, cursor, STREAMED_ROWS);
        yield page.rows;
        cursor = page.nextCursor;
      } while (cursor !== null);
    },
  };
}

const COLUMNS = `a.id::text as id, a.at, a.actor, (select u.name from app_user u where u.email = a.actor limit 1) as "actorName",
  a.action, a.object, a.detail`;

async function readPage(
  sql: Sql,
  reader: ActivityReader,
  filter: ActivityFilter,
  cursor: string | null,
  limit: number,
) {
  const values = parameters();
  const conditions = activityConditions(reader, filter, values);
  const [at, id] = decodeCursor(ORDER, [INSTANT, ROW_NUMBER], cursor) ?? [];
  const after =
    at === undefined ? '' : `and (a.at, a.id) < (${values.add(at, 'timestamptz(3)')}, ${values.add(id, 'bigint')})`;
  const rows = await sql.query<ActivityRow>(
    `select ${COLUMNS} from activity a where ${conditions} ${after}
     order by a.at desc, a.id desc limit ${values.add(limit + 1, 'int')}`,
    values.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? encodeCursor(ORDER, [last.at.toISOString(), last.id]) : null;
  return { rows: shown, nextCursor };
}

async function readFigures(
  sql: Sql,
  reader: ActivityReader,
  filter: ActivityFilter,
  now: Date,
): Promise<ActivityFigures> {
  const values = parameters();
  const conditions = activityConditions(reader, filter, values);
  const [counted] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (select from activity a where ${conditions} limit ${values.add(COUNTED_MAX + 1, 'int')}) as bounded`,
    values.values,
  );
  const n = counted?.n ?? 0;
  return {
    total: { count: Math.min(n, COUNTED_MAX), exact: n <= COUNTED_MAX },
    ...(await readBuckets(sql, reader, filter, now)),
    checked: reader.seesSettings ? await newestCheck(sql) : null,
  };
}

/** Every hour of the time that was asked for, or of the last two days; those without an entry too. */
async function readBuckets(
  sql: Sql,
  reader: ActivityReader,
  filter: ActivityFilter,
  now: Date,
): Promise<Pick<ActivityFigures, 'bucketHours' | 'buckets'>> {
  const end = filter.to !== null && filter.to < now ? filter.to : now;
  const wanted = filter.from ?? new Date(end.getTime() - SHOWN_DAYS * DAY_MS);
  const earliest = new Date(Math.max(wanted.getTime(), end.getTime() - BUCKET_DAYS_MAX * DAY_MS));
  const isHourly = end.getTime() - earliest.getTime() <= HOURLY_DAYS_MAX * DAY_MS;
  const width = isHourly ? HOUR_MS : DAY_MS;
  const first = Math.floor(earliest.getTime() / width) * width;
  const values = parameters();
  const from = new Date(Math.max(first, filter.from?.getTime() ?? first));
  const conditions = activityConditions(
    reader,
    { ...filter, from, to: filter.to ?? new Date(now.getTime() + 1) },
    values,
  );
  const rows = await sql.query<{ place: number; n: number }>(
    `select floor((extract(epoch from a.at) * 1000 - ${values.add(first, 'float8')}) / ${values.add(width, 'float8')})::int as place,
       count(*)::int as n
     from activity a where ${conditions} group by 1`,
    values.values,
  );
  const counts = new Map(rows.map(({ place, n }) => [place, n]));
  const buckets: ActivityBucket[] = [];
  for (let since = first; since < end.getTime(); since += width) {
    buckets.push({
      since: new Date(since),
      entries: counts.get(buckets.length) ?? 0,
      partial: since + width > now.getTime(),
    });
  }
  return { bucketHours: isHourly ? 1 : 24, buckets };
}

async function newestCheck(sql: Sql): Promise<ActivityFigures['checked']> {
  const [row] = await sql.query<{ at: Date; detail: string; record: string | null }>(NEWEST_CHECK);
  return row === undefined ? null : { at: row.at, detail: row.detail, fault: recordOf(row.record).fault ?? null };
}

interface EntryRow extends ActivityRow {
  readonly address: string;
  readonly accounts: string | null;
  readonly record: string | null;
  readonly sign_in_at: Date | null;
  readonly sign_in: string | null;
  readonly position: string | null;
  readonly hash: string | null;
  readonly previous: string | null;
  readonly next: string | null;
  readonly entries: number | null;
}

async function readEntry(sql: Sql, reader: ActivityReader, id: string): Promise<ActivityEntry | null> {
  if (!ANY_ID.test(id)) {
    return null;
  }
  const values = parameters();
  const own = values.add(id, 'bigint');
  const conditions = [`a.id = ${own}`, ...visible(reader, values)].join(' and ');
  const [row] = await sql.query<EntryRow>(
    `select ${COLUMNS}, a.address, a.accounts, a.record, s.at as sign_in_at, s.detail as sign_in,
       b.position::text as position, encode(b.hash, 'hex') as hash, encode(b.prev_hash, 'hex') as previous, b.events as entries,
       (select encode(n.hash, 'hex') from event_block n where n.position = b.position + 1) as next
     from activity a
     left join event_block b on b.id = a.block and b.source = 'activity'
     left join lateral (
       select at, detail from activity where actor = a.actor and action = 'sign-in' and (at, id) <= (a.at, a.id)
       order by at desc, id desc limit 1
     ) as s on a.actor like '%@%'
     where ${conditions}`,
    values.values,
  );
  if (row === undefined) {
    return null;
  }
  const { sign_in_at, sign_in, position, hash, previous, next, entries, record, accounts, ...entry } = row;
  const place = position === null ? null : BigInt(position);
  return {
    ...entry,
    accounts: accounts?.split(',') ?? null,
    record: recordOf(record),
    signIn: sign_in_at === null || sign_in === null ? null : { at: sign_in_at, detail: sign_in },
    chain:
      place === null || hash === null
        ? null
        : {
            block: { position: String(place), hash },
            previous: place > 1n && previous !== null ? { position: String(place - 1n), hash: previous } : null,
            next: next === null ? null : { position: String(place + 1n), hash: next },
            entries: entries ?? 1,
          },
  };
}

/** What does not read as a record, which only somebody who changed the row can have made of it, is none. */
function recordOf(text: string | null): ActivityRecord {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const NEWEST_CHECK = `
select at, detail, record from activity where action = 'history-verified' order by at desc, id desc limit 1`;
