import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { sumOf } from '@/components/findings/severity-words.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { formatAge } from '@/components/format/format-time.ts';
import { KIND_WORDS } from '@/components/resources/resource-icon.tsx';
import { ResourceName } from '@/components/resources/resource-name.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { coverageState } from '@/lib/core/coverage/coverage-state.ts';
import type { ResourceRow } from '@/lib/core/model/views.ts';
import { CoverageMark } from './coverage-mark.tsx';
import { FindingCount } from './finding-count.tsx';

interface Props {
  readonly rows: readonly ResourceRow[];
  readonly now: Date;
}

/** Resources by name, with what is open in them and how far that can be trusted. */
export function ResourceTable({ rows, now }: Props) {
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>Resource</th>
          <th className="w-[128px] max-lg:hidden">Kind</th>
          <th className="w-[15%] max-md:hidden">Account</th>
          <th className="w-[112px] max-lg:hidden">Region</th>
          <th className="w-[64px] max-md:hidden">Age</th>
          <th className="w-[160px] max-sm:w-[96px]">Open findings</th>
          <th className="w-[132px] max-sm:hidden">Coverage</th>
          <th className="w-[120px] max-md:hidden">Last scan</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td title={row.id}>
              <ResourceName row={row}>
                {row.environment ? <span className="text-12 text-fg-3 max-md:hidden">{row.environment}</span> : null}
              </ResourceName>
            </td>
            <td className="text-fg-2 max-lg:hidden">{KIND_WORDS[row.kind]}</td>
            <td className="text-fg-2 max-md:hidden" title={row.accountId}>
              <bdi>{row.accountName}</bdi>
            </td>
            <td className="text-fg-2 max-lg:hidden">{row.region}</td>
            <td className="text-fg-2 max-md:hidden">{formatAge(now.getTime() - row.firstSeenAt.getTime())}</td>
            <td>
              <OpenFindings row={row} />
            </td>
            <td className="max-sm:hidden" title={row.lastScan?.reason ?? undefined}>
              <CoverageMark state={coverageState(row.lastScan, now)} />
            </td>
            <td className="text-fg-2 max-md:hidden">
              {row.lastScan === null ? '–' : <Timestamp time={row.lastScan.endedAt} now={now} />}
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
      <span className="max-sm:hidden">
        <SeverityBar counts={row.counts} width={84} />
      </span>
      <span>{formatCount(total)}</span>
    </span>
  );
}
