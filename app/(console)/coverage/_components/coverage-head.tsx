import { Download } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { PageHeader } from '@/components/layout/page-header.tsx';
import type { CoverageSummary } from '@/lib/core/coverage/summary.ts';
import { type CoverageSearch, coverageAddress, ledgerFileAddress } from '../search-params.ts';
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
  /** Who may not list resources may have no file of them either. */
  readonly mayExport: boolean;
  /** What may be done about the whole. */
  readonly children?: ReactNode;
}

/** The answer of the page, and the ways to look at it. */
export function CoverageHead({ search: { by, kept, filter }, all, windowHours, mayExport, children }: Props) {
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
    <div className="tall-head">
      <PageHeader title="Coverage" isWhole answer={total === 0 ? undefined : answer}>
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
        {mayExport ? (
          <a className="btn" data-kind="plain" href={ledgerFileAddress(kept, filter)} aria-label="Export" download>
            <Download size={14} strokeWidth={1.6} aria-hidden="true" />
            <span className="max-sm:hidden">Export</span>
          </a>
        ) : null}
        {children}
      </PageHeader>
    </div>
  );
}
