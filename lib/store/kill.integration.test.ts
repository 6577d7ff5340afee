import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

const { KILLS: wanted } = import.meta.env as unknown as Readonly<Record<string, string | undefined>>;
/** Moments at which something is killed; `KILLS=200` is the full run by hand. */
const KILLS = Number(wanted ?? 12);
const STEPS = KILLS * 6;
const SEED = 7;
const WRITER = fileURLToPath(new URL('../testing/report-writer.ts', import.meta.url));

let directory = '';
let server: EmbeddedPostgres | null = null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harrier-killed-'));
});

afterEach(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

function startWriter(url: string, name: string): ChildProcess {
  const args = [
    '--disable-warning=ExperimentalWarning',
    WRITER,
    url,
    join(directory, name),
    String(STEPS),
    String(SEED),
  ];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function ended(child: ChildProcess): Promise<number | null> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

/** Everything that must not depend on what was killed: findings, what is told of them, counts. */
async function stateOf(url: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const findings = await client.query(
      `select r.key as resource, f.vulnerability_id, f.status, f.severity, f.score, f.content, f.content_hash, f.sources,
         f.first_seen_at, f.opened_at, f.closed_at, f.due_at,
         (select count(*)::int from finding_event e where e.finding_id = f.id) as events
       from finding f join resource r on r.id = f.resource_id order by 1, 2`,
    );
    const counts = await client.query(
      `select account_id, status, severity, sum(n)::int as n from finding_count
       group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`,
    );
    await client.query('select finding_delta_rebuild()');
    const rebuilt = await client.query(
      `select account_id, status, severity, sum(n)::int as n from finding_count
       group by 1, 2, 3 order by 1, 2, 3`,
    );
    expect(counts.rows).toEqual(rebuilt.rows);
    return { findings: findings.rows, counts: counts.rows };
  } finally {
    await client.end();
  }
}

it(
  `a worker and a database killed at ${KILLS} random moments leave the state of a clean run`,
  async () => {
    const options = { directory: join(directory, 'postgres'), durable: true };
    server = await startEmbeddedPostgres(options);
    const { port } = server;
    const clean = await server.databaseUrl('clean');
    const killed = await server.databaseUrl('killed');
    await migrate(clean);
    await migrate(killed);
    expect(await ended(startWriter(clean, 'clean'))).toBe(0);

    const random = createRandom(SEED);
    let writer = startWriter(killed, 'killed');
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(150 + random() * 600);
      if (random() < 0.6) {
        writer.kill('SIGKILL');
        await ended(writer);
        writer = startWriter(killed, 'killed');
      } else {
        process.kill(server.pid, 'SIGKILL');
        await server.ended;
        server = await startEmbeddedPostgres({ ...options, port });
      }
    }

    expect(await ended(writer)).toBe(0);
    expect(await stateOf(killed)).toEqual(await stateOf(clean));
  },
  60_000 + KILLS * 10_000,
);
