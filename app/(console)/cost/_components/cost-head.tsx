import { Download } from 'lucide-react';
import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import { PRICE_BOOKS } from '@/lib/core/cost/price-books.ts';
import type { CostView } from '@/lib/core/model/cost-view.ts';
import { monthWords } from '../month-words.ts';
import { type CostSearch, costAddress, costFileAddress } from '../search-params.ts';

interface Props {
  readonly search: CostSearch;
  /** Null where it did not load. */
  readonly view: CostView | null;
}

/** What the page estimates, by which prices, and the same as a file. */
export function CostHead({ search, view }: Props) {
  return (
    <div className="tall-head">
      <PageHeader title="Cost" isWhole answer={view === null ? undefined : <Answer view={view} />}>
        <nav className="segmented" aria-label="Price book">
          {PRICE_BOOKS.map(({ id, name }) => (
            <Link
              key={id}
              href={costAddress(search, { book: id })}
              aria-current={id === search.ask.book ? 'true' : undefined}
              prefetch={false}
              scroll={false}
            >
              {name}
            </Link>
          ))}
        </nav>
        <a className="btn" data-kind="plain" href={costFileAddress(search)} aria-label="CSV" download>
          <Download size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="max-sm:hidden">CSV</span>
        </a>
      </PageHeader>
    </div>
  );
}

function Answer({ view: { month, hoursOfMonth, hoursCounted, isOver } }: { readonly view: CostView }) {
  return (
    <>
      <span className="max-sm:hidden">What the managed service would charge, </span>
      {isOver
        ? `${formatCount(hoursOfMonth)} hours`
        : `${formatCount(hoursCounted)} of ${formatCount(hoursOfMonth)} hours`}{' '}
      of {monthWords(month)}
    </>
  );
}
