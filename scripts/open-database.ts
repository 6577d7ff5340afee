import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkDatabase } from '../lib/store/check-database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../lib/store/embedded-postgres.ts';
import type { Environment } from '../lib/wiring/environment.ts';

const BACK_OFF_MILLISECONDS = { first: 500, last: 30_000 };

export interface OpenDatabase {
  readonly url: string;
  /** Stops the database when it is ours. */
  close(): Promise<void>;
}

/** The database of the settings: the embedded one, which is kept running from here on, or the one in DATABASE_URL. */
export async function openDatabase(
  environment: Environment,
  report: (sentence: string) => void,
): Promise<OpenDatabase> {
  if (environment.databaseUrl !== null) {
    await checkDatabase(environment.databaseUrl);
    return { url: environment.databaseUrl, close: async () => undefined };
  }
  const directory = join(environment.dataDirectory, 'postgres');
  let server = await startEmbeddedPostgres({ directory, report });
  if (server.reused) report(`The database was still running (process ${server.pid}) and was taken over.`);
  const url = await server.databaseUrl('harrier');
  const stopping = new AbortController();
  const keeping = keepRunning(directory, server, stopping.signal, report, (next) => {
    server = next;
  });
  return {
    url,
    async close() {
      stopping.abort();
      await server.stop();
      await keeping;
    },
  };
}

/** A died database comes back on its old port, so everyone's connections find it again. */
async function keepRunning(
  directory: string,
  first: EmbeddedPostgres,
  stopping: AbortSignal,
  report: (sentence: string) => void,
  replace: (server: EmbeddedPostgres) => void,
): Promise<void> {
  let server = first;
  let pause = BACK_OFF_MILLISECONDS.first;
  await server.ended;
  while (!stopping.aborted) {
    report('The database ended unexpectedly and is being started again.');
    try {
      server = await startEmbeddedPostgres({ directory, port: first.port, report });
      replace(server);
      pause = BACK_OFF_MILLISECONDS.first;
      // A stop that was asked for in the meantime did not reach the new server.
      if (stopping.aborted) await server.stop();
      else report('The database is back.');
      await server.ended;
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
      await sleep(pause, undefined, { signal: stopping }).catch(() => undefined);
      pause = Math.min(pause * 2, BACK_OFF_MILLISECONDS.last);
    }
  }
}
