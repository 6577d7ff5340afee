'use client';

import Link from 'next/link';
import { Due } from '@/components/findings/due.tsx';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { subjectWord } from '@/components/findings/subject-word.ts';
import { Button } from '@/components/ui/button.tsx';
import type { FindingRow } from '@/lib/core/model/views.ts';

interface Props {
  readonly rows: readonly FindingRow[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly now: Date;
  readonly onMore: () => void;
}

/** The list on a small screen: two lines a finding, and a button in place of endless scrolling. */
export function FindingCards({ rows, hasMore, isLoadingMore, now, onMore }: Props) {
  return (
    <div className="pb-4">
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="border-line border-b">
            <Link prefetch={false} href={`/findings/${row.id}`} className="block px-(--gutter) py-2.5">
              <span className="flex items-center gap-2">
                <SeverityGlyph severity={row.severity} />
                <span className="font-medium">{row.score === null ? '–' : row.score.toFixed(1)}</span>
                <span className="min-w-0 truncate font-medium">{row.vulnerabilityId}</span>
                <span className="ml-auto flex-none">
                  <Due dueAt={row.status === 'ACTIVE' ? row.dueAt : null} now={now} />
                </span>
              </span>
              <span className="mt-0.5 flex items-center gap-2 text-12 text-fg-3">
                <span className="min-w-0 truncate">
                  <bdi>{subjectWord(row)}</bdi>, <bdi>{row.resourceName}</bdi>
                </span>
                <span className="ml-auto flex flex-none gap-1">
                  <ExploitChips kev={row.kev} epss={null} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {hasMore ? (
        <div className="px-(--gutter) pt-3">
          <Button onClick={onMore} disabled={isLoadingMore}>
            {isLoadingMore ? 'Loading' : 'Show more'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
