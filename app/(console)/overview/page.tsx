import { Download, ListChecks } from 'lucide-react';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { parseScope } from '@/components/layout/scope-params.ts';
import { addressWith, readSearch, type SearchRecord, scopeOnly } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import type { TeamWork } from '@/lib/core/model/duty.ts';
import type { Day } from '@/lib/core/model/history.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import { pastDayOf } from '@/lib/core/model/time-range.ts';
import type { Overview } from '@/lib/core/model/views.ts';
import { getOverview } from '@/lib/operations/console/get-overview.ts';
import { getTeamWork } from '@/lib/operations/duty/get-team-work.ts';
import { getPastOverview } from '@/lib/operations/history/get-past-overview.ts';
import { ask } from '../ask.ts';
import { ACT_NOW_QUERY } from '../findings/views.ts';
import { settle } from '../settle.ts';
import { AccountsByRisk } from './_components/accounts-by-risk.tsx';
import { AssuranceNote } from './_components/assurance-note.tsx';
import { CoverageMeters } from './_components/coverage-meters.tsx';
import { ExportMenu } from './_components/export-menu.tsx';
import { FigureStrip } from './_components/figure-strip.tsx';
import { FirstSteps } from './_components/first-steps.tsx';
import { FixFirst } from './_components/fix-first.tsx';
import { OpenBySeverity } from './_components/open-by-severity.tsx';
import type { OverviewLink } from './_components/overview-link.ts';
import { PastBody } from './_components/past-body.tsx';
import { presentFigures } from './_components/present-figures.tsx';
import { BodySkeleton } from './_components/skeletons.tsx';
import { TeamsByRisk } from './_components/teams-by-risk.tsx';
import { Trend } from './_components/trend.tsx';
import { TriageKey } from './_components/triage-key.tsx';

export const metadata: Metadata = { title: 'Overview' };

interface Props {
  readonly searchParams: Promise<SearchRecord>;
}

export default async function OverviewPage({ searchParams }: Props) {
  const values = readSearch(await searchParams);
  const scope = parseScope(values);
  const link: OverviewLink = (path, q = null, sort = null, account = null) =>
    addressWith(path, scopeOnly(values), { q, sort, ...(account === null ? {} : { scope: null, acct: account }) });
  const pastDay = pastDayOf(scope.time, new Date());
  if (pastDay !== null)
    return <PastPage scope={scope} day={pastDay} link={link} nowHref={addressWith('/overview', values, { t: null })} />;
  const { caller } = await requireCaller();
  const data = settle(ask(getOverview, { scope }), 'Overview');
  // A lead asks which team owes, and not which account.
  const teams = caller.role === 'lead' ? settle(ask(getTeamWork, { scope }), 'Teams') : null;
  const scopeIsWhole = scope.accounts.length + scope.regions.length + scope.environments.length === 0;

  return (
    <>
      <Suspense fallback={<PageHeader title="Overview" />}>
        <Head
          data={data}
          triageHref={link('/findings', ACT_NOW_QUERY)}
          exportHref={addressWith('/api/overview', scopeOnly(values))}
        />
      </Suspense>
      <Suspense fallback={<BodySkeleton />}>
        <Body data={data} teams={teams} link={link} scopeIsWhole={scopeIsWhole} />
      </Suspense>
    </>
  );
}

interface PastProps {
  readonly scope: Scope;
  readonly day: Day;
  readonly link: OverviewLink;
  readonly nowHref: string;
}

async function PastPage({ scope, day, link, nowHref }: PastProps) {
  const result = await settle(ask(getPastOverview, { scope, day }), 'Overview of a past day');
  return (
    <>
      <PageHeader title="Overview" answer={`as it was at the end of ${formatDate(new Date(day))}`}>
        <ButtonLink href={nowHref}>Back to now</ButtonLink>
      </PageHeader>
      {result.ok ? <PastBody past={result.value} link={link} /> : <Failed message={result.message} />}
    </>
  );
}

function Failed({ message }: { readonly message: string }) {
  return (
    <div className="px-(--gutter) pt-4">
      <ErrorState title="The overview did not load" message={message} />
    </div>
  );
}

interface HeadProps {
  readonly data: Promise<ActionResult<Overview>>;
  readonly triageHref: string;
  readonly exportHref: string;
}

async function Head({ data, triageHref, exportHref }: HeadProps) {
  const result = await data;
  if (!result.ok || result.value.resources === 0) return <PageHeader title="Overview" />;
  const { accounts, resources, openTotal, figures, assurance } = result.value;
  const open =
    openTotal === 0 && !assurance.proven ? 'open findings not known' : formatCounted(openTotal, 'open finding');
  return (
    <PageHeader
      title="Overview"
      answer={
        <>
          <span className="max-sm:hidden">
            {formatCounted(accounts, 'account')}, {formatCounted(resources, 'resource')},{' '}
          </span>
          {open}
        </>
      }
    >
      <ExportMenu href={exportHref} icon={<Download size={15} strokeWidth={1.6} aria-hidden="true" />} />
      {figures.actNow > 0 ? (
        <>
          <ButtonLink href={triageHref} kind="primary" className="max-sm:!hidden">
            <ListChecks size={15} strokeWidth={1.6} aria-hidden="true" />
            Triage {figures.actNow}
          </ButtonLink>
          <TriageKey href={triageHref} />
        </>
      ) : null}
    </PageHeader>
  );
}

interface BodyProps {
  readonly data: Promise<ActionResult<Overview>>;
  /** Null for who is shown accounts. */
  readonly teams: Promise<ActionResult<readonly TeamWork[]>> | null;
  readonly link: OverviewLink;
  readonly scopeIsWhole: boolean;
}

async function Body({ data, teams, link, scopeIsWhole }: BodyProps) {
  const result = await data;
  if (!result.ok) return <Failed message={result.message} />;
  const overview = result.value;
  // A scope that hides everything is not the same as an installation that never scanned.
  if (overview.resources === 0 && scopeIsWhole) return <FirstSteps />;
  return (
    <div className="flex flex-col px-(--gutter) pb-4">
      <AssuranceNote assurance={overview.assurance} openTotal={overview.openTotal} />
      <FigureStrip figures={presentFigures(overview, link)} />
      <div className="band two-columns">
        <Trend weeks={overview.trend} />
        <OpenBySeverity counts={overview} known={overview.openTotal > 0 || overview.assurance.proven} link={link} />
      </div>
      <div className="band two-columns">
        <FixFirst changes={overview.fixFirst} link={link} />
        {teams === null ? (
          <AccountsByRisk accounts={overview.accountsByRisk} link={link} />
        ) : (
          <TeamsByRisk result={await teams} link={link} />
        )}
      </div>
      <div className="band">
        <CoverageMeters coverage={overview.coverage} />
      </div>
    </div>
  );
}
