import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { formatSearch, readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { listFindings } from '@/lib/operations/console/list-findings.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { FindingViews } from './_components/finding-views.tsx';
import { FindingsWorkbench } from './_components/findings-workbench.tsx';
import { parseFindingSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Findings' };

const FIRST_ROWS = 100;

export default async function FindingsPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const now = new Date();
  const values = readSearch(await searchParams);
  const search = parseFindingSearch(values, now);
  const result = await settle(
    ask(listFindings, { scope: search.scope, criteria: search.criteria, cursor: null, limit: FIRST_ROWS }),
    'Findings',
  );
  const { sel: _sel, tab: _tab, ...listValues } = values;

  return (
    <>
      <PageHeader title="Findings" answer={result.ok ? formatAnswer(result.value) : undefined} />
      <FindingViews values={listValues} />
      {result.ok ? (
        <FindingsWorkbench
          key={formatSearch(listValues)}
          first={result.value}
          address={formatSearch(listValues)}
          terms={search.terms}
          sort={search.criteria.sort}
          descending={search.criteria.descending}
          selected={search.selected}
          tab={search.tab}
          now={now}
        />
      ) : (
        <div className="px-(--gutter) pt-4">
          <ErrorState title="Findings did not load" message={result.message} />
        </div>
      )}
    </>
  );
}

interface Answer {
  readonly matching: { readonly count: number; readonly exact: boolean };
  readonly openTotal: number;
  readonly assurance: { readonly proven: boolean };
}

function formatAnswer({ matching, openTotal, assurance }: Answer): string {
  if (openTotal === 0 && !assurance.proven) return 'open findings not known';
  return `${formatCount(matching.count)}${matching.exact ? '' : '+'} of ${formatCount(openTotal)}`;
}
