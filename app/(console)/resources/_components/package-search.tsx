import Link from 'next/link';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';
import { EmptyState, PartialStrip } from '@/components/ui/block-state.tsx';
import type { PackageVersionView } from '@/lib/core/model/estate.ts';
import { holdersQuery } from '../resource-query.ts';

interface Props {
  readonly rows: readonly PackageVersionView[];
  readonly hasMore: boolean;
  /** Resources of the scope whose packages nobody has read, which may hold it as well; null where that is not known. */
  readonly unread: number | null;
  /** The scope, which links keep. */
  readonly kept: SearchValues;
}

/** Which versions are installed, and the way to the resources that hold each. */
export function PackageSearch({ rows, hasMore, unread, kept }: Props) {
  const unseen = unseenWords(unread);
  if (rows.length === 0) {
    return (
      <div className="max-w-[640px] px-(--gutter) pt-4">
        <EmptyState kind="no-match" title="No scanned resource holds such a package">
          {unseen ?? 'Names are found by any part of them; leave the version out to see all.'}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      {unseen === null && !hasMore ? null : (
        <div className="px-(--gutter) pt-3">
          <PartialStrip>
            {hasMore ? `The first ${formatCount(rows.length)} versions by name; type more of it to see others. ` : ''}
            {unseen}
          </PartialStrip>
        </div>
      )}
      <div className="mt-2.5 overflow-x-auto">
        <table className="rows-table" aria-label="Versions of packages">
          <thead>
            <tr>
              <th>Package</th>
              <th className="w-[30%]">Version</th>
              <th className="w-[140px] max-sm:hidden">Type</th>
              <th className="num w-[140px]">Resources</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.ecosystem} ${row.name} ${row.version}`}>
                <td title={row.name}>
                  <bdi className="font-medium">{row.name}</bdi>
                </td>
                <td title={row.version}>
                  <code>
                    <bdi>{row.version}</bdi>
                  </code>
                </td>
                <td className="text-fg-2 max-sm:hidden">{row.ecosystem}</td>
                <td className="num">
                  <Link
                    prefetch={false}
                    className="font-medium hover:underline"
                    href={addressWith('/resources', kept, { q: holdersQuery(row) })}
                    aria-label={`List ${formatCounted(row.resources, 'resource')} with ${row.name} ${row.version}`}
                  >
                    {formatCount(row.resources)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What may hold the package besides; null where everything was read. */
function unseenWords(unread: number | null): string | null {
  if (unread === null) return 'How many resources were never scanned is not known; they may hold it too.';
  return unread === 0
    ? null
    : `${formatCounted(unread, 'resource')} of this scope ${unread === 1 ? 'was' : 'were'} never scanned and may hold it too.`;
}
