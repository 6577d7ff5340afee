import { setTimeout as wait } from 'node:timers/promises';
import type { Database, TransactionClient } from './client.ts';

/** A scan of a large resource writes tens of thousands of rows in one transaction. */
const TRANSACTION_TIMEOUT_MS = 120_000;
const CONNECTION_WAIT_MS = 15_000;
const ATTEMPTS_MAX = 3;

/**
 * Runs the work in one transaction. When PostgreSQL ends it to break a deadlock, the work runs again: it has
 * written nothing, and trying again is what the error asks for.
 */
export async function inTransaction<T>(
  database: Database,
  work: (transaction: TransactionClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.prisma.$transaction(work, {
        maxWait: CONNECTION_WAIT_MS,
        timeout: TRANSACTION_TIMEOUT_MS,
      });
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isDeadlock(error)) {
        throw error;
      }
      await wait(20 * attempt + Math.random() * 50);
    }
  }
}

/** Prisma reports a deadlock of its own statements as P2034; of raw ones it repeats PostgreSQL's code in the message. */
function isDeadlock(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'P2034' || (code === 'P2010' && /Code: `(40P01|40001)`/.test(message ?? ''));
}
