import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../store/client.ts';
import { cacheMegabytes, startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';
import { type EstateSize, fillFindings } from './fill-findings.ts';

export interface FilledDatabase {
  readonly url: string;
  /** A statement of the test's own; its rows. */
  query<Row extends object>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** A PostgreSQL of its own, as the product starts it, with generated findings. */
export async function filledDatabase(size: EstateSize): Promise<FilledDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'harrier-filled-'));
  const postgres = await startEmbeddedPostgres({ directory, durable: true, cacheMegabytes: cacheMegabytes() });
  const stop = async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const url = await postgres.databaseUrl('filled');
    await migrate(url);
    const database = openDatabase(url);
    await fillFindings(database.pool, size);
    await database.pool.query('vacuum analyze');
    return {
      url,
      query: async <Row extends object>(statement: string, values: readonly unknown[] = []) =>
        (await database.pool.query<Row>(statement, [...values])).rows,
      async stop() {
        await database.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
