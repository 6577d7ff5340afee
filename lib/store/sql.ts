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
