import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { coverageSummary } from '@/lib/core/coverage/summary.ts';
import { SCAN_WINDOW_HOURS } from '@/lib/core/coverage/window.ts';
import { getCoverage } from '@/lib/operations/console/get-coverage.ts';
import { listLedger } from '@/lib/operations/console/list-ledger.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { CoverageHead } from './_components/coverage-head.tsx';
import { LedgerList } from './_components/ledger-list.tsx';
import { Places } from './_components/places.tsx';
import { type CoverageSearch, parseCoverageSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Coverage' };

const PAGE_ROWS = 200;

export default async function CoveragePage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const search = parseCoverageSearch(await searchParams);
  return search.by === 'resource' ? <Resources search={search} /> : <Grid search={search} by={search.by} />;
}

interface GridProps {
  readonly search: CoverageSearch;
  readonly by: 'account' | 'region';
}

async function Grid({ search, by }: GridProps) {
  const result = await settle(ask(getCoverage, { scope: search.scope, by }), 'Coverage');
  if (!result.ok) {
    return (
      <>
        <CoverageHead search={search} all={null} windowHours={SCAN_WINDOW_HOURS} />
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <ErrorState title="Coverage did not load" message={result.message} />
        </div>
      </>
    );
  }
  const view = result.value;
  const summary = coverageSummary(view);
  return (
    <>
      <CoverageHead search={search} all={summary.all} windowHours={view.windowHours} />
      <Places view={view} summary={summary} search={search} now={new Date()} />
    </>
  );
}

async function Resources({ search }: { readonly search: CoverageSearch }) {
  const { scope, filter, cursor } = search;
  const [view, page] = await Promise.all([
    settle(ask(getCoverage, { scope, by: 'account' }), 'Coverage'),
    settle(ask(listLedger, { scope, filter, cursor, limit: PAGE_ROWS }), 'Resources'),
  ]);
  return (
    <>
      <CoverageHead
        search={search}
        all={view.ok ? coverageSummary(view.value).all : null}
        windowHours={view.ok ? view.value.windowHours : SCAN_WINDOW_HOURS}
      />
      <LedgerList view={view} page={page} search={search} now={new Date()} />
    </>
  );
}
