import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { SearchRecord } from '@/components/layout/search-params.ts';
import { ErrorState } from '@/components/ui/block-state.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import { coverageSummary } from '@/lib/core/coverage/summary.ts';
import { SCAN_WINDOW_HOURS } from '@/lib/core/coverage/window.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { exportLedger } from '@/lib/operations/console/export-ledger.ts';
import { getCoverage } from '@/lib/operations/console/get-coverage.ts';
import { listLedger } from '@/lib/operations/console/list-ledger.ts';
import { getScanPolicy, widenScanPolicy } from '@/lib/operations/scan-policy/scan-policy.ts';
import { scanResources } from '@/lib/operations/targets/scan-resources.ts';
import { ask } from '../ask.ts';
import { firstPageInstead } from '../first-page-instead.ts';
import { settle } from '../settle.ts';
import { CoverageHead } from './_components/coverage-head.tsx';
import { LedgerList } from './_components/ledger-list.tsx';
import { Places } from './_components/places.tsx';
import { TurnOnScans } from './_components/turn-on-scans.tsx';
import { type CoverageSearch, parseCoverageSearch } from './search-params.ts';
import { offIn } from './widening.ts';

export const metadata: Metadata = { title: 'Coverage' };

const PAGE_ROWS = 200;

export default async function CoveragePage({ searchParams }: { searchParams: Promise<SearchRecord> }) {
  await connection();
  const search = parseCoverageSearch(await searchParams);
  const { caller } = await requireCaller();
  const mayExport = isAllowed(caller.role, exportLedger.permission);
  const policy = isAllowed(caller.role, widenScanPolicy.permission) ? await ask(getScanPolicy, {}) : null;
  const mayScan = isAllowed(caller.role, scanResources.permission);
  const may = { mayExport, policy };
  return search.by === 'resource' ? (
    <Resources search={search} mayScan={mayScan} {...may} />
  ) : (
    <Grid search={search} by={search.by} {...may} />
  );
}

interface ViewProps {
  readonly search: CoverageSearch;
  readonly mayExport: boolean;
  /** Null for whoever may not change it. */
  readonly policy: ScanPolicy | null;
}

interface GridProps extends ViewProps {
  readonly by: 'account' | 'region';
}

async function Grid({ search, by, mayExport, policy }: GridProps) {
  const result = await settle(ask(getCoverage, { scope: search.scope, by }), 'Coverage');
  if (!result.ok) {
    return (
      <>
        <CoverageHead search={search} all={null} windowHours={SCAN_WINDOW_HOURS} mayExport={mayExport} />
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
      <CoverageHead search={search} all={summary.all} windowHours={view.windowHours} mayExport={mayExport}>
        {policy === null ? null : <TurnOnScans view={view} policy={policy} services={offIn(policy)} isHead />}
      </CoverageHead>
      <Places view={view} summary={summary} search={search} policy={policy} now={new Date()} />
    </>
  );
}

async function Resources({ search, mayExport, policy, mayScan }: ViewProps & { readonly mayScan: boolean }) {
  const { scope, filter, cursor } = search;
  const [view, { result: page, isInstead }] = await Promise.all([
    settle(ask(getCoverage, { scope, by: 'account' }), 'Coverage'),
    firstPageInstead(cursor, (at) =>
      settle(ask(listLedger, { scope, filter, cursor: at, limit: PAGE_ROWS }), 'Resources'),
    ),
  ]);
  return (
    <>
      <CoverageHead
        search={search}
        all={view.ok ? coverageSummary(view.value).all : null}
        windowHours={view.ok ? view.value.windowHours : SCAN_WINDOW_HOURS}
        mayExport={mayExport}
      >
        {policy !== null && view.ok ? (
          <TurnOnScans view={view.value} policy={policy} services={offIn(policy)} isHead />
        ) : null}
      </CoverageHead>
      <LedgerList view={view} page={page} isInstead={isInstead} search={search} mayScan={mayScan} now={new Date()} />
    </>
  );
}
