import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import type { CoverageSummary } from '@/lib/core/coverage/summary.ts';
import { type CoverageSearch, coverageAddress } from '../search-params.ts';
import { coverageShare } from './coverage-share.ts';

const VIEWS = [
  ['account', 'Accounts'],
  ['region', 'Regions'],
  ['resource', 'Resources'],
] as const;

interface Props {
  readonly search: CoverageSearch;
  /** Null where it did not load. */
  readonly all: CoverageSummary['all'] | null;
  readonly windowHours: number;
}

/** The answer of the page, and the ways to look at it. */
export function CoverageHead({ search: { by, kept }, all, windowHours }: Props) {
  const figures = Object.values(all?.cells ?? {});
  const total = figures.reduce((sum, cell) => sum + cell.total, 0);
  const scanned = figures.reduce((sum, cell) => sum + cell.scanned, 0);
  const answer = (
    <>
      {coverageShare({ scanned, total })}, {formatCount(scanned)} of {formatCount(total)}{' '}
      <span className="max-sm:hidden">resources </span>scanned in the last {windowHours} hours
    </>
  );
  return (
    <div className="coverage-head">
      <PageHeader title="Coverage" answer={total === 0 ? undefined : answer}>
        <nav className="segmented" aria-label="Coverage by">
          {VIEWS.map(([view, label]) => (
            <Link
              key={view}
              href={coverageAddress(kept, { by: view })}
              aria-current={view === by ? 'true' : undefined}
              prefetch={false}
            >
              {label}
            </Link>
          ))}
        </nav>
      </PageHeader>
    </div>
  );
}
