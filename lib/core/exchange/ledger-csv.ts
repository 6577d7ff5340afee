import { reasonOf } from '../coverage/reason-codes.ts';
import type { LedgerRow } from '../model/coverage-view.ts';
import { csvLine } from './csv-line.ts';

const COLUMNS: readonly (readonly [name: string, value: (row: LedgerRow, readAt: Date) => string])[] = [
  ['accountId', ({ accountId }) => accountId],
  ['accountName', ({ accountName }) => accountName],
  ['region', ({ region }) => region],
  ['kind', ({ kind }) => kind],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['environment', ({ environment }) => environment ?? ''],
  ['state', ({ state }) => state],
  ['reasonCode', ({ reason }) => reason],
  ['reason', ({ reason }) => reasonOf(reason).title],
  ['detail', ({ detail }) => detail ?? ''],
  ['lastGoodScanAt', ({ goodAt }) => goodAt?.toISOString() ?? ''],
  ['dataAt', (_row, readAt) => readAt.toISOString()],
];

/** The first line of the file: what the columns are. */
export function ledgerCsvHead(): string {
  return csvLine(COLUMNS.map(([name]) => name));
}

/** One line for each resource; the last column says when the ledger was read, so that a file tells its age by itself. */
export function ledgerCsvLines(rows: readonly LedgerRow[], readAt: Date): string {
  return rows.map((row) => csvLine(COLUMNS.map(([, value]) => value(row, readAt)))).join('');
}
