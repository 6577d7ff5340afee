'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { type RefObject, useEffect, useRef } from 'react';
import { Due } from '@/components/findings/due.tsx';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import type { FindingGrouping, FindingGroupRow } from '@/lib/core/model/finding-groups.ts';
import type { Density, FindingColumn } from '@/lib/core/model/personal.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';
import { FindingCell } from './finding-cell.tsx';
import { ROW_PIXELS } from './findings-table.tsx';
import type { GroupLine } from './group-workbench.tsx';

const OVERSCAN = 14;

interface Props {
  readonly lines: readonly GroupLine[];
  readonly grouping: FindingGrouping;
  readonly current: number;
  readonly picked: ReadonlyMap<string, FindingRow>;
  readonly density: Density;
  readonly columns: readonly FindingColumn[];
  readonly narrow: boolean;
  readonly now: Date;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly pageOf: (group: FindingGroupRow) => string;
  readonly onToggle: (group: FindingGroupRow) => void;
  readonly onOpen: (index: number) => void;
  readonly onCheck: (row: FindingRow) => void;
  readonly onNearEnd: () => void;
}

const HEADS = { vulnerability: 'Vulnerability', resource: 'Resource', account: 'Account', package: 'Package' } as const;

/** Groups and the findings in those that are open, in rows of one height; only those in view are in the page. */
export function GroupTable(props: Props) {
  const { lines, grouping, scroller, current, density, narrow, onNearEnd } = props;
  const virtual = useVirtualizer({
    count: lines.length,
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
    if (lines.length > 0 && last >= lines.length * 0.6) nearEnd.current();
  }, [last, lines.length]);
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const showsAccounts = grouping !== 'account' && grouping !== 'resource';
  return (
    <table className="rows-table group-table" aria-rowcount={lines.length}>
      <thead className="sticky top-0 z-[1]">
        <tr>
          <th className="w-[52px]">
            <span className="vh">Open or select</span>
          </th>
          <th className="w-8">
            <span className="vh">Severity</span>
          </th>
          <th className="num w-[64px]">Score</th>
          <th>{HEADS[grouping]}</th>
          <th className="w-[132px] max-sm:hidden">By severity</th>
          <th className="num w-[84px]">Findings</th>
          {narrow || grouping === 'resource' ? null : <th className="num w-[92px] max-lg:hidden">Resources</th>}
          {narrow || !showsAccounts ? null : <th className="num w-[84px] max-lg:hidden">Accounts</th>}
          {narrow ? null : <th className="w-[84px] max-lg:hidden">Fix</th>}
          <th className="num w-[128px] max-sm:hidden">First due</th>
        </tr>
      </thead>
      <tbody>
        {before > 0 ? <tr style={{ height: before }} /> : null}
        {items.map((item) => {
          const line = lines[item.index];
          return line ? (
            <LineRow key={line.id} {...props} line={line} index={item.index} shows={showsAccounts} />
          ) : null;
        })}
        {after > 0 ? <tr style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
}

type LineProps = Props & { readonly line: GroupLine; readonly index: number; readonly shows: boolean };

function LineRow(props: LineProps) {
  const { line, index, current, picked, now, onOpen, onCheck } = props;
  const common = { 'aria-rowindex': index + 1, 'aria-current': index === current ? ('true' as const) : undefined };
  if (line.kind === 'group') return <GroupRow {...props} group={line.group} isOpen={line.isOpen} />;
  if (line.kind === 'rest') {
    return (
      <tr {...common}>
        <td colSpan={10} className="!pl-16 text-12 text-fg-3">
          {line.inner.isLoading ? (
            'Loading'
          ) : (
            <button type="button" className="hover:underline" onClick={line.inner.more}>
              {line.inner.failed ? 'These findings did not load; try again' : 'Show more'}
            </button>
          )}
        </td>
      </tr>
    );
  }
  const { row } = line;
  return (
    <tr
      {...common}
      aria-selected={picked.has(row.id)}
      data-finding={row.id}
      data-done={row.status === 'ACTIVE' ? undefined : ''}
      className="cursor-pointer"
      onClick={() => onOpen(index)}
    >
      <td>
        <input
          type="checkbox"
          className="checkbox hit"
          aria-label={`Select ${row.vulnerabilityId} on ${row.resourceName}`}
          checked={picked.has(row.id)}
          onChange={() => onCheck(row)}
          onClick={(event) => event.stopPropagation()}
        />
      </td>
      <td className="!pr-0">
        <SeverityGlyph severity={row.severity} />
      </td>
      <td className="num font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</td>
      <td className="!pl-6">
        <FindingCell row={row} />
      </td>
      <td colSpan={props.narrow ? 2 : 5} title={row.resourceName}>
        <span className="flex min-w-0 items-center gap-2">
          <bdi className="truncate">{row.resourceName}</bdi>
          <bdi className="truncate text-fg-3">{row.accountName}</bdi>
        </span>
      </td>
      <td className="num max-sm:hidden">
        <Due dueAt={row.status === 'ACTIVE' ? row.dueAt : null} now={now} />
      </td>
    </tr>
  );
}

const FIX_WORDS = { yes: 'Yes', partial: 'Some', no: 'None' } as const;

function GroupRow(props: LineProps & { readonly group: FindingGroupRow; readonly isOpen: boolean }) {
  const { group, isOpen, index, current, grouping, narrow, now, shows, pageOf, onToggle } = props;
  const count = (n: number | null) =>
    n === null ? <span title="Only counting all would tell">–</span> : formatCount(n);
  return (
    <tr aria-rowindex={index + 1} aria-current={index === current ? 'true' : undefined}>
      <td>
        <button
          type="button"
          className="group-toggle hit"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Close' : 'Open'} ${group.label}`}
          onClick={() => onToggle(group)}
        >
          <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
        </button>
      </td>
      <td className="!pr-0">
        <SeverityGlyph severity={group.worst} />
      </td>
      <td className="num font-medium">{group.score === null ? '–' : group.score.toFixed(1)}</td>
      <td>
        <span className="flex min-w-0 items-center gap-2" title={`${group.label} ${group.key}`}>
          <Link prefetch={false} href={pageOf(group)} className="flex-none truncate font-medium hover:underline">
            <bdi>{grouping === 'vulnerability' ? group.key : group.label}</bdi>
          </Link>
          <bdi className="truncate text-fg-3">{subtitleOf(grouping, group)}</bdi>
          <ExploitChips kev={group.kev} epss={null} />
        </span>
      </td>
      <td className="max-sm:hidden">
        <SeverityBar counts={group.counts} width={116} />
      </td>
      <td className="num">
        {formatCount(group.total)}
        {group.exact ? '' : '+'}
      </td>
      {narrow || grouping === 'resource' ? null : <td className="num max-lg:hidden">{count(group.resources)}</td>}
      {narrow || !shows ? null : <td className="num max-lg:hidden">{count(group.accounts)}</td>}
      {narrow ? null : (
        <td className={`max-lg:hidden ${group.fixAvailable === 'no' ? 'text-fg-3' : ''}`}>
          {FIX_WORDS[group.fixAvailable]}
        </td>
      )}
      <td className="num max-sm:hidden">
        {group.due.known ? (
          <Due dueAt={group.due.at} now={now} />
        ) : (
          <span className="due text-fg-3" title="Open the group to see">
            –
          </span>
        )}
      </td>
    </tr>
  );
}

function subtitleOf(grouping: FindingGrouping, group: FindingGroupRow): string {
  switch (grouping) {
    case 'vulnerability':
      return group.label === group.key ? '' : group.label;
    case 'account':
      return group.key === group.label ? '' : group.key;
    case 'package':
      return group.ecosystem ?? '';
    case 'resource':
      return '';
  }
}
