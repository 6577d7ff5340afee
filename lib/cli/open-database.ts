import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import { checkDatabase } from '../store/check-database.ts';
import { openDatabase } from '../store/client.ts';
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { type Sql, sqlOfPool } from '../store/sql.ts';
import type { Environment } from '../wiring/environment.ts';

const CONNECTIONS_MAX = 2;

/** Whether there is a database to work on: one that was named, or one that an earlier start has made. */
export function hasDatabase({ databaseUrl, dataDirectory }: Environment): boolean {
  return databaseUrl !== null || existsSync(join(dataDirectory, 'postgres', 'data'));
}

/** Runs the work on DATABASE_URL, else on the embedded database, which is started where it does not run. Throws AppError. */
export async function withDatabase<T>(environment: Environment, work: (sql: Sql) => Promise<T>): Promise<T> {
  const server = await findServer(environment);
  const database = openDatabase(server.url, CONNECTIONS_MAX);
  try {
    return await work(sqlOfPool(database.pool));
  } finally {
    await database.close();
    await server.close();
  }
}

/** Whether a table is there; a database that nobody has started Harrier on is empty. */
export async function hasTable(sql: Sql, name: string): Promise<boolean> {
  const [row] = await sql.query<{ has: boolean }>('select to_regclass($1::text) is not null as has', [name]);
  return row?.has === true;
}

async function findServer(environment: Environment) {
  const { databaseUrl, dataDirectory } = environment;
  if (databaseUrl !== null) {
    await checkDatabase(databaseUrl);
    return { url: databaseUrl, close: async () => undefined };
  }
  if (!hasDatabase(environment)) {
    throw new AppError(
      'unavailable',
      `There is no database in ${dataDirectory}. Set HARRIER_DATA to the folder of an installation, or DATABASE_URL.`,
    );
  }
  const server = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres') });
  return {
    url: await server.databaseUrl('harrier'),
    close: async () => {
      // One that ran before belongs to somebody else.
      if (!server.reused) {
        await server.stop();
      }
    },
  };
}
