'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { formatSearch, scopeOnly } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import type { FindingPage } from '@/lib/core/model/views.ts';

type Count = FindingPage['matching'] | null;

/** How many findings each query matches in the reader's scope; undefined while it is on its way. */
export function useCounts(queries: readonly string[], everyMs?: number): readonly Count[] | undefined {
  const { values } = useAddress();
  const scope = formatSearch(scopeOnly(values));
  const { data } = useQuery({
    queryKey: ['finding-counts', scope, ...queries],
    queryFn: async ({ signal }): Promise<readonly Count[]> => {
      const asked = queries.map((query) => `query=${encodeURIComponent(query)}`).join('&');
      const answer = await fetch(`/api/finding-counts${scope === '' ? '?' : `${scope}&`}${asked}`, { signal });
      if (!answer.ok) throw new Error(`counts answered ${answer.status}`);
      return answer.json();
    },
    enabled: queries.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
  return data;
}
