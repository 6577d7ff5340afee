'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { addressWith } from '@/components/layout/search-params.ts';
import { onShortcut } from '@/components/layout/shortcuts.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { PartialStrip } from '@/components/ui/block-state.tsx';
import { showToast } from '@/components/ui/toast-queue.ts';
import type { FindingPage, FindingSort } from '@/lib/core/model/views.ts';
import type { CheckedTerm } from '../search-params.ts';
import { FindingCards } from './finding-cards.tsx';
import { FindingsTable } from './findings-table.tsx';
import { QueryBar } from './query-bar.tsx';
import { useFindings } from './use-findings.ts';

const loadPanel = () => import('./finding-panel.tsx').then((module) => module.FindingPanel);
const FindingPanel = dynamic(loadPanel);
const NoFindings = dynamic(() => import('./no-findings.tsx').then((module) => module.NoFindings));
const SelectionBar = dynamic(() => import('./selection-bar.tsx').then((module) => module.SelectionBar));

interface Props {
  readonly first: FindingPage;
  /** The search part of the address that lists these rows. */
  readonly address: string;
  readonly terms: readonly CheckedTerm[];
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly selected: string | null;
  readonly tab: string;
  readonly now: Date;
}

/** The list, its keys and the panel beside it. */
export function FindingsWorkbench({ first, address, terms, sort, descending, selected, tab: firstTab, now }: Props) {
  const router = useRouter();
  const { values } = useAddress();
  const { rows, hasMore, isLoadingMore, failed, loadMore } = useFindings(first, address);
  const [openId, setOpenId] = useState(selected);
  const [current, setCurrent] = useState(() => first.rows.findIndex((row) => row.id === selected));
  const [tab, setTab] = useState(firstTab);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const open = rows.find((row) => row.id === openId) ?? null;

  // The address follows what is shown without asking the server again: it survives copy, back and reload.
  const remember = useCallback(
    (sel: string | null, nextTab: string) => {
      const shownTab = sel === null || nextTab === 'summary' ? null : nextTab;
      window.history.replaceState(null, '', addressWith('/findings', values, { sel, tab: shownTab }));
    },
    [values],
  );

  function show(index: number) {
    const row = rows[index];
    if (!row) return;
    setCurrent(index);
    setOpenId(row.id);
    remember(row.id, tab);
  }

  function move(step: 1 | -1) {
    const next = Math.max(0, Math.min(rows.length - 1, current + step));
    if (open) show(next);
    else setCurrent(next);
  }

  function check(id: string) {
    setChecked((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }

  function close() {
    if (open) {
      setOpenId(null);
      remember(null, tab);
      scroller.current?.focus({ preventScroll: true });
    } else setChecked(new Set());
  }

  async function copyChecked() {
    const lines = rows.filter((row) => checked.has(row.id)).map((row) => `${location.origin}/findings/${row.id}`);
    await navigator.clipboard.writeText(lines.join('\n'));
    showToast(`${formatCounted(lines.length, 'link')} copied`);
  }

  const keys = useRef<Readonly<Record<string, () => void>>>({});
  keys.current = {
    j: () => move(1),
    k: () => move(-1),
    x: () => rows[current] && check(rows[current].id),
    'shift+j': () => {
      if (rows[current] && !checked.has(rows[current].id)) check(rows[current].id);
      move(1);
    },
    'shift+k': () => {
      if (rows[current] && !checked.has(rows[current].id)) check(rows[current].id);
      move(-1);
    },
    enter: () => show(Math.max(0, current)),
    o: () => rows[current] && router.push(`/findings/${rows[current].id}`),
    c: () => void copyChecked(),
    escape: close,
  };

  useEffect(() => {
    const stops = ['j', 'k', 'x', 'shift+j', 'shift+k', 'Enter', 'o', 'c', 'Escape'].map((key) =>
      onShortcut(key, (event) => {
        // A focused link or button keeps its own Enter.
        if (key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button')) {
          (event.target.closest('a, button') as HTMLElement).click();
          return;
        }
        keys.current[key.toLowerCase()]?.();
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <div className="split-view">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-none items-start gap-2 px-(--gutter) py-2.5">
          <QueryBar terms={terms} />
        </div>
        {failed ? (
          <div className="px-(--gutter) pb-2">
            <PartialStrip>The next rows did not load; scroll on to try again. The rows above are right.</PartialStrip>
          </div>
        ) : null}
        {rows.length === 0 ? (
          <NoFindings page={first} terms={terms} />
        ) : (
          <section
            ref={scroller}
            className="min-h-0 flex-1 overflow-auto"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
            tabIndex={0}
            aria-label="List of findings"
            // The panel's code is there before the first finding is opened.
            onPointerEnter={() => void loadPanel()}
            onFocus={() => void loadPanel()}
          >
            <div className="max-sm:hidden">
              <FindingsTable
                rows={rows}
                current={current}
                checked={checked}
                sort={sort}
                descending={descending}
                now={now}
                narrow={open !== null}
                scroller={scroller}
                onOpen={show}
                onCheck={check}
                onCheckAll={() =>
                  setChecked(checked.size === rows.length ? new Set() : new Set(rows.map((row) => row.id)))
                }
                onNearEnd={() => hasMore && !isLoadingMore && loadMore()}
              />
            </div>
            <div className="sm:hidden">
              <FindingCards rows={rows} hasMore={hasMore} isLoadingMore={isLoadingMore} now={now} onMore={loadMore} />
            </div>
          </section>
        )}
        {checked.size > 0 ? (
          <SelectionBar count={checked.size} onCopy={() => void copyChecked()} onClear={() => setChecked(new Set())} />
        ) : null}
        <output className="vh">{`${formatCounted(rows.length, 'finding')} loaded`}</output>
      </div>
      {open ? (
        <FindingPanel
          key={open.id}
          row={open}
          position={rows.indexOf(open) + 1}
          matching={first.matching}
          tab={tab}
          now={now}
          onTab={(next) => {
            setTab(next);
            remember(open.id, next);
          }}
          onMove={move}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
