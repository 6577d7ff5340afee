import Link from 'next/link';
import { subjectWord } from '@/components/findings/subject-word.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';

/** Id and package of a finding. A click opens the panel; with a modifier, and for assistive technology, it is a link. */
export function FindingCell({ row }: { readonly row: FindingRow }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2" title={row.title}>
      <Link
        href={`/findings/${row.id}`}
        prefetch={false}
        className="flex-none font-medium"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
        }}
      >
        {row.vulnerabilityId}
      </Link>
      <bdi className="truncate text-fg-3">
        <bdi>{subjectWord(row)}</bdi>
        {row.packages > 1 ? `, ${row.packages - 1} more` : ''}
      </bdi>
    </span>
  );
}
