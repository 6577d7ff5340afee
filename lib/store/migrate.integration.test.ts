import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '../testing/postgres.ts';
import { migrate } from './migrate.ts';

let database: FreshDatabase;
let directory: string;

beforeEach(async () => {
  database = await emptyDatabase();
  directory = mkdtempSync(join(tmpdir(), 'harrier-migrations-'));
  write('1_nouns', 'create table noun (id int primary key);');
  write(
    '2_function',
    `create function twice(n int) returns int language plpgsql as $$ begin return n * 2; end; $$;
     insert into noun values (twice(21));`,
  );
});

afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(database.url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('three at once apply every file exactly once, in order', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => migrate(database.url, { directory })));

    expect(outcomes.flatMap((outcome) => outcome.applied)).toEqual(['1_nouns', '2_function']);
    expect(await query('select id from noun')).toEqual([{ id: 42 }]);
    expect(await query('select count(*)::int as rows from _prisma_migrations where finished_at is not null')).toEqual([
      { rows: 2 },
    ]);
  });

  it('a failing file leaves nothing behind, stops what follows and is tried again when it is put right', async () => {
    write('3_broken', 'create table half (id int); select no_such_column from noun;');
    write('4_after', 'create table after_it (id int);');

    await expect(migrate(database.url, { directory })).rejects.toThrow(
      /^Migration 3_broken failed and nothing of it was kept: .*no_such_column.*start again\.$/,
    );
    expect(await query(`select to_regclass('half') as half, to_regclass('after_it') as after`)).toEqual([
      { half: null, after: null },
    ]);

    write('3_broken', 'create table half (id int);');
    expect(await migrate(database.url, { directory })).toEqual({ applied: ['3_broken', '4_after'], edited: [] });
  });

  it('a process that died in the middle of a file is no obstacle', async () => {
    await migrate(database.url, { directory });
    await query(`insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'y', '3_more')`);
    write('3_more', 'create table more (id int);');

    expect((await migrate(database.url, { directory })).applied).toEqual(['3_more']);
  });

  it('a failure that another tool recorded is explained and can be tried again by name', async () => {
    await migrate(database.url, { directory });
    write('3_more', 'create table more (id int);');
    await query(
      `insert into _prisma_migrations (id, checksum, migration_name, logs) values ('x', 'y', '3_more', 'disk full')`,
    );

    await expect(migrate(database.url, { directory })).rejects.toThrow(
      /3_more failed earlier \(disk full\).*--retry 3_more/,
    );
    expect((await migrate(database.url, { directory, retry: '3_more' })).applied).toEqual(['3_more']);
  });

  it('a database of a newer Harrier is refused before anything is changed', async () => {
    await migrate(database.url, { directory });
    await query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'y', '9_future', now())`,
    );
    write('3_more', 'create table more (id int);');

    await expect(migrate(database.url, { directory })).rejects.toThrow(/belongs to a newer Harrier: .*9_future/);
    expect(await query(`select to_regclass('more') as more`)).toEqual([{ more: null }]);
  });

  it('a file that was edited after it was applied is reported and not run again', async () => {
    await migrate(database.url, { directory });
    write('1_nouns', 'create table noun (id int primary key); -- edited');

    expect(await migrate(database.url, { directory })).toEqual({ applied: [], edited: ['1_nouns'] });
  });

  it('waiting for another run ends with a sentence', async () => {
    const other = new Client(database.url);
    await other.connect();
    await other.query('select pg_advisory_lock(72707369)');

    await expect(migrate(database.url, { directory, lockSecondsMax: 0.2 })).rejects.toThrow(/Another process has been/);
    await other.end();
  });

  it("the project's own migrations apply to an empty database", async () => {
    const { applied } = await migrate(database.url);

    expect(applied.length).toBeGreaterThan(0);
    expect((await migrate(database.url)).applied).toEqual([]);
  });
});
