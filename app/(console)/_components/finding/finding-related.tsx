'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { FindingPage, FindingRow } from '@/lib/core/model/views.ts';
import { quoted } from '../../findings/_components/rule-query.ts';

interface Props {
  readonly row: FindingRow;
  readonly scoped: (path: string) => string;
}

/** Other open findings that one act or one change may end with this one, each a list of its own. */
export function FindingRelated({ row, scoped }: Props) {
  const lists = [
    { label: 'The same vulnerability', query: `is:open cve:${quoted(row.vulnerabilityId)}` },
    ...(row.packageName === ''
      ? []
      : [
          { label: `In ${row.packageName} anywhere`, query: `is:open package:${quoted(row.packageName)}` },
          {
            label: `In ${row.packageName} on this resource`,
            query: `is:open package:${quoted(row.packageName)} resource:${quoted(row.resourceId)}`,
          },
        ]),
    { label: 'On this resource', query: `is:open resource:${quoted(row.resourceId)}` },
  ];
  const counts = useQuery({
    queryKey: ['finding-counts', 'related', row.id],
    queryFn: async ({ signal }): Promise<readonly (FindingPage['matching'] | null)[]> => {
      const asked = lists.map(({ query }) => `query=${encodeURIComponent(query)}`).join('&');
      const answer = await fetch(`/api/finding-counts?${asked}`, { signal });
      if (!answer.ok) throw new Error(`counts answered ${answer.status}`);
      return answer.json();
    },
    staleTime: 30_000,
  });
  if (counts.isError) {
    return (
      <div className="pt-3">
        <ErrorState
          title="Related findings did not load"
          message="The finding itself is right."
          onRetry={() => void counts.refetch()}
        />
      </div>
    );
  }
  return (
    <section className="panel-block">
      <h3>Open, this one among them</h3>
      <ul>
        {lists.map(({ label, query }, index) => {
          const count = counts.data?.[index];
          return (
            <li key={label} className="flex items-center gap-3 border-line border-b py-2 last:border-0">
              <Link
                href={addressWith('/findings', {}, { q: query })}
                className="min-w-0 flex-1 truncate hover:underline"
              >
                <bdi>{label}</bdi>
              </Link>
              <span className="font-medium">
                {count ? `${formatCount(count.count)}${count.exact ? '' : '+'}` : <Skeleton width="3ch" height={10} />}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-12">
        <Link href={scoped(`/resources/${encodeURIComponent(row.resourceId)}`)} className="text-accent hover:underline">
          Everything about this resource
        </Link>
      </p>
    </section>
  );
}
