'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { ResourceName } from '@/components/resources/resource-name.tsx';
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
  /** What scrolls with the rows, above and below them; the bar of the selection stays below all of it. */
  readonly before: ReactNode;
  readonly after: ReactNode;
}

/** Resources by name, each with how it stands and why; some of them may be selected. */
export function LedgerTable({ rows, mayScan, now, before, after }: Props) {
  const { current, selected, toggle, clear } = useRowSelection(rows.map(({ id }) => id));
  const body = useRef<HTMLTableSectionElement>(null);

  useEffect(() => {
    body.current?.rows[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1). */}
      <section className="min-h-0 flex-1 overflow-auto" tabIndex={0} aria-label="Resources">
        {before}
        <table className="rows-table mt-1">
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
                  <ResourceName row={row} saysKind />
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
        {after}
      </section>
      {mayScan && selected.size > 0 ? <LedgerSelectionBar ids={[...selected]} onClear={clear} /> : null}
    </>
  );
}

function whyOf({ reason, detail }: LedgerRow): string {
  const { title, act } = reasonOf(reason);
  return [`${title}.`, detail, act].filter(Boolean).join(' ');
}
