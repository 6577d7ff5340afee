import { X } from 'lucide-react';
import { formatCounted } from '@/components/format/format-count.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { reasonOf } from '@/lib/core/coverage/reason-codes.ts';
import { LEDGER_STATES } from '@/lib/core/model/cloud.ts';
import type { CoverageView, LedgerCount, LedgerFilter, LedgerRow } from '@/lib/core/model/coverage-view.ts';
import { RESOURCE_KINDS } from '@/lib/core/model/resource.ts';
import { NoSuchPage } from '../../_components/no-such-page.tsx';
import { Facets } from '../../resources/_components/facets.tsx';
import { type CoverageSearch, isUnscanned, ledgerAddress, UNSCANNED_STATES } from '../search-params.ts';
import { LEDGER_WORDS } from './ledger-mark.tsx';
import { LedgerTable } from './ledger-table.tsx';

interface Props {
  readonly view: ActionResult<CoverageView>;
  readonly page: ActionResult<{ readonly rows: readonly LedgerRow[]; readonly nextCursor: string | null }>;
  /** The page that the address asks for does not exist, so it is the first. */
  readonly isInstead: boolean;
  readonly search: CoverageSearch;
  readonly mayScan: boolean;
  readonly now: Date;
}

/** Resources as they stand in the ledger, by name. */
export function LedgerList({ view, page, isInstead, search, mayScan, now }: Props) {
  const { kept, filter, cursor } = search;
  const address = ledgerAddress(kept, filter);
  const matching = view.ok ? matchingOf(view.value, filter) : null;
  const before = (
    <>
      {view.ok && view.value.counts.length > 0 && !filter.silent ? (
        <Filters counts={view.value.counts} search={search} />
      ) : null}
      {view.ok ? null : (
        <div className="px-(--gutter) pt-3">
          <ErrorState title="Counts of coverage did not load" message={view.message} />
        </div>
      )}
      <Chips search={search} />
      {isInstead ? <NoSuchPage /> : null}
    </>
  );
  const after = (
    <div className="flex gap-2 px-(--gutter) py-4">
      {page.ok && page.value.rows.length === 0 ? <NoneListed search={search} /> : null}
      {page.ok ? null : <ErrorState title="Resources did not load" message={page.message} />}
      {cursor && !isInstead ? <ButtonLink href={address}>First page</ButtonLink> : null}
      {page.ok && page.value.nextCursor ? (
        <ButtonLink href={`${address}&cursor=${encodeURIComponent(page.value.nextCursor)}`}>Next page</ButtonLink>
      ) : null}
    </div>
  );
  if (!page.ok || page.value.rows.length === 0) {
    return (
      <>
        {before}
        {after}
      </>
    );
  }
  const count =
    matching === null ? null : (
      <p className="px-(--gutter) pt-2 text-12 text-fg-3" role="status">
        {formatCounted(matching, 'resource')}
      </p>
    );
  return (
    <LedgerTable
      key={cursor ?? ''}
      rows={page.value.rows}
      mayScan={mayScan}
      now={now}
      before={
        <>
          {before}
          {count}
        </>
      }
      after={after}
    />
  );
}

interface FiltersProps {
  readonly counts: readonly LedgerCount[];
  readonly search: CoverageSearch;
}

function Filters({ counts, search: { kept, filter } }: FiltersProps) {
  const option = (name: string, change: Partial<LedgerFilter>, chosen: boolean) => ({
    name,
    count: sum(counts.filter((one) => isIn(one, { ...filter, ...change }))),
    href: ledgerAddress(kept, { ...filter, ...change }),
    chosen,
  });
  const { states, kinds } = filter;
  const hasUnscanned = isUnscanned(states);
  const stateOptions = [
    option('Any state', { states: [] }, states.length === 0),
    option('Not scanned', { states: UNSCANNED_STATES }, hasUnscanned),
    ...LEDGER_STATES.flatMap((state) => {
      const isChosen = !hasUnscanned && states.includes(state);
      const one = option(LEDGER_WORDS[state], { states: [state] }, isChosen);
      return one.count !== 0 || isChosen ? [one] : [];
    }),
  ];
  const kindOptions = [
    option('Any kind', { kinds: [] }, kinds.length === 0),
    ...RESOURCE_KINDS.flatMap((kind) => {
      const one = option(KIND_WORDS[kind], { kinds: [kind] }, kinds.includes(kind));
      return one.count !== 0 ? [one] : [];
    }),
  ];
  return (
    <div className="flex flex-wrap gap-2 px-(--gutter) pt-3">
      <Facets label="State" options={stateOptions} />
      <Facets label="Kind" options={kindOptions} />
    </div>
  );
}

/** What narrows the list besides its facets, each with a way to take it away. */
function Chips({ search: { kept, filter } }: { readonly search: CoverageSearch }) {
  const { reason, silent } = filter;
  if (reason === null && !silent) return null;
  const act = reason === null ? '' : reasonOf(reason).act;
  return (
    <div className="flex flex-wrap items-center gap-2 px-(--gutter) pt-2">
      {reason === null ? null : (
        <Chip label={reasonOf(reason).title} href={ledgerAddress(kept, { ...filter, reason: null })} />
      )}
      {silent ? (
        <Chip label={reasonOf('SILENT').title} href={ledgerAddress(kept, { ...filter, silent: false })} />
      ) : null}
      <span className="min-w-0 text-12 text-fg-3">{silent ? reasonOf('SILENT').act : act}</span>
    </div>
  );
}

function Chip({ label, href }: { readonly label: string; readonly href: string }) {
  return (
    <ButtonLink href={href} prefetch={false} className="max-w-full">
      <span className="min-w-0 truncate">
        <span className="vh">Without: </span>
        {label}
      </span>
      <X size={13} strokeWidth={1.6} aria-hidden="true" />
    </ButtonLink>
  );
}

function NoneListed({ search: { kept, filter } }: { readonly search: CoverageSearch }) {
  const { kinds, states, reason, silent } = filter;
  const isNarrowed = kinds.length > 0 || states.length > 0 || reason !== null || silent;
  return (
    <div className="max-w-[640px] flex-1">
      {isNarrowed ? (
        <EmptyState
          kind="no-match"
          title="No resource stands so"
          action={<ButtonLink href={ledgerAddress(kept, {})}>Show all</ButtonLink>}
        >
          Choose another state, or take the reason away.
        </EmptyState>
      ) : (
        <EmptyState
          kind="unknown"
          title="No resources in this scope"
          action={<ButtonLink href="/settings">Open settings</ButtonLink>}
        >
          Nothing is known to scan here yet. Connect an account, or widen the scope.
        </EmptyState>
      )}
    </div>
  );
}

/** Null where nobody has counted them. */
function matchingOf({ counts, silent }: CoverageView, filter: LedgerFilter): number | null {
  if (!filter.silent) return sum(counts.filter((one) => isIn(one, filter)));
  const isAll = filter.kinds.length === 0 && filter.states.length === 0 && filter.reason === null;
  return isAll ? silent : null;
}

function isIn({ kind, state, reason }: LedgerCount, filter: LedgerFilter): boolean {
  return (
    (filter.kinds.length === 0 || filter.kinds.includes(kind)) &&
    (filter.states.length === 0 || filter.states.includes(state)) &&
    (filter.reason === null || filter.reason === reason)
  );
}

function sum(counts: readonly LedgerCount[]): number {
  return counts.reduce((total, { resources }) => total + resources, 0);
}
