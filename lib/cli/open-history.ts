import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import { checkDatabase } from '../store/check-database.ts';
import { openDatabase } from '../store/client.ts';
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { createHistoryStore } from '../store/history/history-store.ts';
import { sqlOfPool } from '../store/sql.ts';
import type { Environment } from '../wiring/environment.ts';

const CONNECTIONS_MAX = 2;

/** Runs the work on the history of DATABASE_URL, else of the embedded database, which is started where it does not run. */
export async function withHistory<T>(
  environment: Environment,
  work: (history: HistoryStore) => Promise<T>,
): Promise<T> {
  const server = await findServer(environment);
  const database = openDatabase(server.url, CONNECTIONS_MAX);
  try {
    const { rows } = await database.pool.query<{ has: boolean }>(`select to_regclass('event_head') is not null as has`);
    if (rows[0]?.has !== true) {
      throw new AppError('unavailable', 'The database has no history yet. Start Harrier once with "npm start".');
    }
    return await work(createHistoryStore(sqlOfPool(database.pool)));
  } finally {
    await database.close();
    await server.close();
  }
}

async function findServer({ databaseUrl, dataDirectory }: Environment) {
  if (databaseUrl !== null) {
    await checkDatabase(databaseUrl);
    return { url: databaseUrl, close: async () => undefined };
  }
  const directory = join(dataDirectory, 'postgres');
  if (!existsSync(join(directory, 'data'))) {
    throw new AppError(
      'unavailable',
      `There is no database in ${dataDirectory}. Set HARRIER_DATA to the folder of an installation, or DATABASE_URL.`,
    );
  }
  const server = await startEmbeddedPostgres({ directory });
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
