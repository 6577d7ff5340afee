import { HopList } from '@/components/exposure/hop-list.tsx';
import { fromWord, sourcesWord } from '@/components/exposure/path-facts.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { portsWord } from '@/lib/core/model/network.ts';
import type { FindingDetail, FindingRow } from '@/lib/core/model/views.ts';
import { OpenPaths } from './open-paths.tsx';

const REACHED = {
  internet: 'Something in the internet can reach this resource. Which way it takes is not worked out yet.',
  peer: 'Only other networks of yours can reach this resource. Which way they take is not worked out yet.',
  isolated: 'Nothing outside can reach this resource.',
} as const;

interface Props {
  readonly row: FindingRow;
  /** Null while it is on its way. */
  readonly detail: FindingDetail | null;
}

/** The way to the resource over the network: hop by hop for an exposure, the open ports for everything else. */
export function FindingPath({ row, detail }: Props) {
  const { network = null, paths = [] } = detail ?? {};
  return (
    <div className="pt-3">
      {network === null ? null : (
        <>
          <p className="mb-2 text-fg-2">
            From {fromWord(network)} to {portsWord(network)}: {sourcesWord(network)} may call.
          </p>
          <HopList hops={network.hops} />
        </>
      )}
      {paths.length > 0 ? (
        <>
          <h3 className="mt-3 mb-1 font-semibold">
            {network === null ? 'Open ports of this resource' : 'Other open ports'}
          </h3>
          <OpenPaths paths={paths} />
        </>
      ) : null}
      {network === null && paths.length === 0 ? <NoPath row={row} /> : null}
    </div>
  );
}

function NoPath({ row }: { readonly row: FindingRow }) {
  return row.reach === null ? (
    <EmptyState kind="unknown" title="Nobody has looked at the network paths yet">
      That no path is shown does not mean that there is none. The score says so too: reachability is not assessed.
    </EmptyState>
  ) : (
    <EmptyState kind={row.reach === 'isolated' ? 'clean' : 'unknown'} title="Reach">
      {REACHED[row.reach]}
    </EmptyState>
  );
}
