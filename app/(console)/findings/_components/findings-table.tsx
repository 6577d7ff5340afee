'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Due } from '@/components/findings/due.tsx';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { addressWith } from '@/components/layout/search-params.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import type { FindingRow, FindingSort } from '@/lib/core/model/views.ts';
import { formatSort } from '../search-params.ts';

const ROW_PIXELS = 36;
const OVERSCAN = 12;

interface Props {
  readonly rows: readonly FindingRow[];
  readonly current: number;
  readonly checked: ReadonlySet<string>;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly now: Date;
  /** With the panel beside it the list keeps the columns that tell rows apart. */
  readonly narrow: boolean;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onOpen: (index: number) => void;
  readonly onCheck: (id: string) => void;
  readonly onCheckAll: () => void;
  readonly onNearEnd: () => void;
}

/** Rows of one height, of which only those in view are in the page. */
export function FindingsTable(props: Props) {
  const { rows, scroller, current, checked, onNearEnd } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
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
      <thead className="sticky top-0 z-[1]">
        <tr>
          <th className={props.narrow ? 'w-[46px]' : 'w-[52px]'}>
            <input
              type="checkbox"
              className="checkbox hit"
              aria-label="Select all loaded rows"
              checked={rows.length > 0 && checked.size === rows.length}
              ref={(box) => {
                if (box) box.indeterminate = checked.size > 0 && checked.size < rows.length;
              }}
              onChange={props.onCheckAll}
            />
          </th>
          <SortHead {...props} name="severity" className="w-8">
            <span className="vh">Severity</span>
          </SortHead>
          <SortHead {...props} name="score" className={`num ${props.narrow ? 'w-[56px]' : 'w-[64px]'}`}>
            Score
          </SortHead>
          <th>Finding</th>
          <th className={props.narrow ? 'w-[54px]' : 'w-[124px] max-lg:hidden'}>Exploit</th>
          <th className={props.narrow ? 'w-[25%]' : 'w-[24%]'}>Resource</th>
          {props.narrow ? null : <th className="w-[14%] max-lg:hidden">Account</th>}
          <SortHead {...props} name="due" className="num w-[118px]">
            Due
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {before > 0 ? <tr style={{ height: before }} /> : null}
        {items.map((item) => {
          const row = rows[item.index];
          return row ? <Row key={row.id} {...props} row={row} index={item.index} /> : null;
        })}
        {after > 0 ? <tr style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
}

function Row({
  row,
  index,
  current,
  checked,
  now,
  narrow,
  onOpen,
  onCheck,
}: Props & { row: FindingRow; index: number }) {
  return (
    // The keyboard has J, K and Enter for what a click does; the link inside is the way for assistive technology.
    <tr
      aria-current={index === current ? 'true' : undefined}
      aria-selected={checked.has(row.id)}
      aria-rowindex={index + 1}
      className="cursor-pointer"
      onClick={() => onOpen(index)}
    >
      <td>
        <input
          type="checkbox"
          className="checkbox hit"
          aria-label={`Select ${row.vulnerabilityId} on ${row.resourceName}`}
          checked={checked.has(row.id)}
          onChange={() => onCheck(row.id)}
          onClick={(event) => event.stopPropagation()}
        />
      </td>
      <td className="!pr-0">
        <SeverityGlyph severity={row.severity} />
      </td>
      <td className="num font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</td>
      <td title={row.title}>
        <Link
          href={`/findings/${row.id}`}
          prefetch={false}
          className="font-medium"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
          }}
        >
          {row.vulnerabilityId}
        </Link>{' '}
        <span className="ml-1 text-fg-3">
          {row.packageName} {row.packageVersion}
          {row.packages > 1 ? `, ${row.packages - 1} more` : ''}
        </span>
      </td>
      <td className={narrow ? undefined : 'max-lg:hidden'}>
        <span className="flex gap-1">
          <ExploitChips kev={row.kev} epss={narrow ? null : row.epss} />
        </span>
      </td>
      <td title={row.resourceName}>
        <span className="flex min-w-0 items-center gap-1.5">
          <ResourceIcon kind={row.resourceKind} />
          <span className="truncate">{row.resourceName}</span>
        </span>
      </td>
      {narrow ? null : <td className="text-fg-2 max-lg:hidden">{row.accountName}</td>}
      <td className="num">
        <Due dueAt={row.status === 'ACTIVE' ? row.dueAt : null} now={now} />
      </td>
    </tr>
  );
}

interface SortHeadProps {
  readonly name: FindingSort;
  readonly sort: FindingSort;
  readonly descending: boolean;
  readonly className: string;
  readonly children: ReactNode;
}

function SortHead({ name, sort, descending, className, children }: SortHeadProps) {
  const { values } = useAddress();
  const isSorted = sort === name;
  // The first click on a column gives its useful end: the highest score, the earliest due date.
  const next = isSorted ? !descending : name !== 'due';
  const href = addressWith('/findings', values, { sort: formatSort(name, next), sel: null, tab: null });
  const direction = descending ? 'descending' : 'ascending';
  return (
    <th className={className} aria-sort={isSorted ? direction : undefined}>
      <Link prefetch={false} href={href} className={`inline-flex items-center gap-0.5 ${isSorted ? 'text-fg' : ''}`}>
        {children}
        {isSorted ? <SortMark descending={descending} /> : null}
      </Link>
    </th>
  );
}

function SortMark({ descending }: { readonly descending: boolean }) {
  const Icon = descending ? ArrowDown : ArrowUp;
  return <Icon size={11} strokeWidth={1.6} aria-hidden="true" />;
}
