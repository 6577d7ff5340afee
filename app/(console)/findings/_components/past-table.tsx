'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { teamStatusWord } from '@/components/findings/status-words.ts';
import { subjectWord } from '@/components/findings/subject-word.ts';
import { useAddress } from '@/components/layout/use-address.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { PastFinding } from '@/lib/core/model/history.ts';

interface Props {
  readonly rows: readonly PastFinding[];
  /** Index of the row under the keys; -1 for none. */
  readonly current: number;
  readonly now: Date;
}

export function PastTable({ rows, current, now }: Props) {
  const { scoped } = useAddress();
  const currentRow = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (current >= 0) currentRow.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th scope="col" className="w-9 !pr-0">
            <span className="vh">Severity</span>
          </th>
          <th scope="col" className="num w-14">
            Score
          </th>
          <th scope="col">Finding</th>
          <th scope="col" className="w-[24%] max-sm:hidden">
            Resource
          </th>
          <th scope="col" className="w-[14%] max-md:hidden">
            Account
          </th>
          <th scope="col" className="w-28">
            Status
          </th>
          <th scope="col" className="w-36 max-md:hidden">
            First seen
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr
            key={row.id}
            ref={index === current ? currentRow : undefined}
            aria-current={index === current ? 'true' : undefined}
            data-done={row.status === 'ACTIVE' ? undefined : ''}
          >
            <td className="!pr-0">
              <SeverityGlyph severity={row.severity} />
            </td>
            <td className="num font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</td>
            <td>
              <span className="flex min-w-0 items-baseline gap-2" title={row.title}>
                <Link
                  href={scoped(`/findings/${row.id}`)}
                  prefetch={false}
                  className="flex-none font-medium hover:underline"
                >
                  {row.vulnerabilityId}
                </Link>
                <bdi className="truncate text-fg-3">{subjectWord(row)}</bdi>
              </span>
            </td>
            <td className="max-sm:hidden">
              <span className="flex min-w-0 items-center gap-1.5" title={row.resourceName}>
                <ResourceIcon kind={row.resourceKind} />
                <bdi className="truncate">{row.resourceName}</bdi>
              </span>
            </td>
            <td className="max-md:hidden">
              <bdi className="text-fg-2" title={row.accountId}>
                {row.accountName}
              </bdi>
            </td>
            <td>{teamStatusWord(row)}</td>
            <td className="max-md:hidden">
              <Timestamp time={row.firstSeenAt} now={now} as="moment" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
