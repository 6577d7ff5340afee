import { formatCount } from '@/components/format/format-count.ts';
import type { ConnectionsView } from '@/lib/operations/cloud/list-connections.ts';

const SHOWN = 8;

/** Regions that hold something, the fullest first. */
export function RegionCounts({ regions }: { readonly regions: ConnectionsView['regions'] }) {
  if (regions.length === 0) return null;
  const full = regions.filter(({ resources }) => resources > 0);
  const more = full.length - SHOWN;
  return (
    <section>
      <h2>
        Regions{' '}
        <span>
          {formatCount(full.length)} of {formatCount(regions.length)} hold resources
        </span>
      </h2>
      <ul>
        {full.slice(0, SHOWN).map(({ region, resources }) => (
          <li key={region} className="flex h-[25px] items-center justify-between gap-2">
            <code>{region}</code>
            <span className="num text-fg-2">{formatCount(resources)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="text-12 text-fg-3">and {formatCount(more)} more</p> : null}
    </section>
  );
}
