import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPlainFinding, closed, OPEN, PLACE } from '../../testing/history-fixture.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { appendEvents, type NewFindingEvent } from '../finding-events.ts';
import { sqlOfPool, sqlOfTransaction } from '../sql.ts';
import { inTransaction } from '../transaction.ts';
import { verifyChain } from './verify-chain.ts';

let fixture: StoreFixture;
let finding: { readonly id: string; readonly key: string };

beforeEach(async () => {
  fixture = await openStoreFixture();
  finding = await addPlainFinding(fixture.database.pool, OPEN, NOON);
});

afterEach(() => fixture?.close());

function event(more: Partial<NewFindingEvent> = {}): NewFindingEvent {
  return {
    finding,
    kind: 'refresh',
    cause: 're-score',
    actor: 'harrier',
    detail: 'Score 7.5 to 8.1: "quoted" \\ tab\t, ümlaut, \u0001.',
    place: PLACE,
    before: OPEN,
    after: { ...OPEN, score: 8.1 },
    ...more,
  };
}

const sql = () => sqlOfPool(fixture.database.pool);
const verify = () => verifyChain(sql());

/** Three blocks of events, of three rows each, and one of activity. */
async function addHistory(): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    await inTransaction(fixture.database, (tx) =>
      appendEvents(sqlOfTransaction(tx), [event(), event(), event()], NOON),
    );
  }
  await fixture.stores.users.recordActivity({
    at: NOON,
    actor: 'ines',
    action: 'x',
    object: '',
    detail: '',
    address: '',
  });
}

/** What somebody can do who owns the database. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = await fixture.database.pool.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    for (const statement of statements) {
      await client.query(statement);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('the chain of history', () => {
  it('is whole for whatever was written: events, activity, and events by key', async () => {
    await addHistory();
    await appendEvents(
      sql(),
      [event({ finding: { key: finding.key }, kind: 'close', cause: 'fix', after: closed(OPEN) })],
      NOON,
    );

    expect(await verify()).toMatchObject({ blocks: 5, rows: 11, removedRows: 0, position: '5', fault: null });
  });

  it('of nothing is whole', async () => {
    expect(await verify()).toMatchObject({ blocks: 0, rows: 0, fault: null });
  });

  it('has no block of a transaction that was rolled back', async () => {
    await addHistory();
    const failing = inTransaction(fixture.database, async (tx) => {
      await appendEvents(sqlOfTransaction(tx), [event()], NOON);
      throw new Error('stop');
    });

    await expect(failing).rejects.toThrow('stop');
    expect(await verify()).toMatchObject({ blocks: 4, rows: 10, fault: null });
  });

  it('stays whole with writers side by side, in long and short transactions', async () => {
    const write = async (rows: number) => {
      for (let n = 0; n < 15; n += 1) {
        await inTransaction(fixture.database, async (tx) => {
          await appendEvents(
            sqlOfTransaction(tx),
            Array.from({ length: rows }, () => event()),
            NOON,
          );
          await appendEvents(sqlOfTransaction(tx), [event()], NOON);
        });
      }
    };
    const [, , report] = await Promise.all([write(1), write(40), verify()]);

    expect(report.fault).toBeNull();
    expect(await verify()).toMatchObject({ blocks: 60, rows: 15 * 43, fault: null });
  });

  it('is verified in part too, and over blocks larger than one page', async () => {
    await addHistory();
    await sql().query(
      `insert into finding_event (finding_id, at, kind, cause, actor, detail, status, severity, score, account_id, region, resource_kind)
       select n, $1, 'comment', 'person', 'ines', 'text ' || n, 'ACTIVE', 'LOW', -1, '1', 'r', 'ec2' from generate_series(1, 45000) n`,
      [NOON],
    );

    expect(await verify()).toMatchObject({ blocks: 5, rows: 45_010, fault: null });
    expect(await verifyChain(sql(), { from: 2, to: 3 })).toMatchObject({ blocks: 2, rows: 6, fault: null });
    await tamper("update finding_event set detail = 'else' where finding_id = 33333");
    expect(await verify()).toMatchObject({ fault: { what: 'row changed', position: '5' } });
  });

  it.each([
    [
      'update finding_event set score = 10 where id = 5',
      { what: 'row changed', table: 'finding_event', position: '2', row: '5' },
    ],
    ["update finding_event set at = at + interval '1 ms' where id = 5", { what: 'row changed', row: '5' }],
    ['update finding_event set finding_id = 77 where id = 9', { what: 'row changed', row: '9' }],
    ["update activity set actor = 'somebody'", { what: 'row changed', table: 'activity', position: '4', row: '1' }],
    ['delete from finding_event where id = 5', { what: 'row missing', position: '2', row: '6' }],
    ['delete from finding_event where id = 6', { what: 'row missing', position: '2' }],
    ['delete from finding_event where block = 2', { what: 'row missing', position: '2' }],
    [
      `insert into finding_event (id, finding_id, at, block, kind, cause, actor, detail, status, severity, score, account_id,
         region, resource_kind) overriding system value
       select 1000, finding_id, at, block, kind, cause, actor, detail, status, severity, score, account_id, region,
         resource_kind from finding_event where id = 5`,
      { what: 'row added', row: '1000' },
    ],
    ["update event_block set digest = sha256('x') where position = 2", { what: 'block changed', position: '2' }],
    ["update event_block set hash = sha256('x') where position = 2", { what: 'block changed', position: '2' }],
    ["update event_block set prev_hash = sha256('x') where position = 2", { what: 'link broken', position: '2' }],
    ['delete from event_block where position = 2', { what: 'block missing', position: '2' }],
    ['delete from event_block where position = 4', { what: 'block missing', position: '4' }],
    ['update event_block set position = null where position = 4', { what: 'block missing', position: '4' }],
    ['update event_head set position = 3', { what: 'block missing' }],
    [
      'delete from finding_event where block = 2; update event_block set pruned = events where position = 2',
      { what: 'removal not recorded' },
    ],
  ])('says what is wrong after: %s', async (statement, fault) => {
    await addHistory();
    await tamper(statement);

    expect((await verify()).fault).toMatchObject(fault);
  });

  it('shows a block that was made to fit its changed row, because the next one names the old hash', async () => {
    await addHistory();
    await tamper(
      'update finding_event set score = 10 where id = 5',
      `update event_block b set digest = d.digest, marks = d.marks from (
         select sha256(string_agg(h, ''::bytea order by id)) as digest, string_agg(substr(h, 1, 8), ''::bytea order by id) as marks
         from (select id, sha256(convert_to(finding_event_text(e), 'UTF8')) as h from finding_event e where block = 2) as rows) as d
       where b.id = 2`,
      `update event_block b set hash = event_block_hash(prev_hash, position, b) where id = 2`,
    );

    expect((await verify()).fault).toMatchObject({ what: 'link broken', position: '3' });
  });

  it.each([
    'update finding_event set score = 10',
    'delete from finding_event',
    'truncate finding_event',
    "update activity set actor = 'x'",
    'delete from activity',
    'truncate activity',
    'update event_block set pruned = 1',
    "update event_block set hash = ''",
    'delete from event_block',
    'truncate event_block',
  ])('the database refuses: %s', async (statement) => {
    await addHistory();

    await expect(sql().query(statement)).rejects.toThrow('History is append-only');
  });

  it('stays whole when events are removed in the ordered way, and still tells a change in what stayed', async () => {
    await addHistory();
    const remove = (ids: readonly number[], how: string) =>
      sql().query('select history_remove($1::bigint[], $2, $3, $4)', [ids, how, 'A test.', NOON]);
    await remove([4, 5], 'erased');
    await remove([7, 8, 9], 'expired');

    expect(await verify()).toMatchObject({ rows: 4 + 1 + 2, removedRows: 5, fault: null });
    await tamper('update finding_event set score = 10 where id = 6');
    expect((await verify()).fault).toMatchObject({ what: 'row changed', row: '6', position: '2' });
    await tamper('delete from finding_event where id = 6');
    expect((await verify()).fault).toMatchObject({ what: 'row missing', position: '2' });
  });
});
