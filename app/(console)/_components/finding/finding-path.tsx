import { HopList } from '@/components/exposure/hop-list.tsx';
import { fromWord, portsWord, sourcesWord } from '@/components/exposure/path-facts.ts';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { EmptyState } from '@/components/ui/block-state.tsx';
import type { FindingDetail, FindingRow, OpenPath } from '@/lib/core/model/views.ts';

const REACHED = {
  internet: 'Something in the internet can reach this resource. Which way it takes is not worked out yet.',
  peer: 'Only other networks of yours can reach this resource. Which way they take is not worked out yet.',
  isolated: 'Nothing outside can reach this resource.',
} as const;

interface Props {
  readonly row: FindingRow;
  /** Null while it is on its way. */
  readonly detail: FindingDetail | null;
  readonly scoped: (path: string) => string;
}

/** The way to the resource over the network: hop by hop for an exposure, the open ports for everything else. */
export function FindingPath({ row, detail, scoped }: Props) {
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
          <OpenPaths paths={paths} scoped={scoped} />
        </>
      ) : null}
      {network === null && paths.length === 0 ? <NoPath row={row} /> : null}
    </div>
  );
}

/** Open paths as a list, each with who may call and its finding. */
export function OpenPaths({
  paths,
  scoped,
}: {
  readonly paths: readonly OpenPath[];
  readonly scoped: (path: string) => string;
}) {
  return (
    <ul>
      {paths.map(({ id, severity, network }) => (
        <li key={id} className="flex min-w-0 items-baseline gap-2 border-line border-b py-1.5 last:border-b-0">
          <SeverityGlyph severity={severity} />
          <a href={scoped(`/findings/${id}`)} className="shrink-0 font-medium hover:underline">
            {portsWord(network)}
          </a>
          <span className="min-w-0 break-words text-fg-2">
            {network.services.length > 0 ? `${network.services.join(', ')}, ` : ''}
            from {fromWord(network)}, {sourcesWord(network)}
          </span>
        </li>
      ))}
    </ul>
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
