'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { KIND_WORDS, ResourceIcon } from '@/components/resources/resource-icon.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { reasonOf } from '@/lib/core/coverage/reason-codes.ts';
import type { LedgerRow } from '@/lib/core/model/coverage-view.ts';
import { placeName } from '../grid-rows.ts';
import { LedgerMark } from './ledger-mark.tsx';
import { LedgerSelectionBar } from './ledger-selection-bar.tsx';
import { useRowSelection } from './use-row-selection.ts';

interface Props {
  readonly rows: readonly LedgerRow[];
  /** Who may not scan selects nothing: there is nothing to do with it. */
  readonly mayScan: boolean;
  readonly now: Date;
}

/** Resources by name, each with how it stands and why; some of them may be selected. */
export function LedgerTable({ rows, mayScan, now }: Props) {
  const { current, selected, toggle, clear } = useRowSelection(rows.map(({ id }) => id));
  const body = useRef<HTMLTableSectionElement>(null);

  useEffect(() => {
    body.current?.rows[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <>
      <div className="mt-1 min-h-0 flex-none overflow-x-auto">
        <table className="rows-table">
          <thead>
            <tr>
              {mayScan ? (
                <th className="w-[52px]">
                  <span className="vh">Select</span>
                </th>
              ) : null}
              <th>Resource</th>
              <th className="w-[15%] max-md:hidden">Account</th>
              <th className="w-[112px] max-lg:hidden">Region</th>
              <th className="w-[132px]">State</th>
              <th className="w-[34%] max-sm:hidden">Why</th>
              <th className="w-[124px] max-md:hidden">Last good scan</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row, index) => (
              <tr
                key={row.id}
                aria-current={index === current ? 'true' : undefined}
                aria-selected={mayScan && selected.has(row.id)}
              >
                {mayScan ? (
                  <td>
                    <input
                      type="checkbox"
                      className="checkbox hit"
                      aria-label={`Select ${row.name}`}
                      checked={selected.has(row.id)}
                      onChange={() => toggle(row.id)}
                    />
                  </td>
                ) : null}
                <td className="max-sm:py-1.5" title={`${KIND_WORDS[row.kind]} ${row.id}`}>
                  <span className="flex min-w-0 items-center gap-2">
                    <ResourceIcon kind={row.kind} />
                    <span className="vh">{KIND_WORDS[row.kind]} </span>
                    <Link
                      prefetch={false}
                      href={`/resources/${encodeURIComponent(row.id)}`}
                      className="truncate font-medium hover:underline"
                    >
                      <bdi>{row.name}</bdi>
                    </Link>
                  </span>
                  <span className="block truncate text-12 text-fg-3 sm:hidden">{reasonOf(row.reason).title}</span>
                </td>
                <td className="text-fg-2 max-md:hidden" title={row.accountId}>
                  <bdi>{row.accountName}</bdi>
                </td>
                <td className="text-fg-2 max-lg:hidden">{placeName(row.region)}</td>
                <td>
                  <LedgerMark state={row.state} />
                </td>
                <td className="max-sm:hidden" title={whyOf(row)}>
                  {reasonOf(row.reason).title}
                  {row.detail ? (
                    <span className="ml-2 text-12 text-fg-3">
                      <bdi>{row.detail}</bdi>
                    </span>
                  ) : null}
                </td>
                <td className="text-fg-2 max-md:hidden">
                  {row.goodAt === null ? 'Never' : <Timestamp time={row.goodAt} now={now} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayScan && selected.size > 0 ? <LedgerSelectionBar ids={[...selected]} onClear={clear} /> : null}
    </>
  );
}

function whyOf({ reason, detail }: LedgerRow): string {
  const { title, act } = reasonOf(reason);
  return [`${title}.`, detail, act].filter(Boolean).join(' ');
}
