import Link from 'next/link';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { formatDay } from '@/components/format/format-time.ts';
import type { ExposedPort, ExposureView } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import { type ExposureSearch, exposureAddress } from '../search-params.ts';

interface Props {
  readonly view: ExposureView & { readonly port: string | null };
  readonly search: ExposureSearch;
  readonly now: Date;
}

/** Open ports, those on most instances first, with the worst finding behind each. */
export function PortTable({ view, search }: Props) {
  return (
    <div className="overflow-x-auto pt-2">
      <table className="table rows-table sm:min-w-[680px]">
        <caption className="vh">Open ports</caption>
        <colgroup>
          <col className="w-[152px]" />
          <col />
          <col className="w-[84px]" />
          <col className="w-[82px] max-sm:hidden" />
          <col className="w-[30%] max-sm:hidden" />
          <col className="w-[66px] max-sm:hidden" />
          <col className="w-[88px] max-sm:hidden" />
        </colgroup>
        <thead>
          <tr>
            <th>Port</th>
            <th>Service</th>
            <th className="num">Instances</th>
            <th className="num max-sm:hidden">Accounts</th>
            <th className="max-sm:hidden">Worst finding behind it</th>
            <th className="num max-sm:hidden">With it</th>
            <th className="num max-sm:hidden">First open</th>
          </tr>
        </thead>
        <tbody>
          {view.ports.map((port) => (
            <tr key={port.id} aria-current={port.id === view.port ? 'true' : undefined}>
              <td className="font-medium">
                <Link
                  prefetch={false}
                  scroll={false}
                  href={exposureAddress(search.kept, { from: search.from, port: port.id })}
                  className="flex items-center gap-2 hover:underline"
                >
                  <SeverityGlyph severity={port.severity} />
                  {portsWord(port)}
                </Link>
              </td>
              <td>{port.services.join(', ') || <span className="text-fg-3">no known service</span>}</td>
              <td className="num">{formatCount(port.instances)}</td>
              <td className="num max-sm:hidden">{formatCount(port.accounts)}</td>
              <td className="max-sm:hidden">
                {port.worst === null ? <span className="text-fg-3">none known</span> : <Worst worst={port.worst} />}
              </td>
              <td className="num max-sm:hidden">{port.worst === null ? '–' : formatCount(port.worst.instances)}</td>
              <td className="num max-sm:hidden">{formatDay(port.since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Worst({ worst }: { readonly worst: NonNullable<ExposedPort['worst']> }) {
  return (
    <span className="flex items-center gap-2">
      <SeverityGlyph severity={worst.severity} />
      <span className="w-7 font-medium">{worst.score === null ? '–' : worst.score.toFixed(1)}</span>
      <Link
        prefetch={false}
        href={`/vulnerabilities/${encodeURIComponent(worst.vulnerabilityId)}`}
        className="hover:underline"
      >
        {worst.vulnerabilityId}
      </Link>
    </span>
  );
}
