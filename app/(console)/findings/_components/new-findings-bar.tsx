'use client';

import { useRouter } from 'next/navigation';
import { formatCount } from '@/components/format/format-count.ts';
import { useCounts } from './use-counts.ts';

const ASK_MS = 30_000;

interface Props {
  readonly query: string;
  /** When the list was read. */
  readonly since: Date;
}

/** What came since the list was read, told in a bar: rows never shift under the reader. */
export function NewFindingsBar({ query, since }: Props) {
  const router = useRouter();
  const [count] = useCounts([`${query} first:>${since.toISOString()}`], ASK_MS) ?? [];
  if (!count || count.count === 0) return null;
  return (
    <div className="px-(--gutter) pb-2">
      <button type="button" className="state-strip w-full text-left" onClick={() => router.refresh()}>
        <span className="font-medium">
          {formatCount(count.count)}
          {count.exact ? '' : '+'} new
        </span>
        <span className="text-fg-2">Show them</span>
      </button>
    </div>
  );
}
