import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { formatSearch, readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { DEFAULT_PREFERENCES } from '@/lib/core/model/personal.ts';
import { listFindingGroups } from '@/lib/operations/console/list-finding-groups.ts';
import { listFindings } from '@/lib/operations/console/list-findings.ts';
import { NO_CRITERIA } from '@/lib/operations/console/no-criteria.ts';
import { getPreferences } from '@/lib/operations/personal/preferences.ts';
import { listSavedViews } from '@/lib/operations/personal/saved-views.ts';
import { rightsOf } from '../_components/triage/rights.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { FindingViews } from './_components/finding-views.tsx';
import { FindingsWorkbench } from './_components/findings-workbench.tsx';
import { GroupBy } from './_components/group-by.tsx';
import { GroupWorkbench } from './_components/group-workbench-lazy.tsx';
import { groupInputOf } from './group-input.ts';
import { type FindingSearch, parseFindingSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Findings' };

const FIRST_ROWS = 100;

export default async function FindingsPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { deps, caller } = await requireCaller();
  const now = deps.clock.now();
  const values = readSearch(await searchParams);
  const search = parseFindingSearch(values);
  const [list, groups, views, preferences] = await Promise.all([
    settle(firstRows(search), 'Findings'),
    search.grouping === null
      ? null
      : settle(ask(listFindingGroups, groupInputOf(search, search.grouping, null)), 'Groups of findings'),
    settle(ask(listSavedViews, {}), 'Saved views'),
    settle(ask(getPreferences, {}), 'Preferences'),
  ]);
  const { sel: _sel, tab: _tab, ...listValues } = values;
  const shared = {
    address: formatSearch(listValues),
    scope: search.scope,
    chips: search.chips,
    query: search.query,
    selected: search.selected,
    tab: search.tab,
    preferences: preferences.ok ? preferences.value : DEFAULT_PREFERENCES,
    rights: rightsOf(caller),
    now,
  };
  const key = formatSearch(listValues);

  return (
    <>
      <PageHeader title="Findings" answer={list.ok ? formatAnswer(list.value) : undefined}>
        <GroupBy values={listValues} />
      </PageHeader>
      <FindingViews
        values={listValues}
        saved={views.ok ? views.value : []}
        userId={caller.userId}
        mayShare={isAllowed(caller.role, 'findings:triage')}
      />
      {renderList()}
    </>
  );

  function renderList() {
    if (!list.ok) return <Failed message={list.message} />;
    if (search.grouping !== null && groups !== null) {
      return groups.ok ? (
        <GroupWorkbench key={key} {...shared} grouping={search.grouping} first={groups.value} list={list.value} />
      ) : (
        <Failed message={groups.message} />
      );
    }
    return (
      <FindingsWorkbench key={key} {...shared} first={list.value} sort={search.sort} descending={search.descending} />
    );
  }
}

/** Of a grouped list the count alone is wanted, and whether zero would be proof. */
function firstRows({ scope, query, sort, descending, grouping }: FindingSearch) {
  const criteria = { ...NO_CRITERIA, ...(grouping === null ? { sort, descending } : {}) };
  return ask(listFindings, { scope, query, criteria, cursor: null, limit: grouping === null ? FIRST_ROWS : 1 });
}

function Failed({ message }: { readonly message: string }) {
  return (
    <div className="px-(--gutter) pt-4">
      <ErrorState title="Findings did not load" message={message} />
    </div>
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
