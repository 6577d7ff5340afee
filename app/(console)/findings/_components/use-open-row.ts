'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchFinding } from '@/components/findings/fetch-finding.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';

interface OpenRow {
  readonly row: FindingRow | null;
  /** It is not there, or not for this reader. */
  readonly missing: boolean;
}

/** The finding that is open beside the list: from the list where it is loaded, else by itself. */
export function useOpenRow(id: string | null, rows: readonly FindingRow[]): OpenRow {
  const listed = rows.find((row) => row.id === id) ?? null;
  const { data, isError } = useQuery({
    queryKey: ['finding', id],
    queryFn: ({ signal }) => fetchFinding(id ?? '', signal),
    enabled: id !== null && listed === null,
    staleTime: 30_000,
    retry: false,
  });
  if (id === null) return { row: null, missing: false };
  return { row: listed ?? data ?? null, missing: listed === null && isError };
}
