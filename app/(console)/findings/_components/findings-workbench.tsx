'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { formatCounted } from '@/components/format/format-count.ts';
import { PartialStrip } from '@/components/ui/block-state.tsx';
import type { Preferences } from '@/lib/core/model/personal.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import type { FindingPage, FindingSort } from '@/lib/core/model/views.ts';
import type { TriageRights } from '../../_components/triage/rights.ts';
import type { TriageTarget } from '../../_components/triage/use-triage.ts';
import { useTriageKeys } from '../../_components/triage/use-triage-keys.tsx';
import type { QueryChip } from '../search-params.ts';
import { type FindingQueue, keepQueue } from './finding-queue.ts';
import { FindingsTable } from './findings-table.tsx';
import { ListTools } from './list-tools.tsx';
import { NewFindingsBar } from './new-findings-bar.tsx';
import { QueryBar } from './query-bar.tsx';
import { ruleQueryOf } from './rule-query.ts';
import type { Selection } from './selection.ts';
import { useFindings } from './use-findings.ts';
import { type Line, useListKeys } from './use-list-keys.ts';
import { useLiveRows } from './use-live-rows.ts';
import { useOpenRow } from './use-open-row.ts';

const loadPanel = () => import('./finding-panel.tsx').then((module) => module.FindingPanel);
const FindingPanel = dynamic(loadPanel);
const NoFindings = dynamic(() => import('./no-findings.tsx').then((module) => module.NoFindings));
const SelectionBar = dynamic(() => import('./selection-bar.tsx').then((module) => module.SelectionBar));
const FindingCards = dynamic(() => import('./finding-cards.tsx').then((module) => module.FindingCards));

interface Props {
  readonly first: FindingPage;
  /** The search part of the address that lists these rows. */
  readonly address: string;
  readonly scope: Scope;
  readonly chips: readonly QueryChip[];
  /** The parts of the query that can be read. */
  readonly query: string;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly selected: string | null;
  readonly tab: string;
  readonly preferences: Preferences;
  readonly rights: TriageRights;
  readonly now: Date;
}

/** The list, its keys and the panel beside it. */
export function FindingsWorkbench(props: Props) {
  const { first, address, scope, chips, query, sort, descending, preferences, rights, now } = props;
  const { rows, hasMore, nextCursor, isLoadingMore, failed, loadMore } = useFindings(first, address, now);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo<readonly Line[]>(() => rows.map((row) => ({ id: row.id, row })), [rows]);
  const onClosed = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  const list = useListKeys({ lines, selected: props.selected, tab: props.tab, mayPickAll: true, onClosed });
  const { current, openId, picked, allPicked } = list;
  const opened = useOpenRow(openId, rows);
  const around = Math.max(0, current - 40);
  useLiveRows(opened.row ? [opened.row, ...rows.slice(around, around + 99)] : rows.slice(around, around + 100));

  const queue = { address, ids: rows.map((row) => row.id), before: 0, nextCursor, matching: first.matching };
  const latestQueue = useRef<FindingQueue>(queue);
  latestQueue.current = queue;
  // The page of a finding goes on through this list.
  useEffect(() => () => keepQueue(latestQueue.current), []);

  useEffect(() => {
    // Walking with J through what is loaded brings the next page as scrolling does.
    if (current >= rows.length * 0.6 && hasMore && !isLoadingMore) loadMore();
  }, [current, rows.length, hasMore, isLoadingMore, loadMore]);

  const pickedRows = rows.filter((row) => picked.has(row.id));
  const rowsPicked: Selection | null = pickedRows.length > 0 ? { kind: 'rows', rows: pickedRows } : null;
  const selection: Selection | null = allPicked ? { kind: 'query', ...first.matching } : rowsPicked;
  const single = opened.row ?? rows[current] ?? null;

  const triage = useTriageKeys({
    rights,
    now,
    target(): TriageTarget | null {
      if (allPicked) return { kind: 'query', scope, query, count: first.matching.count };
      if (pickedRows.length > 0) return { kind: 'rows', rows: pickedRows };
      return single === null ? null : { kind: 'rows', rows: [single] };
    },
    ruleQuery() {
      if (allPicked) return query;
      return ruleQueryOf(pickedRows.length > 0 || single === null ? pickedRows : [single]);
    },
    onDone: list.clear,
  });

  return (
    <div className="split-view">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-none items-start gap-2 px-(--gutter) py-2.5">
          <QueryBar chips={chips} />
          <ListTools preferences={preferences} sort={sort} descending={descending} />
        </div>
        <NewFindingsBar query={query} since={now} />
        {failed ? (
          <div className="px-(--gutter) pb-2">
            <PartialStrip>The next rows did not load; scroll on to try again. The rows above are right.</PartialStrip>
          </div>
        ) : null}
        {rows.length === 0 ? (
          <NoFindings page={first} chips={chips} />
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
                checked={new Set(picked.keys())}
                allPicked={allPicked}
                columns={preferences.columns}
                density={preferences.density}
                sort={sort}
                descending={descending}
                now={now}
                narrow={openId !== null}
                scroller={scroller}
                onOpen={list.open}
                onCheck={list.check}
                onCheckAll={() => (picked.size === rows.length || allPicked ? list.clear() : list.pickRows(rows))}
                onNearEnd={() => hasMore && !isLoadingMore && loadMore()}
              />
            </div>
            <div className="sm:hidden">
              <FindingCards rows={rows} hasMore={hasMore} isLoadingMore={isLoadingMore} now={now} onMore={loadMore} />
            </div>
          </section>
        )}
        {selection === null ? null : (
          <SelectionBar
            selection={selection}
            matching={first.matching}
            triage={triage}
            rights={rights}
            onPickAll={list.pickAll}
            onClear={list.clear}
          />
        )}
        <output className="vh">{`${formatCounted(rows.length, 'finding')} loaded`}</output>
      </div>
      {openId === null ? null : (
        <FindingPanel
          key={openId}
          id={openId}
          row={opened.row}
          missing={opened.missing}
          position={rows.findIndex((row) => row.id === openId) + 1}
          matching={first.matching}
          next={rows[current + 1]?.id ?? null}
          tab={list.tab}
          now={now}
          rights={rights}
          triage={triage}
          onTab={list.showTab}
          onMove={list.move}
          onClose={list.close}
        />
      )}
      {triage.dialog}
    </div>
  );
}
