'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import type { Density, FindingColumn } from '@/lib/core/model/personal.ts';
import type { FindingRow, FindingSort } from '@/lib/core/model/views.ts';
import { FindingTableRow } from './finding-table-row.tsx';
import { TableHead } from './table-head.tsx';

export const ROW_PIXELS = { default: 36, compact: 30 } as const satisfies Readonly<Record<Density, number>>;
const OVERSCAN = 14;

interface Props {
  readonly rows: readonly FindingRow[];
  readonly current: number;
  readonly checked: ReadonlySet<string>;
  /** Everything that matches is picked, loaded or not. */
  readonly allPicked: boolean;
  readonly columns: readonly FindingColumn[];
  readonly density: Density;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly now: Date;
  /** With the panel beside it the list keeps the columns that tell rows apart. */
  readonly narrow: boolean;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onOpen: (index: number) => void;
  readonly onCheck: (row: FindingRow) => void;
  readonly onCheckAll: () => void;
  readonly onNearEnd: () => void;
}

/** Rows of one height, of which only those in view are in the page. */
export function FindingsTable(props: Props) {
  const { rows, scroller, current, checked, allPicked, columns, density, now, narrow, onNearEnd } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS[density],
    overscan: OVERSCAN,
    initialRect: { width: 1200, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = useRef(onNearEnd);
  nearEnd.current = onNearEnd;

  useEffect(() => {
    // At 60 % of what is loaded the next page is on its way before the reader gets there.
    if (rows.length > 0 && last >= rows.length * 0.6) nearEnd.current();
  }, [last, rows.length]);

  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <table className="rows-table" aria-rowcount={rows.length}>
      <TableHead {...props} picked={allPicked ? 'all' : pickedOf(checked.size, rows.length)} />
      <tbody>
        {before > 0 ? <tr style={{ height: before }} /> : null}
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <FindingTableRow
              key={row.id}
              row={row}
              index={item.index}
              current={item.index === current}
              checked={allPicked || checked.has(row.id)}
              columns={columns}
              narrow={narrow}
              now={now}
              onOpen={props.onOpen}
              onCheck={props.onCheck}
            />
          ) : null;
        })}
        {after > 0 ? <tr style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
}

function pickedOf(picked: number, loaded: number): 'none' | 'some' | 'all' {
  if (picked === 0) return 'none';
  return picked === loaded ? 'all' : 'some';
}
