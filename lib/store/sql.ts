import type pg from 'pg';
import type { TransactionClient } from './client.ts';

/**
 * Hand-written SQL against either the pool or an open transaction. Both sides must give the same JavaScript values,
 * so statements cast what the two drivers read differently: counts to `int` or `float8`, days to `text`.
 */
export interface Sql {
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** True where a row lock taken by one statement still holds for the next. */
  readonly inTransaction: boolean;
}

/**
 * To be set by an update of `finding f` that names no column from which its stored orders are made (severity, score, due_at):
 * PostgreSQL 18 then reads their definitions anew for every row, a fifth of the time of an act on many (ADR 41).
 */
export const KEEP_ORDERS = 'due_at = f.due_at';

export function sqlOfPool(pool: pg.Pool): Sql {
  return {
    inTransaction: false,
    async query<Row>(text: string, values: readonly unknown[] = []) {
      const result = await pool.query(text, [...values]);
      return result.rows as Row[];
    },
  };
}

export function sqlOfTransaction(transaction: TransactionClient): Sql {
  return {
    inTransaction: true,
    query: <Row>(text: string, values: readonly unknown[] = []) => transaction.$queryRawUnsafe<Row[]>(text, ...values),
  };
}
