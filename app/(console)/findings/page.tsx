import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { addressWith, formatSearch, readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import type { Day } from '@/lib/core/model/history.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { DEFAULT_PREFERENCES } from '@/lib/core/model/personal.ts';
import { pastDayOf } from '@/lib/core/model/time-range.ts';
import { listFindingGroups } from '@/lib/operations/console/list-finding-groups.ts';
import { listFindings } from '@/lib/operations/console/list-findings.ts';
import { NO_CRITERIA } from '@/lib/operations/console/no-criteria.ts';
import { listFindingsAsOf, pastFindingsInput } from '@/lib/operations/history/list-findings-as-of.ts';
import { getPreferences } from '@/lib/operations/personal/preferences.ts';
import { listSavedViews } from '@/lib/operations/personal/saved-views.ts';
import { rightsOf } from '../_components/triage/rights.ts';
import { ask } from '../ask.ts';
import { settle } from '../settle.ts';
import { FindingViews } from './_components/finding-views.tsx';
import { FindingsWorkbench } from './_components/findings-workbench.tsx';
import { GroupBy } from './_components/group-by.tsx';
import { GroupWorkbench } from './_components/group-workbench-lazy.tsx';
import { PastWorkbench } from './_components/past-workbench-lazy.tsx';
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
  const { sel: _sel, tab: _tab, ...listValues } = values;
  const key = formatSearch(listValues);
  const pastDay = pastDayOf(search.scope.time, now);
  const views = settle(ask(listSavedViews, {}), 'Saved views');
  if (pastDay !== null) return pastPage(pastDay);
  const [list, groups, preferences] = await Promise.all([
    settle(firstRows(search), 'Findings'),
    search.grouping === null
      ? null
      : settle(ask(listFindingGroups, groupInputOf(search, search.grouping, null)), 'Groups of findings'),
    settle(ask(getPreferences, {}), 'Preferences'),
  ]);
  const shared = {
    address: key,
    scope: search.scope,
    chips: search.chips,
    query: search.query,
    selected: search.selected,
    tab: search.tab,
    preferences: preferences.ok ? preferences.value : DEFAULT_PREFERENCES,
    rights: rightsOf(caller),
    now,
  };

  return (
    <>
      <PageHeader title="Findings" answer={list.ok ? formatAnswer(list.value) : undefined}>
        <GroupBy values={listValues} />
      </PageHeader>
      {await renderViews(true)}
      {renderList()}
    </>
  );

  async function pastPage(day: Day) {
    const list = await settle(
      ask(listFindingsAsOf, pastFindingsInput(search.scope, day, search.query)),
      'Findings of a past day',
    );
    return (
      <>
        <PageHeader title="Findings" answer={`as they were at the end of ${formatDate(new Date(day))}`}>
          <ButtonLink href={addressWith('/findings', listValues, { t: null })}>Back to now</ButtonLink>
        </PageHeader>
        {await renderViews(false)}
        {list.ok ? (
          <PastWorkbench key={key} first={list.value} day={day} address={key} chips={search.chips} now={now} />
        ) : (
          <Failed message={list.message} />
        )}
      </>
    );
  }

  async function renderViews(counted: boolean) {
    const saved = await views;
    return (
      <FindingViews
        values={listValues}
        saved={saved.ok ? saved.value : []}
        userId={caller.userId}
        mayShare={isAllowed(caller.role, 'findings:triage')}
        counted={counted}
      />
    );
  }

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
