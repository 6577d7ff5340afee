import { EmptyState } from '@/components/ui/block-state.tsx';
import type { FindingRow } from '@/lib/core/model/views.ts';

const REACHED = {
  internet: 'Something in the internet can reach this resource. Which way it takes is not worked out yet.',
  peer: 'Only other networks of yours can reach this resource. Which way they take is not worked out yet.',
  isolated: 'Nothing outside can reach this resource.',
} as const;

/** The way to the resource over the network. */
export function FindingPath({ row }: { readonly row: FindingRow }) {
  return (
    <div className="pt-3">
      {row.reach === null ? (
        <EmptyState kind="unknown" title="Nobody has looked at the network paths yet">
          That no path is shown does not mean that there is none. The score says so too: reachability is not assessed.
        </EmptyState>
      ) : (
        <EmptyState kind={row.reach === 'isolated' ? 'clean' : 'unknown'} title="Reach">
          {REACHED[row.reach]}
        </EmptyState>
      )}
    </div>
  );
}
