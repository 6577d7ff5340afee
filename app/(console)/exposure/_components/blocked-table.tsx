import Link from 'next/link';
import { formatCounted } from '@/components/format/format-count.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import type { ExposedPort } from '@/lib/core/model/exposure-view.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import type { BlockedExposure } from '@/lib/operations/network/get-blocked-paths.ts';

/** Instances that one thing alone keeps from the internet at a port, and what that is. */
export function BlockedTable({
  blocked,
  port,
}: {
  readonly blocked: readonly BlockedExposure[];
  readonly port: ExposedPort;
}) {
  if (blocked.length === 0) return null;
  return (
    <section className="pt-5">
      <h2 className="font-semibold text-16">
        One change away from {portsWord(port)}{' '}
        <span className="font-normal text-12 text-fg-3">
          {formatCounted(blocked.length, 'instance')} of the same networks that one thing alone keeps shut
        </span>
      </h2>
      <div className="overflow-x-auto pt-2">
        <table className="table rows-table sm:min-w-[680px]">
          <colgroup>
            <col className="w-[28%] max-sm:w-[44%]" />
            <col />
            <col className="w-[32%] max-sm:hidden" />
          </colgroup>
          <thead>
            <tr>
              <th>Instance</th>
              <th>Kept shut, because</th>
              <th className="max-sm:hidden">What would open it</th>
            </tr>
          </thead>
          <tbody>
            {blocked.map(({ interfaceId, resourceId, resourceName, blocker }) => (
              <tr key={interfaceId}>
                <td>
                  <Link
                    prefetch={false}
                    href={`/resources/${encodeURIComponent(resourceId)}`}
                    className="flex min-w-0 items-center gap-2 font-medium hover:underline"
                  >
                    <ResourceIcon kind="ec2" />
                    <bdi className="truncate">{resourceName}</bdi>
                  </Link>
                </td>
                <td title={blocker.id}>{blocker.because}</td>
                <td className="text-fg-2 max-sm:hidden">{blocker.change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
