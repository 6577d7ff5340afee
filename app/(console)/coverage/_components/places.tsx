import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { EmptyState, PartialStrip } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import type { CoverageSummary } from '@/lib/core/coverage/summary.ts';
import type { CoverageView } from '@/lib/core/model/coverage-view.ts';
import { Facets } from '../../resources/_components/facets.tsx';
import { accountWord, byName, type GridRow, gridOf } from '../grid-rows.ts';
import { ALL_PLACES, type CoverageSearch, coverageAddress } from '../search-params.ts';
import { CoverageGrid } from './coverage-grid.tsx';
import { CoverageKey } from './coverage-key.tsx';
import { PickedCell } from './picked-cell.tsx';
import { unreadOf } from './unread.ts';
import { UnreadList } from './unread-list.tsx';
import { WhyNotScanned } from './why-not-scanned.tsx';

/** More places that could not be read are counted only. */
const UNREAD_MOST = 50;

interface Props {
  readonly view: CoverageView;
  readonly summary: CoverageSummary;
  readonly search: CoverageSearch;
  /** Null for whoever may not change it. */
  readonly policy: ScanPolicy | null;
  readonly now: Date;
}

/** The grid of accounts or regions, and beside it why something is missing. */
export function Places({ view, summary, search, policy, now }: Props) {
  const { by, order, kept, picked } = search;
  const { columns, all, rows } = gridOf(view, summary);
  const unread = unreadOf(view);
  if (columns.length === 0) return <NothingKnown />;
  const ordered = order === 'name' ? rows.toSorted(byName) : rows;
  const column = columns.find(({ id }) => id === picked?.column);
  const name = picked === null ? null : nameOf(picked.place, rows, by);
  const option = (label: string, value: CoverageSearch['order']) => ({
    name: label,
    count: null,
    href: coverageAddress(kept, { by, order: value, picked }),
    chosen: order === value,
  });
  return (
    <div className="coverage-body">
      <div className="coverage-main">
        <div className="flex flex-wrap items-center justify-between gap-2 px-(--gutter) py-2.5">
          <Facets label="Order" options={[option('Most unscanned first', 'gap'), option('By name', 'name')]} />
          <CoverageKey />
        </div>
        <Missing view={view} />
        <CoverageGrid
          key={`${view.by} ${order} ${columns.length}`}
          by={view.by}
          order={order}
          kept={kept}
          picked={picked}
          columns={columns.map(({ id, label }) => ({ id, label }))}
          all={all}
          rows={ordered}
        />
      </div>
      <aside className="coverage-side" aria-label="Why something is not scanned">
        {picked !== null && column !== undefined && name !== null ? (
          <PickedCell {...{ view, search, column, name, policy, now }} place={picked.place} />
        ) : null}
        <WhyNotScanned reasons={summary.reasons} silent={view.silent} kept={kept} />
        {unread.length > 0 ? (
          <section>
            <h2 className="font-semibold">What could not be read</h2>
            <UnreadList lines={unread} most={UNREAD_MOST} now={now} />
          </section>
        ) : null}
      </aside>
    </div>
  );
}

function nameOf(place: string, rows: readonly GridRow[], by: CoverageSearch['by']): string | null {
  if (place === ALL_PLACES) return `All ${formatCounted(rows.length, by)}`;
  return rows.find((row) => row.place === place)?.name ?? null;
}

/** Figures are of what could be looked at; what could not is said above them. */
function Missing({ view: { accounts, unread } }: { readonly view: CoverageView }) {
  const words = accounts.map(accountWord);
  const denied = words.filter((word) => word === 'denied').length;
  const late = words.filter((word) => word === 'late').length;
  const missing = unread.filter(({ state }) => state !== 'off');
  if (denied + late + missing.length === 0) return null;
  const services = new Set(missing.map(({ accountId, service }) => `${accountId} ${service}`)).size;
  const owners = new Set(missing.map(({ accountId }) => accountId)).size;
  const counts = [...(denied > 0 ? [`denied: ${denied}`] : []), ...(late > 0 ? [`late: ${late}`] : [])].join(', ');
  return (
    <div className="px-(--gutter) pb-2">
      <PartialStrip>
        {counts === ''
          ? ''
          : `${formatCount(accounts.length - denied - late)} of ${formatCounted(accounts.length, 'account')} answered, ${counts}. `}
        {services === 0
          ? ''
          : `${formatCounted(services, 'service')} of ${formatCounted(owners, 'account')} could not be read. `}
        What is in them is known in part or not at all.
      </PartialStrip>
    </div>
  );
}

function NothingKnown() {
  return (
    <div className="max-w-[640px] px-(--gutter) pt-4">
      <EmptyState
        kind="unknown"
        title="No resources in this scope"
        action={<ButtonLink href="/settings">Open settings</ButtonLink>}
      >
        Nothing is known to scan here yet. Connect an account, or widen the scope.
      </EmptyState>
    </div>
  );
}
