import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { FindingDetail, FindingPage, FindingRow } from '@/lib/core/model/views.ts';

type Pages = InfiniteData<FindingPage, string | null>;

/** Changes rows wherever they are shown: in every list that was read, and in what is open. */
export function patchFindings(client: QueryClient, change: (row: FindingRow) => FindingRow): void {
  client.setQueriesData<Pages>({ queryKey: ['findings'] }, (data) =>
    data === undefined
      ? data
      : { ...data, pages: data.pages.map((page) => ({ ...page, rows: page.rows.map(change) })) },
  );
  client.setQueriesData<FindingDetail>({ queryKey: ['finding'] }, (detail) =>
    detail === undefined ? detail : { ...detail, ...change(detail) },
  );
}

/** Puts newer rows in place of those with the same id; what is known besides of an opened one is asked for again. */
export function replaceFindings(client: QueryClient, rows: readonly FindingRow[]): void {
  if (rows.length === 0) return;
  const newer = new Map(rows.map((row) => [row.id, row]));
  patchFindings(client, (row) => newer.get(row.id) ?? row);
  for (const { id } of rows) void client.invalidateQueries({ queryKey: ['finding', id] });
}
