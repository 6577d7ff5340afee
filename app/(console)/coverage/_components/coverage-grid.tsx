'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, useCallback, useEffect, useRef } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import type { SearchValues } from '@/components/layout/search-params.ts';
import type { CoverageColumn } from '@/lib/core/coverage/summary.ts';
import type { GridRow } from '../grid-rows.ts';
import { ALL_PLACES, type CoverageSearch, coverageAddress, type PickedCell } from '../search-params.ts';
import { GridCellLink } from './grid-cell.tsx';
import { noteOpened } from './opened-cell.ts';
import { keyOf, useGridFocus } from './use-grid-focus.ts';

const ROW_PIXELS = 38;
const OVERSCAN = 12;
/** The head and the row of everything, which stay in view. */
const STUCK_PIXELS = 74;

interface Props {
  readonly by: 'account' | 'region';
  readonly order: CoverageSearch['order'];
  readonly kept: SearchValues;
  readonly picked: PickedCell | null;
  readonly columns: readonly { readonly id: CoverageColumn; readonly label: string }[];
  readonly all: GridRow;
  readonly rows: readonly GridRow[];
}

/** Places by what is scanned in them. Only rows in view are in the page. */
export function CoverageGrid({ by, order, kept, picked, columns, all, rows }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    scrollPaddingEnd: STUCK_PIXELS,
    initialRect: { width: 1200, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const positionOf = (cell: PickedCell | null) => ({
    row: cell === null ? 0 : rows.findIndex(({ place }) => place === cell.place) + 1,
    column: Math.max(0, cell === null ? 0 : columns.findIndex(({ id }) => id === cell.column)),
  });
  const reveal = useCallback((row: number) => virtual.scrollToIndex(row - 1, { align: 'auto' }), [virtual]);
  const { active, go, onKeyDown, onFocus } = useGridFocus({
    table,
    rows: rows.length + 1,
    columns: columns.length,
    start: positionOf(picked),
    reveal,
  });

  // With the panel its close button goes away, and the focus returns to the cell.
  const before = useRef(picked);
  useEffect(() => {
    const closed = picked === null ? before.current : null;
    before.current = picked;
    if (closed !== null && document.activeElement === document.body) go(positionOf(closed));
  });

  function onClick(event: MouseEvent) {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
    if (isPlain && event.target instanceof Element && event.target.closest('a')) noteOpened();
  }

  const isActiveShown = active.row === 0 || items.some(({ index }) => index === active.row - 1);
  const stop = keyOf(isActiveShown ? active : { row: 0, column: Math.min(active.column, columns.length - 1) });

  function cells(row: GridRow, at: number, name: string) {
    const place = row.place || ALL_PLACES;
    return columns.map(({ id, label }, column) => {
      const cell = row.cells[column];
      if (cell === undefined) return null;
      const key = keyOf({ row: at, column });
      return (
        <GridCellLink
          key={id}
          cell={cell}
          at={key}
          title={`${name}, ${label}`}
          href={coverageAddress(kept, { by, order, picked: { place, column: id } })}
          isCurrent={picked?.place === place && picked.column === id}
          isStop={key === stop}
        />
      );
    });
  }

  const ends = { before: items[0]?.start ?? 0, after: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) };
  const allName = `All ${formatCount(rows.length)} ${by}${rows.length === 1 ? '' : 's'}`;
  return (
    <div ref={scroller} className="cover-scroll">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that arrow keys walk through is a grid.
        role="grid"
        aria-label={by === 'account' ? 'Coverage of accounts' : 'Coverage of regions'}
        aria-rowcount={rows.length + 2}
        className="cover-grid"
        style={{ '--columns': columns.length } as CSSProperties}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{by === 'account' ? 'Account' : 'Region'}</th>
            {by === 'account' ? (
              <th scope="col" className="cover-id">
                ID
              </th>
            ) : null}
            <th scope="col" className="num w-[62px]">
              Gap
            </th>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col" className="cover-column num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="cover-all" aria-rowindex={2}>
            <th scope="row">{allName}</th>
            {by === 'account' ? <td className="cover-id" /> : null}
            <td className="num !pr-2.5">{formatCount(all.gap ?? 0)}</td>
            {cells(all, 0, allName)}
          </tr>
          {ends.before > 0 ? <tr style={{ height: ends.before }} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr key={row.place} ref={virtual.measureElement} data-index={index} aria-rowindex={index + 3}>
                <th scope="row" title={row.left ? `${row.name}, no longer reached by its connection` : row.name}>
                  <bdi>{row.name.slice(0, 300)}</bdi>
                  {row.left ? <span className="font-normal text-12 text-fg-3"> left</span> : null}
                </th>
                {by === 'account' ? (
                  <td className="cover-id">
                    <code className="text-fg-3">{row.place}</code>
                  </td>
                ) : null}
                <td className="num !pr-2.5">{row.gap === null ? '–' : formatCount(row.gap)}</td>
                {cells(row, index + 1, row.name)}
              </tr>
            );
          })}
          {ends.after > 0 ? <tr style={{ height: ends.after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}
