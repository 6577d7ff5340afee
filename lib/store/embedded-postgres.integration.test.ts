import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

let directory: string;
let servers: EmbeddedPostgres[];

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'harrier-embedded-')), 'postgres');
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(join(directory, '..'), { recursive: true, force: true });
});

async function start(port?: number): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, ...(port === undefined ? {} : { port }) });
  servers.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(await server.databaseUrl('harrier'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  it('what was acknowledged survives kill -9, and the server comes back on its port', async () => {
    const first = await start();
    await query(first, 'create table kept (n int)');
    const writer = new Client(await first.databaseUrl('harrier'));
    writer.on('error', () => undefined);
    await writer.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await writer.query('insert into kept values ($1)', [acknowledged + 1]);
        acknowledged += 1;
        if (acknowledged === 200) process.kill(first.pid, 'SIGKILL');
      }
    })().catch(() => undefined);
    await first.ended;
    const second = await start(first.port);
    await writing;

    const [row] = await query(second, 'select count(*)::int as rows, max(n) as last from kept');

    expect(second.port).toBe(first.port);
    expect(row?.rows).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.rows).toBe(row?.last);
  });

  it('a server that outlived its supervisor is taken over, not started twice', async () => {
    const first = await start();

    const second = await start();

    expect(second).toMatchObject({ pid: first.pid, port: first.port, reused: true });
    await second.stop();
    await first.ended;
  });

  it('a half-made data directory is moved aside and made again', async () => {
    mkdirSync(join(directory, 'data', 'global'), { recursive: true });
    writeFileSync(join(directory, 'data', 'PG_VERSION'), '18\n');
    const sentences: string[] = [];

    const server = await startEmbeddedPostgres({ directory, report: (sentence) => sentences.push(sentence) });
    servers.push(server);

    expect(sentences).toEqual([
      expect.stringMatching(/unfinished database directory was moved to .*data\.unfinished-/),
    ]);
    expect(readdirSync(directory).filter((name) => name.startsWith('data.unfinished-'))).toHaveLength(1);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('a finished data directory is never moved, even when its marker and its version are lost', async () => {
    await (await start()).stop();
    rmSync(join(directory, 'data', 'harrier-complete'));
    rmSync(join(directory, 'data', 'PG_VERSION'));

    await expect(start()).rejects.toThrow(/is damaged: its PG_VERSION file is gone/);
    expect(readdirSync(directory).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('the data directory of another major version is explained', async () => {
    await (await start()).stop();
    writeFileSync(join(directory, 'data', 'PG_VERSION'), '16\n');

    await expect(start()).rejects.toThrow(/was made by PostgreSQL 16 and this Harrier brings PostgreSQL \d+/);
  });

  it('a stale postmaster.pid whose number now belongs to another process does not stop the start', async () => {
    await (await start()).stop();
    writeFileSync(join(directory, 'data', 'postmaster.pid'), `${process.pid}\n/gone\n1\n5432\n`);

    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('a server that cannot start is one sentence with its own last words', async () => {
    await (await start()).stop();
    appendFileSync(join(directory, 'data', 'postgresql.conf'), 'no_such_setting = on\n');

    await expect(start()).rejects.toThrow(
      /^The embedded PostgreSQL did not start: .*(no_such_setting|errors).* \(log: /,
    );
  });

  it('the password is for the owner alone and the server asks for it', async () => {
    const server = await start();
    const url = new URL(await server.databaseUrl('harrier'));
    url.password = 'wrong';

    await expect(new Client(url.href).connect()).rejects.toThrow(/password authentication failed/);
    expect(readFileSync(join(directory, 'password'), 'utf8')).toHaveLength(43);
  });
});
