import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import type { GridCell } from '../grid-rows.ts';
import { CELL_LOOKS, SHARE_LOW } from './cell-words.ts';
import { coverageShare } from './coverage-share.ts';

interface Props {
  readonly cell: GridCell;
  /** What it is of: `legacy-erp, EC2`. */
  readonly title: string;
  /** Row and column, by which the keys find it. */
  readonly at: string;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
}

/** One figure of the grid, as a link to what is behind it; a dash where there is nothing to scan. */
export function GridCellLink({ cell, title, at, href, isCurrent, isStop }: Props) {
  const { scanned, total, word } = cell;
  const tabIndex = isStop ? 0 : -1;
  if (total === 0 && word === null) {
    return (
      <td data-cell={at} tabIndex={tabIndex}>
        <span className="cover-cell" data-tone="none">
          <span aria-hidden="true">–</span>
          <span className="vh">none to scan</span>
        </span>
      </td>
    );
  }
  const look = word === null ? null : CELL_LOOKS[word];
  const isLow = total > 0 && scanned / total < SHARE_LOW;
  const hasFigure = total > 0 && word !== 'off';
  const Icon = look === null ? isLow && TriangleAlert : look.icon;
  const tone = look?.tone ?? (isLow ? 'warn' : undefined);
  const figures = `${formatCount(scanned)} of ${formatCount(total)} scanned`;
  return (
    <td>
      <Link
        className="cover-cell"
        href={href}
        prefetch={false}
        scroll={false}
        tabIndex={tabIndex}
        title={total > 0 ? `${title}: ${figures}` : title}
        aria-current={isCurrent ? 'true' : undefined}
        data-cell={at}
        data-tone={tone}
        data-meter={hasFigure || undefined}
      >
        {Icon ? <Icon size={12} strokeWidth={1.6} aria-hidden="true" /> : null}
        {look === null ? null : <span className="cover-word">{look.label}</span>}
        {hasFigure ? (
          <>
            <span>{coverageShare(cell)}</span>
            <span className="cover-meter" aria-hidden="true">
              <i style={{ width: `${(scanned / total) * 100}%` }} />
            </span>
          </>
        ) : null}
        {total > 0 ? <span className="vh">, {figures}</span> : null}
      </Link>
    </td>
  );
}
