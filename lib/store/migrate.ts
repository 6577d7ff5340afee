import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { AppError } from '../core/model/app-error.ts';
import { type Migration, readMigrations } from './migration-files.ts';

/** The key that Prisma takes for its own runs, so that both tools wait for each other. */
const LOCK_KEY = 72_707_369;
const LOCK_SECONDS_MAX = 120;

const BOOKKEEPING = `
  create table if not exists _prisma_migrations (
    id                  varchar(36) primary key,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

export interface MigrateOptions {
  readonly directory?: string;
  /** The name of a migration that failed under another tool and is to be tried again. */
  readonly retry?: string;
  readonly lockSecondsMax?: number;
}

export interface MigrationOutcome {
  readonly applied: readonly string[];
  /** Applied earlier from a file that reads differently now. */
  readonly edited: readonly string[];
}

interface RecordedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly logs: string | null;
}

/** Brings the database to the state of the files, in order, each whole or not at all. Safe to run many times at once. */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrationOutcome> {
  const migrations = readMigrations(
    options.directory ?? fileURLToPath(new URL('../../prisma/migrations', import.meta.url)),
  );
  const client = new Client({ connectionString: url, application_name: 'harrier migrate' });
  // A connection that breaks is reported by the query that was on it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeLock(client, options.lockSecondsMax ?? LOCK_SECONDS_MAX);
    await client.query(BOOKKEEPING);
    if (options.retry !== undefined) await forget(client, options.retry);
    return await applyAll(client, migrations);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function takeLock(client: Client, secondsMax: number): Promise<void> {
  const deadline = Date.now() + secondsMax * 1000;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK_KEY]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline) {
      throw new AppError(
        'unavailable',
        `Another process has been migrating this database for more than ${secondsMax} seconds: wait for it, or end it, then start again.`,
      );
    }
    await client.query('select pg_sleep(0.1)');
  }
}

async function applyAll(client: Client, migrations: readonly Migration[]): Promise<MigrationOutcome> {
  const recorded = await readRecorded(client);
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of recorded) {
    if (!known.has(row.migration_name)) throw belongsToNewer(row.migration_name);
    if (row.finished_at === null && row.logs !== null) throw failedEarlier(row.migration_name, row.logs);
  }
  const finished = new Map(recorded.filter((row) => row.finished_at !== null).map((row) => [row.migration_name, row]));
  const applied: string[] = [];
  const edited: string[] = [];
  for (const migration of migrations) {
    const done = finished.get(migration.name);
    if (done === undefined) {
      // A row without an end and without a reason was left by a process that died: its transaction left nothing else.
      await forget(client, migration.name);
      await apply(client, migration);
      applied.push(migration.name);
    } else if (done.checksum !== migration.checksum) {
      edited.push(migration.name);
    }
  }
  return { applied, edited };
}

async function readRecorded(client: Client): Promise<readonly RecordedMigration[]> {
  const { rows } = await client.query<RecordedMigration>(
    `select migration_name, checksum, finished_at, logs from _prisma_migrations
     where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** The row is there before the work, so that a failure has a place; its end is part of the work's own transaction. */
async function apply(client: Client, migration: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1', [
      id,
    ]);
    await client.query('commit');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await recordFailure(client, id, reason);
    throw new AppError(
      'unavailable',
      `Migration ${migration.name} failed and nothing of it was kept: ${reason}; put the cause right and start again.`,
    );
  }
}

/** Marked as rolled back, which it is, so that the next start tries again once the cause is gone. */
async function recordFailure(client: Client, id: string, reason: string): Promise<void> {
  try {
    await client.query('rollback');
    await client.query('update _prisma_migrations set logs = $2, rolled_back_at = now() where id = $1', [id, reason]);
  } catch {
    // With the connection gone the row stays without a reason, which the next run takes as "died on the way".
  }
}

async function forget(client: Client, name: string): Promise<void> {
  await client.query(
    `update _prisma_migrations set rolled_back_at = now()
     where migration_name = $1 and finished_at is null and rolled_back_at is null`,
    [name],
  );
}

function belongsToNewer(name: string): AppError {
  return new AppError(
    'conflict',
    `The database belongs to a newer Harrier: it has the migration ${name}, which this version does not know; start that version or a later one, or set DATABASE_URL or HARRIER_DATA to another database.`,
  );
}

function failedEarlier(name: string, logs: string): AppError {
  const reason = logs.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  return new AppError(
    'conflict',
    `Migration ${name} failed earlier (${reason}) and the database may hold a part of it: undo that part, then run "node lib/store/migrate.ts --retry ${name}".`,
  );
}

async function main(args: readonly string[]): Promise<void> {
  const retry = args.indexOf('--retry');
  // An entry point of its own: the settings' reader belongs to the wiring, which the store must not import.
  // biome-ignore lint/style/noProcessEnv: see above
  const url = process.env.DATABASE_URL;
  if (!url) {
    process.stderr.write('Set DATABASE_URL to the database to migrate; the embedded one is migrated by "npm start".\n');
    process.exitCode = 2;
    return;
  }
  try {
    const name = retry >= 0 ? args[retry + 1] : undefined;
    const { applied, edited } = await migrate(url, name === undefined ? {} : { retry: name });
    for (const each of applied) process.stdout.write(`applied ${each}\n`);
    for (const each of edited) process.stdout.write(`${each} was edited after it was applied\n`);
    if (applied.length === 0) process.stdout.write('nothing to apply\n');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
