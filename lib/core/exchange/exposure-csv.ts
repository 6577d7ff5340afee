import type { ExposureRow } from '../model/exposure-view.ts';
import { csvLine } from './csv-line.ts';

const COLUMNS: readonly (readonly [name: string, value: (row: ExposureRow, readAt: Date) => string])[] = [
  ['accountId', ({ accountId }) => accountId],
  ['accountName', ({ accountName }) => accountName],
  ['region', ({ region }) => region],
  ['environment', ({ environment }) => environment ?? ''],
  ['resourceId', ({ resourceId }) => resourceId],
  ['resourceName', ({ resourceName }) => resourceName],
  ['protocol', ({ network }) => network.protocol],
  ['firstPort', ({ network }) => String(network.begin)],
  ['lastPort', ({ network }) => String(network.end)],
  ['services', ({ network }) => network.services.join(' ')],
  ['from', ({ network }) => network.category],
  ['via', ({ network }) => network.via],
  ['families', ({ network }) => network.families.join(' ')],
  ['anyAddress', ({ network }) => String(network.isWorld)],
  ['addresses', ({ network }) => network.sourceCount],
  ['firstBlocks', ({ network }) => network.sourceBlocks.join(' ')],
  ['interfaceId', ({ network }) => network.interfaceId],
  ['subnetId', ({ network }) => network.subnetId],
  ['securityGroups', ({ network }) => [...new Set(network.revokes.map(({ groupId }) => groupId))].join(' ')],
  ['severity', ({ severity }) => severity],
  ['score', ({ score }) => score?.toFixed(1) ?? ''],
  ['teamStatus', ({ teamStatus }) => teamStatus],
  ['openedAt', ({ openedAt }) => openedAt.toISOString()],
  ['path', ({ network }) => network.hops.map(({ id, because }) => `${id} ${because}`).join(' > ')],
  ['findingId', ({ id }) => id],
  ['dataAt', (_row, readAt) => readAt.toISOString()],
];

/** The first line of the file: what the columns are. */
export function exposureCsvHead(): string {
  return csvLine(COLUMNS.map(([name]) => name));
}

/** One line for each open path, with its hops in one column. */
export function exposureCsvLines(rows: readonly ExposureRow[], readAt: Date): string {
  return rows.map((row) => csvLine(COLUMNS.map(([, value]) => value(row, readAt)))).join('');
}
