import type { Metadata } from 'next';
import { connection } from 'next/server';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { addressWith, type SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { getMyDecisions } from '@/lib/operations/duty/get-my-decisions.ts';
import { getMyWork, type OwnWork } from '@/lib/operations/duty/get-my-work.ts';
import { getTeamWork } from '@/lib/operations/duty/get-team-work.ts';
import { rightsOf } from '../_components/triage/rights.ts';
import { ask } from '../ask.ts';
import { Block } from '../block.tsx';
import { settle } from '../settle.ts';
import { DecisionColumn } from './_components/decision-column.tsx';
import { Mentions } from './_components/mentions.tsx';
import { TeamTable } from './_components/team-table.tsx';
import { WorkKeys } from './_components/work-keys.tsx';
import { WorkList } from './_components/work-list.tsx';
import { WorkTabs } from './_components/work-tabs.tsx';
import { parseWorkSearch, type WorkSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'My work' };

const ROWS = 100;

export default async function MyWorkPage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const { deps, caller } = await requireCaller();
  const search = parseWorkSearch(await searchParams);
  const { scope, kept } = search;
  const now = deps.clock.now();
  const mayLead = isAllowed(caller.role, getTeamWork.permission);
  const decisions = settle(ask(getMyDecisions, { scope }), 'Decisions');
  const work = await settle(ask(getMyWork, { scope, cursor: null, limit: ROWS }), 'My work');
  return (
    <>
      <PageHeader title="My work" answer={work.ok ? answerOf(work.value) : undefined} />
      <WorkTabs tab={search.tab} kept={kept} mayLead={mayLead} />
      <div className="px-(--gutter) pb-8">
        {search.tab === 'teams' && mayLead ? (
          <Block name="Work of teams" data={settle(ask(getTeamWork, { scope }), 'Work of teams')} skeleton={<Rows />}>
            {(teams) => <TeamTable teams={teams} link={linkOf(search)} />}
          </Block>
        ) : (
          <div className="two-columns pt-4">
            <WorkKeys rows={work.ok ? work.value.rows : []} rights={rightsOf(caller)} now={now}>
              {work.ok ? (
                <WorkList work={work.value} now={now} link={linkOf(search)} />
              ) : (
                <ErrorState title="Your work did not load" message={work.message} />
              )}
            </WorkKeys>
            <div className="min-w-0">
              <Block name="Decisions" data={decisions} skeleton={<Rows />}>
                {(value) => <DecisionColumn decisions={value} now={now} link={linkOf(search)} />}
              </Block>
              {work.ok ? <Mentions mentions={work.value.mentions} now={now} /> : null}
            </div>
          </div>
        )}
      </div>
    </>
  );
}

/** An address that lists the findings of a query, in the scope of this page. */
function linkOf({ kept }: WorkSearch): (query: string) => string {
  return (query) => addressWith('/findings', kept, { q: query });
}

/** `12 past due, 3 due today, 41 within 7 days`. */
function answerOf({ overdue, dueToday, dueIn7Days, awaitingRescan }: OwnWork): string {
  const some = ({ count, exact }: OwnWork['overdue']) => `${formatCount(count)}${exact ? '' : '+'}`;
  const parts = [`${some(overdue)} past due`, `${some(dueToday)} due today`, `${some(dueIn7Days)} within 7 days`];
  return [...parts, ...(awaitingRescan.count > 0 ? [`${some(awaitingRescan)} wait for a scan`] : [])].join(', ');
}

function Rows() {
  return (
    <div className="grid gap-4 pt-4" role="status" aria-label="Loading">
      {['70%', '90%', '60%', '80%', '75%'].map((width) => (
        <Skeleton key={width} width={width} height={14} />
      ))}
    </div>
  );
}
