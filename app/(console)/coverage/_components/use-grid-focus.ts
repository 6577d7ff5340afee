'use client';

import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';

export interface GridPosition {
  /** 0 is the row of everything. */
  readonly row: number;
  readonly column: number;
}

interface Props {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly rows: number;
  readonly columns: number;
  readonly start: GridPosition;
  /** Brings a row that is not in the page into it. */
  readonly reveal: (row: number) => void;
}

const PAGE = 10;

export function keyOf({ row, column }: GridPosition): string {
  return `${row}:${column}`;
}

/** One stop for Tab, from which arrow keys lead through all cells. */
export function useGridFocus({ table, rows, columns, start, reveal }: Props) {
  const [active, setActive] = useState(start);
  const wanted = useRef<string | null>(null);

  // A row that was out of view is in the page only after the next rendering, or the one after it.
  useEffect(() => {
    if (wanted.current === null) return;
    const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const go = useCallback(
    (next: GridPosition) => {
      wanted.current = keyOf(next);
      setActive({ ...next });
      if (!table.current?.querySelector(`[data-cell="${keyOf(next)}"]`)) reveal(next.row);
    },
    [reveal, table],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const next = nextPosition(event.key, event.ctrlKey, active, { row: rows - 1, column: columns - 1 });
    if (next === null) return;
    event.preventDefault();
    go(next);
  }

  function onFocus(event: FocusEvent) {
    const [row, column] = (event.target.getAttribute('data-cell') ?? '').split(':').map(Number);
    if (row !== undefined && column !== undefined) setActive({ row, column });
  }

  return { active, go, onKeyDown, onFocus };
}

function nextPosition(key: string, isFar: boolean, at: GridPosition, last: GridPosition): GridPosition | null {
  const row = (to: number) => ({ ...at, row: Math.max(0, Math.min(last.row, to)) });
  const column = (to: number) => ({ ...at, column: Math.max(0, Math.min(last.column, to)) });
  switch (key) {
    case 'ArrowUp':
      return row(at.row - 1);
    case 'ArrowDown':
      return row(at.row + 1);
    case 'ArrowLeft':
      return column(at.column - 1);
    case 'ArrowRight':
      return column(at.column + 1);
    case 'PageUp':
      return row(at.row - PAGE);
    case 'PageDown':
      return row(at.row + PAGE);
    case 'Home':
      return isFar ? { row: 0, column: 0 } : column(0);
    case 'End':
      return isFar ? last : column(last.column);
    default:
      return null;
  }
}
