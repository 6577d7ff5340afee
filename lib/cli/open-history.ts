import { AppError } from '../core/model/app-error.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import { createHistoryStore } from '../store/history/history-store.ts';
import type { Environment } from '../wiring/environment.ts';
import { hasTable, withDatabase } from './open-database.ts';

/** Runs the work on the history of the installation's database. */
export function withHistory<T>(environment: Environment, work: (history: HistoryStore) => Promise<T>): Promise<T> {
  return withDatabase(environment, async (sql) => {
    if (!(await hasTable(sql, 'event_head'))) {
      throw new AppError('unavailable', 'The database has no history yet. Start Harrier once with "npm start".');
    }
    return work(createHistoryStore(sql));
  });
}
