'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { reviveFindingRow, type Wire } from '@/components/findings/revive-finding.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { replaceFindings } from './findings-cache.ts';

/** Two people on one finding see each other's change within two seconds. */
const ASK_MS = 1_500;
const ASKED_MAX = 100;

/** Keeps rows as they are on the server: asks which of them changed, and gets those alone. Silent while the page is hidden. */
export function useLiveRows(rows: readonly FindingRow[]): void {
  const client = useQueryClient();
  useQuery({
    queryKey: ['changed-findings'],
    queryFn: async ({ signal }) => {
      const seen = rows.slice(0, ASKED_MAX).map(({ id, version }) => `${id}.${version}`);
      if (seen.length === 0) return 0;
      const answer = await fetch(`/api/findings/changes?seen=${seen.join(',')}`, { signal });
      if (!answer.ok) throw new Error(`changes answered ${answer.status}`);
      const changed = ((await answer.json()) as readonly Wire<FindingRow>[]).map(reviveFindingRow);
      replaceFindings(client, changed);
      return changed.length;
    },
    refetchInterval: (query) => (query.state.status === 'error' ? 10 * ASK_MS : ASK_MS),
    retry: false,
    gcTime: 0,
  });
}
