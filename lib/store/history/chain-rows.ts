import { createHash } from 'node:crypto';
import type { Sql } from '../sql.ts';

export type ChainTable = 'finding_event' | 'activity';

/** A block as it is stored, its hashes in hex. */
export interface StoredBlock {
  readonly id: string;
  readonly source: ChainTable;
  readonly form: number;
  readonly events: number;
  readonly first_row: string;
  readonly last_row: string;
  readonly since: Date;
  readonly at: Date;
  readonly digest: string;
  readonly marks: string;
  readonly position: string;
  readonly prev_hash: string;
  readonly hash: string;
  readonly pruned: number;
}

/** A row's number with the SHA-256 that its content comes to now. */
export interface HashedRow {
  readonly id: string;
  readonly hash: Buffer;
}

type RowValues = Readonly<Record<string, string | number | null>> & { readonly id: string; readonly ms: number };

const PAGE_ROWS = 20_000;

const ACTIVITY = ['#id', '#ms', '#block', 'actor', 'action', 'object', 'detail', 'address'];

/**
 * What is hashed of a row, in order, by the form of its block. Names of numbers are marked, the others are texts. The
 * migrations say the same in SQL.
 */
const COLUMNS: Readonly<Record<ChainTable, Readonly<Record<number, readonly string[]>>>> = {
  finding_event: {
    1: [
      '#id',
      '#finding_id',
      '#ms',
      '#block',
      '#score',
      '#score_before',
      'kind',
      'cause',
      'actor',
      'detail',
      'status',
      'status_before',
      'team',
      'team_before',
      'account_id',
      'region',
      'resource_kind',
      'environment',
      'severity',
      'severity_before',
    ],
  },
  activity: { 1: ACTIVITY, 2: [...ACTIVITY, 'accounts', 'record'] },
};

/**
 * The rows of one block, hashed here and not by the database: who can change a row could change a function too. Rows come
 * in pages, so a block may have any size.
 */
export async function* hashedRows(sql: Sql, block: StoredBlock): AsyncGenerator<readonly HashedRow[]> {
  let after = String(BigInt(block.first_row) - 1n);
  for (;;) {
    const rows = await sql.query<RowValues>(PAGE[block.source], [block.id, after, block.last_row]);
    yield rows.map((row) => ({ id: row.id, hash: hashOfRow(block, row) }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) {
      return;
    }
    after = last.id;
  }
}

/** The rows of many small blocks in one question, by block. */
export async function hashedRowsOf(
  sql: Sql,
  source: ChainTable,
  blocks: readonly StoredBlock[],
): Promise<ReadonlyMap<string, readonly HashedRow[]>> {
  const rows = await sql.query<RowValues>(BATCH[source], [
    blocks.map((block) => block.id),
    blocks.map((block) => block.first_row),
    blocks.map((block) => block.last_row),
  ]);
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const found = new Map<string, HashedRow[]>();
  for (const row of rows) {
    const list = found.get(String(row.block)) ?? [];
    list.push({ id: row.id, hash: hashOfRow(byId.get(String(row.block)) ?? { source, form: 0 }, row) });
    found.set(String(row.block), list);
  }
  return found;
}

/** Whether rows of that form can be checked by this version. */
export function isKnownForm({ source, form }: Pick<StoredBlock, 'source' | 'form'>): boolean {
  return COLUMNS[source][form] !== undefined;
}

function hashOfRow({ source, form }: Pick<StoredBlock, 'source' | 'form'>, row: RowValues): Buffer {
  return createHash('sha256')
    .update(textOf(COLUMNS[source][form] ?? [], row))
    .digest();
}

/** As PostgreSQL's json_build_array writes it. */
function textOf(columns: readonly string[], row: RowValues): string {
  const parts = columns.map((column) => {
    const value = column.startsWith('#') ? row[column.slice(1)] : row[column];
    if (value === null || value === undefined) {
      return 'null';
    }
    return column.startsWith('#') ? String(value) : JSON.stringify(value);
  });
  return `[${parts.join(', ')}]`;
}

/** The block's own hash, from what is stored of it and the hash before. */
export function hashOfBlock(block: StoredBlock, previous: string, position: bigint): string {
  const marks = createHash('sha256').update(Buffer.from(block.marks, 'hex')).digest('hex');
  const numbers = [
    block.form,
    block.events,
    block.first_row,
    block.last_row,
    block.since.getTime(),
    block.at.getTime(),
  ];
  const text = `[${position}, ${block.id}, "${block.source}", ${numbers.join(', ')}, "${block.digest}", "${marks}"]`;
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text).digest('hex');
}

const SELECTED = {
  finding_event: `e.id::text as id, e.finding_id::text as finding_id, e.block::text as block, e.score, e.score_before,
    e.kind, e.cause, e.actor, e.detail, e.status, e.status_before, e.team, e.team_before, e.account_id, e.region,
    e.resource_kind, e.environment, e.severity, e.severity_before`,
  activity: `e.id::text as id, e.block::text as block, e.actor, e.action, e.object, e.detail, e.address, e.accounts,
    e.record`,
} as const satisfies Record<ChainTable, string>;

/** Milliseconds as a number: exact for every time that JavaScript can hold. */
const MS = `round(date_part('epoch', e.at) * 1000)::float8 as ms`;

const PAGE: Readonly<Record<ChainTable, string>> = {
  finding_event: pageOf('finding_event'),
  activity: pageOf('activity'),
};

const BATCH: Readonly<Record<ChainTable, string>> = {
  finding_event: batchOf('finding_event'),
  activity: batchOf('activity'),
};

function pageOf(table: ChainTable): string {
  return `select ${SELECTED[table]}, ${MS} from ${table} e
    where e.id > $2::bigint and e.id <= $3::bigint and e.block = $1::bigint order by e.id limit ${PAGE_ROWS}`;
}

function batchOf(table: ChainTable): string {
  return `select ${SELECTED[table]}, ${MS}
    from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as b(id, low, high)
    cross join lateral (select * from ${table} r where r.id between b.low and b.high and r.block = b.id offset 0) as e
    order by e.id`;
}
