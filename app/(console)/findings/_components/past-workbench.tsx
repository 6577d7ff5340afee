'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { describeCounts, sumOf } from '@/components/findings/severity-words.ts';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { EmptyState, PartialStrip } from '@/components/ui/block-state.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Day } from '@/lib/core/model/history.ts';
import type { FindingsAsOf } from '@/lib/operations/history/list-findings-as-of.ts';
import type { QueryChip } from '../search-params.ts';
import { PastTable } from './past-table.tsx';
import { QueryBar } from './query-bar.tsx';
import { usePastFindings } from './use-past-findings.ts';

interface Props {
  readonly first: FindingsAsOf;
  readonly day: Day;
  /** The search part of the address that lists these rows. */
  readonly address: string;
  readonly chips: readonly QueryChip[];
  readonly now: Date;
}

/** The list as it was at the end of a past day: to read, since nothing of the past can be changed. */
export function PastWorkbench({ first, day, address, chips, now }: Props) {
  const { rows, hasMore, isLoadingMore, failed, loadMore } = usePastFindings(first, address, now);
  const current = useCurrentRow(rows);
  const { open, suppressed } = first.counts;
  const anyKnown = sumOf(open) + sumOf(suppressed) > 0;
  const date = formatDate(new Date(day));
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-none flex-col gap-2 px-(--gutter) py-2.5">
        <QueryBar chips={chips} />
        {anyKnown ? (
          <p className="text-12 text-fg-2">
            Whatever the query: {formatCount(sumOf(open))} open
            {sumOf(open) > 0 ? ` (${describeCounts(open)})` : ''}, {formatCount(sumOf(suppressed))} suppressed.
          </p>
        ) : null}
        {first.presentOnly.length > 0 ? (
          <PartialStrip>
            <code>{first.presentOnly.join(' ')}</code> is known of the present only. It leaves out nothing here.
          </PartialStrip>
        ) : null}
        {first.removed > 0 ? (
          <PartialStrip>
            {formatCounted(first.removed, 'finding')} that {first.removed === 1 ? 'was' : 'were'} open then{' '}
            {first.removed === 1 ? 'is' : 'are'} counted above but not listed: what was fixed long ago has been removed.
          </PartialStrip>
        ) : null}
        {failed ? (
          <PartialStrip>The next rows did not load; ask once more. The rows above are right.</PartialStrip>
        ) : null}
      </div>
      <section
        className="min-h-0 flex-1 overflow-auto pb-4"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={`List of findings at the end of ${date}`}
      >
        {rows.length > 0 ? <PastTable rows={rows} current={current} now={now} /> : null}
        {rows.length === 0 && !hasMore ? (
          <div className="max-w-[640px] px-(--gutter)">
            {anyKnown ? (
              <EmptyState kind="no-match" title="Nothing matched that day">
                Take a part of the query away, or choose another day.
              </EmptyState>
            ) : (
              <EmptyState kind="unknown" title="No finding was known that day">
                Whether everything had been scanned by then is not kept, so this is no proof that there was nothing.
              </EmptyState>
            )}
          </div>
        ) : null}
        {hasMore ? (
          <div className="flex items-center gap-3 px-(--gutter) pt-3">
            <Button onClick={loadMore} disabled={isLoadingMore}>
              {isLoadingMore ? 'Looking' : 'Look further'}
            </Button>
            <span className="text-12 text-fg-3">
              {formatCount(rows.length)} so far, newest first; there may be more.
            </span>
          </div>
        ) : null}
      </section>
      <output className="vh">{`${formatCounted(rows.length, 'finding')} loaded`}</output>
    </div>
  );
}

/** The row that J and K have walked to; Enter and O open the finding as it is today. */
function useCurrentRow(rows: readonly { readonly id: string }[]): number {
  const router = useRouter();
  const { scoped } = useAddress();
  const [current, setCurrent] = useState(-1);
  const latest = useRef({ rows, current, scoped });
  latest.current = { rows, current, scoped };
  useEffect(() => {
    const move = (step: 1 | -1) => setCurrent((at) => Math.max(0, Math.min(latest.current.rows.length - 1, at + step)));
    const open = () => {
      const row = latest.current.rows[latest.current.current];
      if (row) router.push(latest.current.scoped(`/findings/${row.id}`));
    };
    const enter = (event: KeyboardEvent) => {
      // A focused link or button keeps its own Enter.
      const own = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('a, button') : null;
      if (own) own.click();
      else open();
    };
    const stops = [
      onShortcut('j', () => move(1)),
      onShortcut('k', () => move(-1)),
      onShortcut('ArrowDown', () => move(1)),
      onShortcut('ArrowUp', () => move(-1)),
      onShortcut('Enter', enter),
      onShortcut('o', open),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [router]);
  return current;
}
