import { createHash } from 'node:crypto';
import type { ChainFault, ChainReport } from '../../core/model/history.ts';
import type { Sql } from '../sql.ts';
import {
  type ChainTable,
  type HashedRow,
  hashedRows,
  hashedRowsOf,
  hashOfBlock,
  isKnownForm,
  type StoredBlock,
} from './chain-rows.ts';

export interface VerifyOptions {
  /** Places in the chain, both included; left out: all of it. */
  readonly from?: number;
  readonly to?: number;
  /** SHA-256 in hex of a block that was the newest once, and was noted elsewhere. */
  readonly noted?: string;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** Blocks that are read at once, and rows that are asked for at once. */
const BLOCKS_MAX = 500;
const ROWS_MAX = 20_000;
/** First eight bytes, in hex. */
const MARK_CHARS = 16;

/**
 * Reads the chain from its first block to the one that is newest now, and computes every hash anew. Writers need not stop.
 * The first fault ends it: behind a broken link nothing can be said.
 */
export async function verifyChain(sql: Sql, options: VerifyOptions = {}): Promise<ChainReport> {
  const head = await readHead(sql);
  const first = BigInt(options.from ?? 1);
  const last = options.to === undefined || BigInt(options.to) > head.position ? head.position : BigInt(options.to);
  const isWhole = first === 1n && last === head.position;
  const done = { blocks: 0, rows: 0, removedRows: 0, position: String(head.position), head: head.hash };
  let position = first - 1n;
  let previous = await hashAt(sql, position);
  while (position < last) {
    options.signal?.throwIfAborted();
    const blocks = await sql.query<StoredBlock>(BLOCKS, [String(position), String(last), BLOCKS_MAX]);
    const linked = followLinks(blocks, previous, position, last);
    if (linked.fault !== null) {
      return { ...done, fault: linked.fault };
    }
    const fault = await checkRows(sql, blocks);
    if (fault !== null) {
      return { ...done, fault };
    }
    previous = linked.hash;
    position += BigInt(blocks.length);
    done.blocks += blocks.length;
    done.rows += blocks.reduce((sum, block) => sum + block.events - block.pruned, 0);
    done.removedRows += blocks.reduce((sum, block) => sum + block.pruned, 0);
    options.onProgress?.(done.blocks, Number(last - first + 1n));
  }
  if (last === head.position && previous !== head.hash) {
    return {
      ...done,
      fault: faultOf('block missing', 'event_head', null, 'The chain does not end in the hash of its head.'),
    };
  }
  const fault = await missesNoted(sql, options.noted);
  return { ...done, fault: fault ?? (isWhole ? await findStrays(sql) : null) };
}

/** A chain that was cut off or written anew is whole in itself; what was noted of it before tells. */
async function missesNoted(sql: Sql, noted: string | undefined): Promise<ChainFault | null> {
  if (noted === undefined) {
    return null;
  }
  const found = await sql.query(NOTED, [noted.toLowerCase()]);
  return found.length > 0 ? null : faultOf('block missing', 'event_block', null, `No block has the hash ${noted}.`);
}

async function readHead(sql: Sql): Promise<{ readonly position: bigint; readonly hash: string }> {
  const [row] = await sql.query<{ position: string; hash: string }>(HEAD);
  return row === undefined ? { position: 0n, hash: '' } : { position: BigInt(row.position), hash: row.hash };
}

/** The stored hash of a place: what a check that begins later takes for granted. */
async function hashAt(sql: Sql, position: bigint): Promise<string> {
  if (position <= 0n) {
    return createHash('sha256').update('harrier history').digest('hex');
  }
  const [row] = await sql.query<{ hash: string }>(HASH_AT, [String(position)]);
  return row?.hash ?? '';
}

function followLinks(blocks: readonly StoredBlock[], start: string, before: bigint, last: bigint) {
  let hash = start;
  let position = before;
  for (const block of blocks) {
    position += 1n;
    if (block.position !== String(position)) {
      return { hash, fault: missingAt(position) };
    }
    if (block.prev_hash !== hash) {
      return {
        hash,
        fault: faultOf('link broken', 'event_block', block, 'It does not name the hash of the block before.'),
      };
    }
    if (!isKnownForm(block) || block.hash !== hashOfBlock(block, hash, position)) {
      return {
        hash,
        fault: faultOf('block changed', 'event_block', block, 'Its hash does not follow from its content.'),
      };
    }
    hash = block.hash;
  }
  return { hash, fault: blocks.length < BLOCKS_MAX && position < last ? missingAt(position + 1n) : null };
}

function missingAt(position: bigint): ChainFault {
  const fault = faultOf('block missing', 'event_block', null, `There is no block at place ${position}.`);
  return { ...fault, position: String(position) };
}

async function checkRows(sql: Sql, blocks: readonly StoredBlock[]): Promise<ChainFault | null> {
  for (const batch of inBatches(blocks)) {
    const [only] = batch;
    const isLarge = batch.length === 1 && only !== undefined && only.events > ROWS_MAX;
    const rows = isLarge ? null : await hashedRowsOf(sql, only?.source ?? 'activity', batch);
    for (const block of batch) {
      const found = rows?.get(block.id) ?? (rows === null ? await collect(sql, block) : []);
      if (compareRows(block, found) !== null) {
        const fault = await lookAgain(sql, block);
        if (fault !== null) {
          return fault;
        }
      }
    }
  }
  return null;
}

/** Retention may have taken rows between two questions; what is wrong stays wrong. */
async function lookAgain(sql: Sql, block: StoredBlock): Promise<ChainFault | null> {
  const [fresh] = await sql.query<StoredBlock>(BLOCKS, [String(BigInt(block.position) - 1n), block.position, 1]);
  const before = fresh ?? block;
  const fault = compareRows(before, await collect(sql, before));
  const [after] = await sql.query<StoredBlock>(BLOCKS, [String(BigInt(block.position) - 1n), block.position, 1]);
  return fault === null || after === undefined || after.pruned === before.pruned ? fault : lookAgain(sql, after);
}

async function collect(sql: Sql, block: StoredBlock): Promise<readonly HashedRow[]> {
  const all: HashedRow[] = [];
  for await (const page of hashedRows(sql, block)) {
    for (const row of page) {
      all.push(row);
    }
  }
  return all;
}

/** Blocks of one table that follow each other, as many as make one question of a sensible size. */
function* inBatches(blocks: readonly StoredBlock[]): Generator<readonly StoredBlock[]> {
  let batch: StoredBlock[] = [];
  let rows = 0;
  for (const block of blocks) {
    if (batch.length > 0 && (rows + block.events > ROWS_MAX || batch[0]?.source !== block.source)) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(block);
    rows += block.events;
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/** Compares the rows that are there with what the block says of them. */
function compareRows(block: StoredBlock, rows: readonly HashedRow[]): ChainFault | null {
  const marks = rows.map((row) => row.hash.toString('hex', 0, MARK_CHARS / 2));
  const fault = (what: ChainFault['what'], row: HashedRow | undefined, detail: string): ChainFault => ({
    ...faultOf(what, block.source, block, detail),
    row: row?.id ?? null,
  });
  if (block.pruned === 0) {
    const digest = createHash('sha256');
    for (const row of rows) {
      digest.update(row.hash);
    }
    if (rows.length === block.events && digest.digest('hex') === block.digest) {
      return null;
    }
  }
  const expected: readonly string[] = block.marks.match(/.{16}/g) ?? [];
  let place = 0;
  for (const [index, mark] of marks.entries()) {
    const found = expected.indexOf(mark, place);
    const isHere = found === place || (found >= 0 && block.pruned > 0);
    if (!isHere) {
      return firstDifference(rows, marks, expected, index, place, block.pruned, fault);
    }
    place = found + 1;
  }
  if (rows.length < block.events - block.pruned) {
    return fault(
      'row missing',
      undefined,
      `${block.events - block.pruned - rows.length} rows are missing after row ${rows.at(-1)?.id ?? block.first_row}.`,
    );
  }
  if (rows.length > block.events - block.pruned) {
    return fault('row added', rows.at(-1), 'The block has more rows than were removed from it in order.');
  }
  return block.pruned > 0
    ? null
    : fault('row changed', undefined, 'The digest of the block does not follow from its rows.');
}

function firstDifference(
  rows: readonly HashedRow[],
  marks: readonly string[],
  expected: readonly string[],
  index: number,
  place: number,
  pruned: number,
  fault: (what: ChainFault['what'], row: HashedRow | undefined, detail: string) => ChainFault,
): ChainFault {
  const row = rows[index];
  const wanted = expected[place];
  const kept = expected.length - pruned;
  if (rows.length < kept && expected.indexOf(marks[index] ?? '', place) >= 0) {
    return fault('row missing', row, `A row is missing before row ${row?.id}.`);
  }
  if (rows.length > kept && (wanted === undefined || marks.indexOf(wanted, index) >= 0)) {
    return fault('row added', row, `Row ${row?.id} was not there when the block was made.`);
  }
  return fault('row changed', row, `Row ${row?.id} is not what it was when the block was made.`);
}

/** What no block knows of: rows without a block, blocks without a place, removals that nobody recorded. */
async function findStrays(sql: Sql): Promise<ChainFault | null> {
  for (const table of ['finding_event', 'activity'] as const satisfies readonly ChainTable[]) {
    const [row] = await sql.query<{ id: string; block: string }>(STRAY_ROW[table]);
    if (row !== undefined) {
      const fault = faultOf(
        'row added',
        table,
        null,
        `Row ${row.id} names block ${row.block}, which does not have it.`,
      );
      return { ...fault, block: row.block, row: row.id };
    }
  }
  const [loose] = await sql.query<{ id: string }>(
    'select id::text as id from event_block where position is null limit 1',
  );
  if (loose !== undefined) {
    const fault = faultOf('block not linked', 'event_block', null, `Block ${loose.id} has no place in the chain.`);
    return { ...fault, block: loose.id };
  }
  const [removed] = await sql.query<{ marked: number; recorded: number }>(REMOVED);
  if (removed !== undefined && removed.marked !== removed.recorded) {
    const detail = `Blocks say that ${removed.marked} rows were removed, and activity records ${removed.recorded}.`;
    return faultOf('removal not recorded', 'event_block', null, detail);
  }
  return null;
}

function faultOf(
  what: ChainFault['what'],
  table: ChainFault['table'],
  block: StoredBlock | null,
  detail: string,
): ChainFault {
  return { what, table, position: block?.position ?? null, block: block?.id ?? null, row: null, detail };
}

const HEAD = `select position::text as position, encode(hash, 'hex') as hash from event_head`;
const HASH_AT = `select encode(hash, 'hex') as hash from event_block where position = $1::bigint`;

const NOTED = `select 1 from event_block where encode(hash, 'hex') = $1::text`;

const BLOCKS = `
select id::text as id, source, form, events, first_row::text as first_row, last_row::text as last_row, since, at,
  encode(digest, 'hex') as digest, encode(marks, 'hex') as marks, position::text as position,
  encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash, pruned
from event_block b where b.position > $1::bigint and b.position <= $2::bigint order by b.position limit $3::int`;

const STRAY_ROW: Readonly<Record<ChainTable, string>> = {
  finding_event: strayRow('finding_event'),
  activity: strayRow('activity'),
};

function strayRow(table: ChainTable): string {
  return `select e.id::text as id, e.block::text as block from ${table} e
    left join event_block b on b.id = e.block and b.source = '${table}' and e.id between b.first_row and b.last_row
    where b.id is null limit 1`;
}

const REMOVED = `
select (select coalesce(sum(pruned), 0) from event_block)::float8 as marked,
  (select coalesce(sum(split_part(object, ' ', 1)::bigint), 0) from activity where action = 'history-removed')::float8 as recorded`;
