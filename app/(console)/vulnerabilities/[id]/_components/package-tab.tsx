import Link from 'next/link';
import { formatCount } from '@/components/format/format-count.ts';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import type { AffectedPackageVersion } from '@/lib/core/model/vulnerability-view.ts';
import { quoted } from '../../../findings/_components/rule-query.ts';

interface Props {
  readonly packages: readonly AffectedPackageVersion[];
  readonly query: string;
  readonly kept: SearchValues;
}

/** Every affected version that is installed somewhere, the most widespread first. */
export function PackageTab({ packages, query, kept }: Props) {
  if (packages.length === 0) {
    return (
      <div className="max-w-[640px] pt-4">
        <EmptyState kind="no-match" title="No affected package is open">
          Nothing that the reader may see has an open finding of it.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="overflow-x-auto pt-3">
      <table className="table min-w-[520px]">
        <thead>
          <tr>
            <th>Package</th>
            <th>Installed</th>
            <th>Fixed in</th>
            <th className="num">Resources</th>
          </tr>
        </thead>
        <tbody>
          {packages.map((item) => (
            <tr key={`${item.ecosystem} ${item.name} ${item.version} ${item.fixedVersion}`}>
              <td>
                <bdi className="font-medium">{item.name}</bdi> <span className="text-fg-3">{item.ecosystem}</span>
              </td>
              <td>
                <code>{item.version}</code>
              </td>
              <td>
                {item.fixedVersion === null ? (
                  <span className="text-fg-3">no fixed version yet</span>
                ) : (
                  <code>{item.fixedVersion}</code>
                )}
              </td>
              <td className="num">
                <Link
                  prefetch={false}
                  className="hover:underline"
                  href={addressWith('/findings', kept, {
                    q: `${query} package:${quoted(item.name)} version:${quoted(item.version)}`,
                  })}
                >
                  {formatCount(item.open)}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
