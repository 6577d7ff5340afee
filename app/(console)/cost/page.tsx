import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { DoubtList } from '@/components/ui/doubt-list.tsx';
import type { CostView } from '@/lib/core/model/cost-view.ts';
import { getCost } from '@/lib/operations/usage/get-cost.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { AccountTable } from './_components/account-table.tsx';
import { CostFigures } from './_components/cost-figures.tsx';
import { CostHead } from './_components/cost-head.tsx';
import { EnvironmentTable } from './_components/environment-table.tsx';
import { PriceBookFacts } from './_components/price-book-facts.tsx';
import { ServiceTable } from './_components/service-table.tsx';
import { monthWords } from './month-words.ts';
import { type CostSearch, parseCostSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Cost' };

export default async function CostPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const search = parseCostSearch(await searchParams, new Date());
  const result = await settle(ask(getCost, search.ask), 'Cost');
  return (
    <>
      <CostHead search={search} view={result.ok ? result.value : null} />
      {result.ok ? (
        <Cost view={result.value} search={search} />
      ) : (
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <ErrorState title="Cost did not load" message={result.message} />
        </div>
      )}
    </>
  );
}

function Cost({ view, search }: { readonly view: CostView; readonly search: CostSearch }) {
  return (
    <div className="cost-body">
      <DoubtList doubts={view.doubts} />
      {view.accounts.length === 0 ? (
        <div className="max-w-[640px] pt-4">
          <EmptyState
            kind="unknown"
            title={`Nothing was scanned in ${monthWords(view.month)}`}
            action={<ButtonLink href="/settings/accounts">Connect an account</ButtonLink>}
          >
            No instance, image or function of this scope is known in that month, so there is nothing to price. Choose
            another month, or widen the scope.
          </EmptyState>
        </div>
      ) : (
        <>
          <CostFigures view={view} />
          <EnvironmentTable view={view} search={search} />
          <AccountTable view={view} search={search} />
          <ServiceTable view={view} />
        </>
      )}
      <PriceBookFacts view={view} search={search} />
    </div>
  );
}
