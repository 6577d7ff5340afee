import Link from 'next/link';
import { balancerWord, sourcesWord } from '@/components/exposure/path-facts.ts';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDay } from '@/components/format/format-time.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import type { ExposedPath, ExposedPort } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import { type ExposureSearch, exposureAddress } from '../search-params.ts';
import { DecisionMark } from './decision-mark.tsx';

interface Props {
  readonly port: ExposedPort;
  readonly paths: readonly ExposedPath[];
  readonly search: ExposureSearch;
  readonly now: Date;
}

/** Instances that have one port open, with who may call and by which gateway. */
export function PathTable({ port, paths, search, now }: Props) {
  const { kept, from } = search;
  return (
    <section className="pt-5" id="paths">
      <h2 className="font-semibold text-16">
        Paths to {portsWord(port)} <span className="font-normal text-12 text-fg-3">{shown(port, paths)}</span>
      </h2>
      <div className="overflow-x-auto pt-2">
        <table className="table rows-table sm:min-w-[680px]">
          <colgroup>
            <col className="w-[28%] max-sm:w-[60%]" />
            <col />
            <col className="w-[20%] max-sm:hidden" />
            <col className="w-[22%] max-sm:hidden" />
            <col className="w-[78px] max-sm:hidden" />
          </colgroup>
          <thead>
            <tr>
              <th>Target</th>
              <th>Account</th>
              <th className="max-sm:hidden">By</th>
              <th className="max-sm:hidden">Who may call</th>
              <th className="num max-sm:hidden">Since</th>
            </tr>
          </thead>
          <tbody>
            {paths.map((path) => (
              <tr key={path.id} aria-current={path.id === search.path ? 'true' : undefined}>
                <td>
                  <Link
                    prefetch={false}
                    scroll={false}
                    href={exposureAddress(kept, { from, port: port.id, path: path.id })}
                    className="flex min-w-0 items-center gap-2 font-medium hover:underline"
                  >
                    <SeverityGlyph severity={path.severity} />
                    <ResourceIcon kind="ec2" />
                    <bdi className="truncate">{path.resourceName}</bdi>
                  </Link>
                  <DecisionMark path={path} now={now} />
                </td>
                <td>
                  <bdi>{path.accountName}</bdi> <span className="text-fg-3">{path.region}</span>
                </td>
                <td title={path.network.via} className="max-sm:hidden">
                  <code className="text-fg-3">{balancerWord(path.network) ?? path.network.via}</code>
                </td>
                <td className="text-fg-2 max-sm:hidden" title={sourcesWord(path.network)}>
                  {sourcesWord(path.network)}
                </td>
                <td className="num max-sm:hidden">{formatDay(path.openedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function shown({ instances }: ExposedPort, paths: readonly ExposedPath[]): string {
  const known = new Set(paths.map(({ resourceId }) => resourceId)).size;
  return known < instances
    ? `the gravest ${formatCount(paths.length)}, to ${formatCounted(known, 'instance')} of ${formatCount(instances)}`
    : `${formatCounted(paths.length, 'path')} to ${formatCounted(instances, 'instance')}`;
}
