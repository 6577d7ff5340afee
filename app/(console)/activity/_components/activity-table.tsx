'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { formatClockSeconds, formatDate, formatDay } from '@/components/format/format-time.ts';
import { type ActivityRow, kindOfAction } from '@/lib/core/model/activity.ts';
import { KIND_WORDS, nameOfActor, wordsOfAction } from './activity-words.ts';
import { Actor } from './actor.tsx';

const ROW_PIXELS = 36;
const OVERSCAN = 12;

interface Props {
  readonly rows: readonly ActivityRow[];
  readonly current: number;
  readonly now: Date;
  /** With the panel beside it the table keeps what tells entries apart. */
  readonly narrow: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: (index: number) => void;
  readonly onNearEnd: () => void;
}

type Line = { readonly day: Date } | { readonly row: ActivityRow; readonly index: number };

/** Entries under the day on which they were written, of which only those in view are in the page. */
export function ActivityTable({ rows, current, now, narrow, scroller, onOpen, onNearEnd }: Props) {
  const lines = linesOf(rows);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    initialRect: { width: 1200, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = useRef(onNearEnd);
  nearEnd.current = onNearEnd;
  const line = lines.findIndex((one) => 'row' in one && one.index === current);

  useEffect(() => {
    if (lines.length > 0 && last >= lines.length * 0.6) nearEnd.current();
  }, [last, lines.length]);

  useEffect(() => {
    if (line >= 0) virtual.scrollToIndex(line, { align: 'auto' });
  }, [line, virtual]);

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <table className="rows-table" aria-rowcount={rows.length}>
      <thead className="sticky top-0 z-[1]">
        <tr>
          <th className="w-[96px]">UTC</th>
          <th className="w-[19%] max-sm:hidden">Who</th>
          <th className={narrow ? 'w-[28%]' : 'w-[22%] max-sm:w-auto'}>Did</th>
          <th className="max-sm:hidden">To</th>
          <th className={narrow ? 'hidden' : 'w-[30%] max-lg:hidden'}>In words</th>
          <th className="w-[86px] max-sm:hidden">Kind</th>
        </tr>
      </thead>
      <tbody>
        {before > 0 ? <tr style={{ height: before }} /> : null}
        {items.map((item) => {
          const one = lines[item.index];
          if (one === undefined) return null;
          if ('day' in one) {
            return (
              <tr key={`day ${one.day.getTime()}`} className="activity-day">
                <td className="!overflow-visible">
                  <b className="font-medium">{dayWord(one.day, now)}</b>
                </td>
                <td className="max-sm:hidden" />
                <td />
                <td className="max-sm:hidden" />
                <td className={narrow ? 'hidden' : 'max-lg:hidden'} />
                <td className="max-sm:hidden" />
              </tr>
            );
          }
          const { row, index } = one;
          return (
            <tr key={row.id} aria-current={index === current ? 'true' : undefined}>
              <td className="text-fg-3">
                <time dateTime={row.at.toISOString()}>{formatClockSeconds(row.at)}</time>
              </td>
              <td className="max-sm:hidden" title={row.actor}>
                <Actor row={row} />
              </td>
              <td>
                <button type="button" className="w-full truncate text-left font-medium" onClick={() => onOpen(index)}>
                  <span className="sm:hidden">{nameOfActor(row)} </span>
                  {wordsOfAction(row.action)}
                </button>
              </td>
              <td className="text-fg-2 max-sm:hidden" title={row.object}>
                <bdi>{row.object.slice(0, 300)}</bdi>
              </td>
              <td className={narrow ? 'hidden' : 'text-fg-3 max-lg:hidden'} title={row.detail.slice(0, 1000)}>
                <bdi>{row.detail.slice(0, 300)}</bdi>
              </td>
              <td className="text-fg-3 max-sm:hidden">{KIND_WORDS[kindOfAction(row.action)]}</td>
            </tr>
          );
        })}
        {after > 0 ? <tr style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
}

function linesOf(rows: readonly ActivityRow[]): readonly Line[] {
  const lines: Line[] = [];
  let day = '';
  for (const [index, row] of rows.entries()) {
    const next = row.at.toISOString().slice(0, 10);
    if (next !== day) {
      day = next;
      lines.push({ day: row.at });
    }
    lines.push({ row, index });
  }
  return lines;
}

function dayWord(day: Date, now: Date): string {
  if (formatDate(day) === formatDate(now)) return `Today, ${formatDay(day)}`;
  const yesterday = new Date(now.getTime() - 86_400_000);
  return formatDate(day) === formatDate(yesterday) ? `Yesterday, ${formatDay(day)}` : formatDate(day);
}
