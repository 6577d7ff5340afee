'use client';

import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import type { FindingPage } from '@/lib/core/model/views.ts';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';
import type { QueryChip } from '../search-params.ts';
import { queryValue } from '../views.ts';
import { useCounts } from './use-counts.ts';

interface Props {
  readonly page: FindingPage;
  readonly chips: readonly QueryChip[];
}

/** An empty list for its own reason: nothing proven, nothing matching, or everything fixed. */
export function NoFindings({ page, chips }: Props) {
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
          <DropOne chips={chips} />
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

/** Which part of the query to leave out, and how many findings that brings. */
function DropOne({ chips }: { readonly chips: readonly QueryChip[] }) {
  const { values } = useAddress();
  const texts = chips.filter(({ error }) => error === null).map(({ text }) => text);
  const without = texts.map((_, index) => texts.filter((_other, at) => at !== index).join(' '));
  const counts = useCounts(without);
  if (texts.length === 0) return 'There are findings outside this scope.';
  const offers = texts.flatMap((text, index) => {
    const count = counts?.[index];
    return count && count.count > 0 ? [{ text, query: without[index] ?? '', count }] : [];
  });
  if (offers.length === 0)
    return counts === undefined ? 'Looking which part leaves nothing.' : 'Take two parts away to see more.';
  return (
    <ul>
      {offers.map(({ text, query, count }) => (
        <li key={text}>
          <Link
            className="text-accent hover:underline"
            href={addressWith('/findings', values, { q: queryValue(query), sel: null, tab: null })}
          >
            Without <code>{text}</code>
          </Link>
          : {formatCount(count.count)}
          {count.exact ? '' : '+'}
        </li>
      ))}
    </ul>
  );
}
