import type pg from 'pg';
import { EVERY_PAST_FINDING } from '../lib/core/findings/query/past-query.ts';
import type { VisibleScope } from '../lib/core/model/scope.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { appendEvents, type NewFindingEvent } from '../lib/store/finding-events.ts';
import { createHistoryStore } from '../lib/store/history/history-store.ts';
import { sqlOfPool, sqlOfTransaction } from '../lib/store/sql.ts';
import { inTransaction } from '../lib/store/transaction.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { EVERYTHING } from '../lib/testing/whole-estate.ts';
import { type Benchmark, type BenchmarkRow, inTurn, median, milliseconds } from './benchmark.ts';

const FINDINGS = 1_000_000;
const ACCOUNTS = 1_000;
const RESOURCES = 20_000;
const AT = new Date('2026-11-20T12:00:00.000Z');
const DAY_MS = 86_400_000;
/** Rows that one statement of the fill adds, and so one block. */
const BLOCK = 1_000;
const PAGES = 20;
const APPENDED = 60_000;

const dayAgo = (days: number) => new Date(AT.getTime() - days * DAY_MS).toISOString().slice(0, 10);
const size = '1 million findings of 1,000 accounts, 2.1 million events';

/** Events written, the chain verified, and past days asked for, on a history of more than two million events. */
export const history: Benchmark = {
  name: 'history',
  async measure(bench) {
    const database = openDatabase(await bench.freshDatabase());
    try {
      await fillFindings(database.pool, { findings: FINDINGS, accounts: ACCOUNTS, resources: RESOURCES, at: AT });
      const filled = await fillEvents(database.pool);
      const rows = [await bytesEach(database.pool), { ...filled, ...ALONE }];
      rows.push(await appended(database, 1), await appended(database, 2));
      rows.push(...(await readRows(database)));
      return rows;
    } finally {
      await database.close();
    }
  },
};

const ALONE = { peer: null, peerFigure: null };

/** Every finding opens, half change their score, what is closed closes: in the order of time, a block for each thousand. */
async function fillEvents(pool: pg.Pool) {
  await pool.query(STEPS, [AT]);
  await pool.query('create unique index step_n on step (n)');
  await pool.query('analyze step');
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from step');
  const total = rows[0]?.n ?? 0;
  const spent = await milliseconds(async () => {
    for (let from = 1; from <= total; from += BLOCK) {
      await pool.query(ADD, [from, from + BLOCK - 1]);
    }
  });
  await pool.query('drop table step; select finding_flow_fold(); analyze');
  return {
    name: 'events written in SQL',
    size: `${total.toLocaleString('en-US')} events, blocks of 1,000`,
    figure: total / (spent / 1000),
    unit: 'events/s',
  };
}

async function bytesEach(pool: pg.Pool): Promise<BenchmarkRow> {
  const { rows } = await pool.query<{ bytes: number }>(
    `select ((pg_total_relation_size('finding_event') + pg_total_relation_size('event_block'))::float8
       / (select count(*) from finding_event)) as bytes`,
  );
  return {
    name: 'bytes of an event',
    size: `${size}, with indexes and blocks`,
    figure: rows[0]?.bytes ?? 0,
    unit: 'bytes',
    ...ALONE,
  };
}

/** Through the store, as a scan does: a transaction for each thousand. */
async function appended(database: Database, writers: number): Promise<BenchmarkRow> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select id::text as id from finding where status = 'ACTIVE' limit $1`,
    [APPENDED],
  );
  const write = async (from: number, to: number) => {
    for (let at = from; at < to; at += BLOCK) {
      const events = rows.slice(at, at + BLOCK).map(({ id }) => rescored(id));
      await inTransaction(database, (tx) => appendEvents(sqlOfTransaction(tx), events, AT));
    }
  };
  const share = APPENDED / writers;
  const spent = await milliseconds(() =>
    Promise.all(Array.from({ length: writers }, (_, n) => write(n * share, (n + 1) * share))),
  );
  const by = writers === 1 ? 'one writer' : `${writers} writers at once`;
  return {
    name: 'events appended by the store',
    size: `${by}, 1,000 a transaction`,
    figure: APPENDED / (spent / 1000),
    unit: 'events/s',
    ...ALONE,
  };
}

function rescored(id: string): NewFindingEvent {
  const before = { status: 'ACTIVE', severity: 'HIGH', score: 7.5, team: 'open' } as const;
  const detail = 'Changed: score 7.5 to 7.9.';
  return {
    finding: { id },
    kind: 'refresh',
    cause: 're-score',
    actor: 'harrier',
    detail,
    before,
    after: { ...before, score: 7.9 },
  };
}

async function readRows({ pool }: Database): Promise<readonly BenchmarkRow[]> {
  const store = createHistoryStore(sqlOfPool(pool));
  const { rows: accounts } = await pool.query<{ id: string }>('select id from account order by id');
  const few: VisibleScope = { ...EVERYTHING, accounts: accounts.slice(0, ACCOUNTS / 100).map(({ id }) => id) };
  const half: VisibleScope = { ...EVERYTHING, accounts: accounts.slice(0, ACCOUNTS / 2).map(({ id }) => id) };
  const rows: BenchmarkRow[] = [];
  const add = async (name: string, of: string, work: () => Promise<unknown>) => {
    const { ours } = await inTurn(5, work, null);
    rows.push({ name, size: of, figure: ours, unit: 'ms', ...ALONE });
  };
  for (const [who, visible] of [
    ['all', EVERYTHING],
    ['half', half],
    ['1 %', few],
  ] as const) {
    await add('figures of a day', `30 days ago, ${who} of the accounts`, () => store.countsAsOf(visible, dayAgo(30)));
    rows.push(await pagesOf(store, visible, who));
    await add('two days compared', `30 days apart, lists of 20, ${who} of the accounts`, () =>
      store.differenceBetween(visible, dayAgo(40), dayAgo(10), 20),
    );
  }
  await add('figures of a day', '89 days ago, all accounts', () => store.countsAsOf(EVERYTHING, dayAgo(89)));
  const verified = await milliseconds(async () => {
    const report = await store.verify();
    if (report.fault !== null) throw new Error(report.fault.detail);
  });
  rows.push({ name: 'chain verified', size, figure: verified / 1000, unit: 's', ...ALONE });
  await store.keepFrom(dayAgo(60));
  let gone = 0;
  const expired = await milliseconds(async () => {
    for (let step = -1; step !== 0; gone += step) {
      step = await store.expireEvents(new Date(`${dayAgo(60)}T00:00:00.000Z`), 'Old.', AT);
    }
  });
  rows.push({
    name: 'events expired',
    size: `${gone.toLocaleString('en-US')} events, steps of 10,000`,
    figure: gone / (expired / 1000),
    unit: 'events/s',
    ...ALONE,
  });
  return rows;
}

/** The slowest of the first pages, one after the other, of what was open 30 days ago. */
async function pagesOf(
  store: ReturnType<typeof createHistoryStore>,
  visible: VisibleScope,
  who: string,
): Promise<BenchmarkRow> {
  const times: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const request = { day: dayAgo(30), statuses: ['ACTIVE'], query: EVERY_PAST_FINDING, cursor, limit: 200 } as const;
    const started = performance.now();
    const { nextCursor } = await store.findingsAsOf(visible, request);
    times.push(performance.now() - started);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  const worst = Math.max(...times).toFixed(0);
  return {
    name: 'page of a past day',
    size: `30 days ago, 200 rows, ${who} of the accounts (slowest of ${times.length}: ${worst} ms)`,
    figure: median(times),
    unit: 'ms',
    ...ALONE,
  };
}

const STEPS = `
create unlogged table step as
select row_number() over (order by at, id) as n, * from (
  select id, first_seen_at as at, 'open' as kind, 'scan' as cause, 'ACTIVE' as status, null::text as status_before,
    null::smallint as score_before from finding
  union all
  select id, first_seen_at + ($1::timestamptz - first_seen_at) * (id % 97) / 97.0, 'refresh', 're-score', 'ACTIVE', null, 75::smallint
  from finding where id % 2 = 0 and status = 'ACTIVE'
  union all
  select id, first_seen_at + ($1::timestamptz - first_seen_at) * (id % 89) / 89.0, 'comment', 'person', status, null, null
  from finding where id % 2 = 1
  union all
  select id, closed_at, 'close', 'fix', 'CLOSED', 'ACTIVE', null from finding where status = 'CLOSED'
) as steps`;

const ADD = `
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, status_before, severity, score, score_before,
  account_id, region, resource_kind, environment)
select s.id, s.at, s.kind, s.cause, 'harrier', case s.kind when 'refresh' then 'Changed: score 7.5 to 7.9.' else 'First seen: package 1.2.' end,
  s.status, s.status_before, f.severity, coalesce(round(f.score * 10), -1), s.score_before, f.account_id, f.region, f.kind, f.environment
from step s join finding f on f.id = s.id where s.n between $1 and $2 order by s.n`;
