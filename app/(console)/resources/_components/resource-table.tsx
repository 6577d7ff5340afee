import Link from 'next/link';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { sumOf } from '@/components/findings/severity-words.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { formatAge } from '@/components/format/format-time.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import type { ResourceRow } from '@/lib/core/model/views.ts';
import { FindingCount } from './finding-count.tsx';

interface Props {
  readonly rows: readonly ResourceRow[];
  readonly now: Date;
}

export function ResourceTable({ rows, now }: Props) {
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>Resource</th>
          <th className="w-[18%] max-md:hidden">Account</th>
          <th className="w-[110px] max-lg:hidden">Region</th>
          <th className="w-[90px] max-md:hidden">Env</th>
          <th className="num w-[90px] max-sm:hidden">Packages</th>
          <th className="w-[170px]">Open findings</th>
          <th className="w-[150px] max-sm:hidden">Last scan</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td title={row.id}>
              <span className="flex min-w-0 items-center gap-2">
                <ResourceIcon kind={row.kind} />
                <Link
                  prefetch={false}
                  href={`/resources/${encodeURIComponent(row.id)}`}
                  className="truncate font-medium hover:underline"
                >
                  {row.name}
                </Link>
              </span>
            </td>
            <td className="text-fg-2 max-md:hidden">{row.accountName}</td>
            <td className="text-fg-2 max-lg:hidden">{row.region}</td>
            <td className="text-fg-2 max-md:hidden">{row.environment ?? '–'}</td>
            <td className="num max-sm:hidden">{row.packages === null ? '–' : formatCount(row.packages)}</td>
            <td>
              <OpenFindings row={row} />
            </td>
            <td className="max-sm:hidden" title={row.lastScan?.reason ?? undefined}>
              <LastScan row={row} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A zero is a number only after a complete scan with advisories for everything; before that it is not known. */
function OpenFindings({ row }: { readonly row: ResourceRow }) {
  const total = sumOf(row.counts);
  if (total === 0) {
    return <FindingCount count={0} proven={row.lastScan?.outcome === 'complete' && !row.unmatched} />;
  }
  return (
    <span className="flex items-center gap-2">
      <SeverityBar counts={row.counts} width={84} />
      <span>{formatCount(total)}</span>
    </span>
  );
}

function LastScan({ row, now }: { readonly row: ResourceRow; readonly now: Date }) {
  const scan = row.lastScan;
  if (scan === null) return <span className="text-warn">never</span>;
  const age = `${formatAge(now.getTime() - scan.endedAt.getTime())} ago`;
  return scan.outcome === 'complete' ? (
    <span>{age}</span>
  ) : (
    <span className="text-warn">{`${scan.outcome}, ${age}`}</span>
  );
}
