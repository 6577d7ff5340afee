import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { ScanPolicy } from '@/lib/core/coverage/eligibility.ts';
import { reasonOf } from '@/lib/core/coverage/reason-codes.ts';
import { reasonsOf } from '@/lib/core/coverage/summary.ts';
import type { CoverageView } from '@/lib/core/model/coverage-view.ts';
import type { ResourceKind } from '@/lib/core/model/resource.ts';
import type { GridColumn } from '../grid-rows.ts';
import {
  ALL_PLACES,
  type CoverageSearch,
  coverageAddress,
  keptAt,
  ledgerAddress,
  UNSCANNED_STATES,
} from '../search-params.ts';
import { offIn, snapshotCandidates } from '../widening.ts';
import { PickedFrame } from './picked-frame.tsx';
import { TurnOnScans, UseSnapshots } from './turn-on-scans.tsx';
import { unreadOf } from './unread.ts';
import { UnreadList } from './unread-list.tsx';

interface Props {
  readonly view: CoverageView;
  readonly search: CoverageSearch;
  readonly column: GridColumn;
  readonly place: string;
  /** The place in words. */
  readonly name: string;
  /** Null for whoever may not change it. */
  readonly policy: ScanPolicy | null;
  readonly now: Date;
}

/** What is behind one figure of the grid: how many are scanned, why the others are not, and what ends that. */
export function PickedCell({ view, search, column, place, name, policy, now }: Props) {
  const { by, order, kept } = search;
  const kinds: readonly ResourceKind[] = column.kinds;
  const own = view.counts.filter((one) => (place === ALL_PLACES || one.place === place) && kinds.includes(one.kind));
  const total = own.reduce((sum, { resources }) => sum + resources, 0);
  const reasons = reasonsOf(own);
  const gap = reasons.reduce((sum, { resources }) => sum + resources, 0);
  const there = keptAt(kept, by, place);
  return (
    <PickedFrame
      key={`${by} ${place} ${column.id}`}
      title={`${name}, ${column.label}`}
      closeHref={coverageAddress(kept, { by, order })}
    >
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-1">
        <dt className="text-fg-2">Scanned</dt>
        <dd className="num">
          {total === 0 ? 'nothing known' : `${formatCount(total - gap)} of ${formatCount(total)}`}
        </dd>
        {reasons.map(({ reason, kind, state, resources }) => {
          const { title, act } = reasonOf(reason);
          return (
            <div key={`${kind} ${reason} ${state}`} className="contents">
              <dt className="text-fg-2">
                {title}
                {kinds.length > 1 ? `, ${KIND_WORDS[kind]}` : ''}
                {act === '' ? null : <span className="block text-12 text-fg-3">{act}</span>}
              </dt>
              <dd className="num">{formatCount(resources)}</dd>
            </div>
          );
        })}
      </dl>
      <UnreadList lines={unreadOf(view, { place, service: column.id })} most={5} now={now} />
      <p className="mt-2.5 flex flex-wrap gap-2">
        {policy === null ? null : (
          <>
            <TurnOnScans view={view} policy={policy} services={offIn(policy).filter((one) => one === column.id)} />
            {column.id === 'ec2' && policy.scans.ec2 && snapshotCandidates(own).length > 0 ? (
              <UseSnapshots view={view} policy={policy} />
            ) : null}
          </>
        )}
        {gap > 0 ? (
          <ButtonLink href={ledgerAddress(there, { kinds, states: UNSCANNED_STATES })} prefetch={false}>
            List {formatCount(gap)}
          </ButtonLink>
        ) : null}
        {gap === 0 && total > 0 ? (
          <ButtonLink href={ledgerAddress(there, { kinds })} prefetch={false}>
            List {formatCounted(total, 'scanned resource')}
          </ButtonLink>
        ) : null}
      </p>
    </PickedFrame>
  );
}
