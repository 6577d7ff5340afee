import type { Metadata } from 'next';
import { connection } from 'next/server';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { parseScope } from '@/components/layout/scope-params.ts';
import { formatSearch, readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { listResources } from '@/lib/operations/console/list-resources.ts';
import { ScanHostButton } from '../_components/scan-host-button.tsx';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { ResourceTable } from './_components/resource-table.tsx';

export const metadata: Metadata = { title: 'Resources' };

const PAGE_ROWS = 200;

export default async function ResourcesPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const record = await searchParams;
  const values = readSearch(record);
  const cursor = typeof record.cursor === 'string' ? record.cursor : null;
  const result = await settle(ask(listResources, { scope: parseScope(values), cursor, limit: PAGE_ROWS }), 'Resources');
  const address = formatSearch(values);

  return (
    <>
      <PageHeader title="Resources" answer="what is scanned, and what was found in it" />
      {result.ok && result.value.rows.length > 0 ? (
        <div className="mt-3.5 min-h-0 overflow-x-auto">
          <ResourceTable rows={result.value.rows} now={new Date()} />
        </div>
      ) : null}
      <div className="flex gap-2 px-(--gutter) py-4">
        {result.ok && result.value.rows.length === 0 ? (
          <div className="max-w-[640px] flex-1">
            <EmptyState kind="unknown" title="No resources in this scope" action={<ScanHostButton />}>
              Nothing is known to scan here yet.
            </EmptyState>
          </div>
        ) : null}
        {result.ok ? null : <ErrorState title="Resources did not load" message={result.message} />}
        {cursor ? <ButtonLink href={`/resources${address}`}>First page</ButtonLink> : null}
        {result.ok && result.value.nextCursor ? (
          <ButtonLink
            href={`/resources${address}${address ? '&' : '?'}cursor=${encodeURIComponent(result.value.nextCursor)}`}
          >
            Next page
          </ButtonLink>
        ) : null}
      </div>
    </>
  );
}
