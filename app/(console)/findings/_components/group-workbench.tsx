'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useRef, useState } from 'react';
import { reviveGroupPage, type Wire } from '@/components/findings/revive-finding.ts';
import { formatCounted } from '@/components/format/format-count.ts';
import { addressWith, scopeOnly } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { PartialStrip } from '@/components/ui/block-state.tsx';
import type { FindingGrouping, FindingGroupPage, FindingGroupRow } from '@/lib/core/model/finding-groups.ts';
import type { Preferences } from '@/lib/core/model/personal.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import type { FindingPage, FindingRow } from '@/lib/core/model/views.ts';
import type { TriageRights } from '../../_components/triage/rights.ts';
import type { TriageTarget } from '../../_components/triage/use-triage.ts';
import { useTriageKeys } from '../../_components/triage/use-triage-keys.tsx';
import type { QueryChip } from '../search-params.ts';
import { groupQuery } from './group-query.ts';
import { GroupTable } from './group-table.tsx';
import { ListTools } from './list-tools.tsx';
import { NoFindings } from './no-findings.tsx';
import { QueryBar } from './query-bar.tsx';
import { ruleQueryOf } from './rule-query.ts';
import type { Selection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { type InnerRows, useInnerRows } from './use-inner-rows.ts';
import { type Line, useListKeys } from './use-list-keys.ts';
import { useLiveRows } from './use-live-rows.ts';
import { useOpenRow } from './use-open-row.ts';

const FindingPanel = dynamic(() => import('./finding-panel.tsx').then((module) => module.FindingPanel));

interface Props {
  readonly first: FindingGroupPage;
  /** Of the same query without groups: how many match, and whether zero is proof. */
  readonly list: FindingPage;
  readonly grouping: FindingGrouping;
  readonly address: string;
  readonly scope: Scope;
  readonly chips: readonly QueryChip[];
  readonly query: string;
  readonly selected: string | null;
  readonly tab: string;
  readonly preferences: Preferences;
  readonly rights: TriageRights;
  readonly now: Date;
}

/** A line of the grouped list: a group, a finding of an open group, or what stands below its findings. */
export type GroupLine = Line &
  (
    | { readonly kind: 'group'; readonly group: FindingGroupRow; readonly isOpen: boolean }
    | { readonly kind: 'finding'; readonly row: FindingRow }
    | { readonly kind: 'rest'; readonly group: FindingGroupRow; readonly inner: InnerRows }
  );

/** Findings by what they have in common; a group opens in place. */
export function GroupWorkbench(props: Props) {
  const { first, list: whole, grouping, address, scope, chips, query, preferences, rights, now } = props;
  const router = useRouter();
  const { values } = useAddress();
  const [openGroups, setOpenGroups] = useState<readonly FindingGroupRow[]>([]);
  const groups = useInfiniteQuery({
    queryKey: ['finding-groups', address, now.getTime()],
    queryFn: ({ pageParam, signal }) => fetchGroups(address, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = useMemo(() => groups.data.pages.flatMap((page) => page.rows), [groups.data.pages]);
  const inner = useInnerRows(openGroups, grouping, query, scopeOnly(values));
  const scroller = useRef<HTMLDivElement>(null);

  const toggle = useCallback((group: FindingGroupRow, wanted?: boolean) => {
    setOpenGroups((before) => {
      const isOpen = before.some((one) => idOf(one) === idOf(group));
      if (wanted === isOpen) return before;
      return isOpen ? before.filter((one) => idOf(one) !== idOf(group)) : [...before, group];
    });
  }, []);

  function pageOf(group: FindingGroupRow): string {
    const kept = scopeOnly(values);
    switch (grouping) {
      case 'vulnerability':
        return addressWith(`/vulnerabilities/${encodeURIComponent(group.key)}`, kept);
      case 'resource':
        return addressWith(`/resources/${encodeURIComponent(group.key)}`, kept);
      case 'account':
      case 'package':
        return addressWith('/findings', values, { q: groupQuery(query, grouping, group), group: null, sort: null });
    }
  }

  const lines: readonly GroupLine[] = rows.flatMap((group): readonly GroupLine[] => {
    const id = idOf(group);
    const isOpen = openGroups.some((one) => idOf(one) === id);
    const head: GroupLine = {
      kind: 'group',
      id,
      row: null,
      group,
      isOpen,
      enter: () => router.push(pageOf(group)),
      expand: () => toggle(group, true),
      collapse: () => toggle(group, false),
    };
    const found = inner.get(id);
    if (!isOpen || found === undefined) return [head];
    const collapse = () => toggle(group, false);
    const within = found.rows.map((row): GroupLine => ({ kind: 'finding', id: `${id} ${row.id}`, row, collapse }));
    const rest: readonly GroupLine[] = found.isDone
      ? []
      : [{ kind: 'rest', id: `${id} rest`, row: null, group, inner: found, enter: found.more, collapse }];
    return [head, ...within, ...rest];
  });

  const findings = [...new Map(lines.flatMap(({ row }) => (row === null ? [] : [[row.id, row] as const]))).values()];
  const onClosed = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  const keys = useListKeys({ lines, selected: props.selected, tab: props.tab, mayPickAll: false, onClosed });
  const { current, openId, picked } = keys;
  const opened = useOpenRow(openId, findings);
  useLiveRows(opened.row ? [opened.row, ...findings] : findings);

  const pickedRows = findings.filter((row) => picked.has(row.id));
  const selection: Selection | null = pickedRows.length > 0 ? { kind: 'rows', rows: pickedRows } : null;
  const line = lines[current];
  const single = opened.row ?? line?.row ?? null;

  const triage = useTriageKeys({
    rights,
    now,
    target(): TriageTarget | null {
      if (pickedRows.length > 0) return { kind: 'rows', rows: pickedRows };
      if (single !== null) return { kind: 'rows', rows: [single] };
      // A group stands for all of its findings that match.
      return line?.kind === 'group'
        ? { kind: 'query', scope, query: groupQuery(query, grouping, line.group), count: line.group.total }
        : null;
    },
    ruleQuery() {
      if (pickedRows.length > 0) return ruleQueryOf(pickedRows);
      if (single !== null) return ruleQueryOf([single]);
      return line?.kind === 'group' ? groupQuery(query, grouping, line.group) : query;
    },
    onDone: keys.clear,
  });

  return (
    <div className="split-view">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-none items-start gap-2 px-(--gutter) py-2.5">
          <QueryBar chips={chips} />
          <ListTools preferences={preferences} sort="score" descending />
        </div>
        {groups.isFetchNextPageError ? (
          <div className="px-(--gutter) pb-2">
            <PartialStrip>The next groups did not load; scroll on to try again. Those above are right.</PartialStrip>
          </div>
        ) : null}
        {rows.length === 0 ? (
          <NoFindings page={whole} chips={chips} />
        ) : (
          <section
            ref={scroller}
            className="min-h-0 flex-1 overflow-auto"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1).
            tabIndex={0}
            aria-label="Groups of findings"
          >
            <GroupTable
              lines={lines}
              grouping={grouping}
              current={current}
              picked={picked}
              density={preferences.density}
              columns={preferences.columns}
              narrow={openId !== null}
              now={now}
              scroller={scroller}
              pageOf={pageOf}
              onToggle={toggle}
              onOpen={keys.open}
              onCheck={keys.check}
              onNearEnd={() => groups.hasNextPage && !groups.isFetchingNextPage && void groups.fetchNextPage()}
            />
          </section>
        )}
        {selection === null ? null : (
          <SelectionBar
            selection={selection}
            matching={null}
            triage={triage}
            rights={rights}
            onPickAll={keys.pickAll}
            onClear={keys.clear}
          />
        )}
        <output className="vh">{`${formatCounted(rows.length, 'group')} loaded`}</output>
      </div>
      {openId === null ? null : (
        <FindingPanel
          key={openId}
          id={openId}
          row={opened.row}
          missing={opened.missing}
          position={0}
          matching={whole.matching}
          next={null}
          tab={keys.tab}
          now={now}
          rights={rights}
          triage={triage}
          onTab={keys.showTab}
          onMove={keys.move}
          onClose={keys.close}
        />
      )}
      {triage.dialog}
    </div>
  );
}

export function idOf(group: FindingGroupRow): string {
  return group.ecosystem === null ? group.key : `${group.ecosystem} ${group.key}`;
}

async function fetchGroups(address: string, cursor: string | null, signal: AbortSignal): Promise<FindingGroupPage> {
  const separator = address === '' ? '?' : '&';
  const more = cursor === null ? '' : `${separator}cursor=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`/api/finding-groups${address}${more}`, { signal });
  if (!answer.ok) throw new Error(`groups answered ${answer.status}`);
  return reviveGroupPage((await answer.json()) as Wire<FindingGroupPage>);
}
