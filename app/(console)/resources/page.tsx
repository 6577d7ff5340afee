import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { parseScope } from '@/components/layout/scope-params.ts';
import {
  addressWith,
  readSearch,
  type SearchRecord,
  type SearchValues,
  scopeOnly,
} from '@/components/layout/search-params.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { COVERAGE_STATES, NO_RESOURCE_FILTER, type ResourceCount } from '@/lib/core/model/estate.ts';
import { RESOURCE_KINDS } from '@/lib/core/model/resource.ts';
import { listResources } from '@/lib/operations/console/list-resources.ts';
import { searchPackages } from '@/lib/operations/console/search-packages.ts';
import { NoSuchPage } from '../_components/no-such-page.tsx';
import { ScanHostButton } from '../_components/scan-host-button.tsx';
import { ask } from '../ask.ts';
import { firstPageInstead } from '../first-page-instead.ts';
import { settle } from '../settle.ts';
import { STATE_WORDS } from './_components/coverage-mark.tsx';
import { Facets } from './_components/facets.tsx';
import { PackageSearch } from './_components/package-search.tsx';
import { ResourceTable } from './_components/resource-table.tsx';
import { SearchBar } from './_components/search-bar.tsx';
import { parsePackageQuery, parseResourceQuery, type ResourceQuery, withTerm } from './resource-query.ts';

export const metadata: Metadata = { title: 'Resources' };

const PAGE_ROWS = 200;

export default async function ResourcesPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const record = await searchParams;
  const values = readSearch(record);
  const cursor = typeof record.cursor === 'string' ? record.cursor : null;
  return values.tab === 'packages' ? <PackagesOfEstate values={values} /> : <List values={values} cursor={cursor} />;
}

async function List({ values, cursor }: { readonly values: SearchValues; readonly cursor: string | null }) {
  const kept = scopeOnly(values);
  const q = values.q ?? '';
  const query = parseResourceQuery(q);
  const { result, isInstead } = await firstPageInstead(cursor, (at) =>
    settle(
      ask(listResources, { scope: parseScope(values), filter: query.filter, cursor: at, limit: PAGE_ROWS }),
      'Resources',
    ),
  );
  const counts = result.ok ? result.value.counts : [];
  const address = addressWith('/resources', kept, { q: values.q ?? null });
  const matching = sum(counts.filter((one) => isOfKind(one, query) && isInState(one, query)));
  return (
    <>
      <PageHeader title="Resources" answer={result.ok ? answerOf(counts) : undefined} />
      <Tabs kept={kept} tab="resources" />
      <div className="flex flex-wrap items-start gap-2 px-(--gutter) pt-3">
        <SearchBar
          label="Search resources"
          placeholder="Name or id, kind: state: package: version:"
          query={q}
          errors={query.errors}
          address={addressWith('/resources', kept)}
        />
        {result.ok ? <Facets label="Coverage" options={stateOptions(counts, query, q, kept)} /> : null}
      </div>
      {result.ok ? (
        <div className="px-(--gutter) pt-2">
          <Facets label="Kind" options={kindOptions(counts, query, q, kept)} />
        </div>
      ) : null}
      {isInstead ? <NoSuchPage /> : null}
      {result.ok && result.value.rows.length > 0 ? (
        <>
          <p className="px-(--gutter) pt-2 text-12 text-fg-3" role="status">
            {formatCounted(matching, 'resource')}
          </p>
          <div className="mt-1 min-h-0 overflow-x-auto">
            <ResourceTable rows={result.value.rows} now={new Date()} />
          </div>
        </>
      ) : null}
      <div className="flex gap-2 px-(--gutter) py-4">
        {result.ok && result.value.rows.length === 0 ? (
          <div className="max-w-[640px] flex-1">
            {q === '' ? (
              <EmptyState kind="unknown" title="No resources in this scope" action={<ScanHostButton />}>
                Nothing is known to scan here yet.
              </EmptyState>
            ) : (
              <EmptyState
                kind="no-match"
                title="No resource matches"
                action={<ButtonLink href={addressWith('/resources', kept)}>Show all</ButtonLink>}
              >
                {query.filter.holds === null
                  ? 'Take a part of the search away to see more.'
                  : 'Packages are known of scanned resources only; others may hold it too.'}
              </EmptyState>
            )}
          </div>
        ) : null}
        {result.ok ? null : <ErrorState title="Resources did not load" message={result.message} />}
        {cursor && !isInstead ? <ButtonLink href={address}>First page</ButtonLink> : null}
        {result.ok && result.value.nextCursor ? (
          <ButtonLink
            href={`${address}${address.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(result.value.nextCursor)}`}
          >
            Next page
          </ButtonLink>
        ) : null}
      </div>
    </>
  );
}

async function PackagesOfEstate({ values }: { readonly values: SearchValues }) {
  const kept = scopeOnly(values);
  const q = values.q ?? '';
  const { words, version, ecosystems, errors } = parsePackageQuery(q);
  const scope = parseScope(values);
  const [found, estate] = await Promise.all([
    words.length === 0
      ? null
      : settle(ask(searchPackages, { scope, words: words.slice(0, 20), version, ecosystems }), 'Packages'),
    settle(ask(listResources, { scope, filter: NO_RESOURCE_FILTER, cursor: null, limit: 1 }), 'Resources'),
  ]);
  const counts = estate.ok ? estate.value.counts : [];
  return (
    <>
      <PageHeader title="Resources" answer={estate.ok ? answerOf(counts) : undefined} />
      <Tabs kept={kept} tab="packages" />
      <div className="flex flex-wrap items-start gap-2 px-(--gutter) pt-3">
        <SearchBar
          label="Search packages"
          placeholder="Package and version, such as xz 5.6"
          query={q}
          errors={errors}
          address={addressWith('/resources', kept, { tab: 'packages' })}
        />
      </div>
      {found === null ? (
        <div className="max-w-[640px] px-(--gutter) pt-4">
          <EmptyState kind="no-match" title="Which resources hold a package?">
            Type a name, or a name and a version. 5.6 finds 5.6.1 as well; a version in quotes is that one alone.
          </EmptyState>
        </div>
      ) : null}
      {found?.ok ? (
        <PackageSearch
          {...found.value}
          unread={estate.ok ? sum(counts.filter(({ state }) => state === 'never')) : null}
          kept={kept}
        />
      ) : null}
      {found !== null && !found.ok ? (
        <div className="px-(--gutter) pt-4">
          <ErrorState title="Packages did not load" message={found.message} />
        </div>
      ) : null}
    </>
  );
}

function Tabs({ kept, tab }: { readonly kept: SearchValues; readonly tab: 'resources' | 'packages' }) {
  return (
    <nav className="tabs mt-2 px-(--gutter)" aria-label="Resources">
      <Link
        className="tab"
        href={addressWith('/resources', kept)}
        aria-current={tab === 'resources' ? 'page' : undefined}
      >
        Resources
      </Link>
      <Link
        className="tab"
        href={addressWith('/resources', kept, { tab: 'packages' })}
        aria-current={tab === 'packages' ? 'page' : undefined}
      >
        Packages
      </Link>
    </nav>
  );
}

function answerOf(counts: readonly ResourceCount[]): string {
  const total = sum(counts);
  const gap = total - sum(counts.filter(({ state }) => state === 'scanned'));
  return gap === 0
    ? `${formatCount(total)}, all scanned completely in the last 48 h`
    : `${formatCount(total)}, ${formatCount(gap)} not scanned completely in the last 48 h`;
}

function stateOptions(counts: readonly ResourceCount[], query: ResourceQuery, q: string, kept: SearchValues) {
  const here = counts.filter((one) => isOfKind(one, query));
  const { states } = query.filter;
  const option = (name: string, state: string | null, count: number) => ({
    name,
    count,
    href: addressWith('/resources', kept, { q: withTerm(q, 'state', state) || null }),
    chosen: state === null ? states.length === 0 : states.some((one) => one === state),
  });
  return [
    option('Any coverage', null, sum(here)),
    ...COVERAGE_STATES.flatMap((state) => {
      const count = sum(here.filter((one) => one.state === state));
      return count > 0 || states.includes(state) ? [option(STATE_WORDS[state], state, count)] : [];
    }),
  ];
}

function kindOptions(counts: readonly ResourceCount[], query: ResourceQuery, q: string, kept: SearchValues) {
  const here = counts.filter((one) => isInState(one, query));
  const { kinds } = query.filter;
  const option = (name: string, kind: string | null, count: number) => ({
    name,
    count,
    href: addressWith('/resources', kept, { q: withTerm(q, 'kind', kind) || null }),
    chosen: kind === null ? kinds.length === 0 : kinds.some((one) => one === kind),
  });
  return [
    option('Any kind', null, sum(here)),
    ...RESOURCE_KINDS.flatMap((kind) => {
      const count = sum(here.filter((one) => one.kind === kind));
      return count > 0 || kinds.includes(kind) ? [option(KIND_WORDS[kind], kind, count)] : [];
    }),
  ];
}

function isOfKind({ kind }: ResourceCount, { filter }: ResourceQuery): boolean {
  return filter.kinds.length === 0 || filter.kinds.includes(kind);
}

function isInState({ state }: ResourceCount, { filter }: ResourceQuery): boolean {
  return filter.states.length === 0 || filter.states.includes(state);
}

function sum(counts: readonly ResourceCount[]): number {
  return counts.reduce((total, { resources }) => total + resources, 0);
}
