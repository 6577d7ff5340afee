'use client';

import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { FindingPage } from '@/lib/core/model/views.ts';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';
import type { CheckedTerm } from '../search-params.ts';

interface Props {
  readonly page: FindingPage;
  readonly terms: readonly CheckedTerm[];
}

/** An empty list for its own reason: nothing proven, nothing matching, or everything fixed. */
export function NoFindings({ page, terms }: Props) {
  const { values } = useAddress();
  const { assurance, openTotal } = page;
  return (
    <div className="max-w-[640px] px-(--gutter) pt-1">
      {openTotal > 0 ? (
        <EmptyState
          kind="no-match"
          title="Nothing matches"
          action={
            <ButtonLink href={addressWith('/findings', values, { q: 'is:open', sel: null, tab: null })}>
              Show all open findings
            </ButtonLink>
          }
        >
          {terms.length > 0 ? 'Take a chip away to see more.' : 'There are findings outside this scope.'}
        </EmptyState>
      ) : null}
      {openTotal === 0 && assurance.proven ? (
        <EmptyState kind="clean" title="No open findings">
          Everything in this scope was scanned completely in the last 48 h, against advisories that are up to date.
        </EmptyState>
      ) : null}
      {openTotal === 0 && !assurance.proven ? (
        <EmptyState kind="unknown" title="Zero findings is not known" action={<ScanHostButton />}>
          <ul className="list-disc pl-4">
            {assurance.gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </EmptyState>
      ) : null}
    </div>
  );
}
