import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { formatCount } from '@/components/format/format-count.ts';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { ResourcePackageView } from '@/lib/core/model/views.ts';
import { FindingCount } from './finding-count.tsx';

interface Props {
  readonly rows: readonly ResourcePackageView[];
  /** All packages of the resource, on whichever page. */
  readonly total: number;
  /** Places of layers, by digest, counted from the lowest; empty for what has none. */
  readonly layers: ReadonlyMap<string, number>;
  /** Whether no findings means that there are none. */
  readonly proven: boolean;
  readonly firstPage: string | null;
  readonly nextPage: string | null;
}

/** What is in a resource: each package with its place, how sure the inventory is of it, and what was found in it. */
export function PackageTable({ rows, total, layers, proven, firstPage, nextPage }: Props) {
  return (
    <section className="panel-block" aria-label="Packages">
      <h3>
        Packages <span>{formatCount(total)}, those with findings first</span>
      </h3>
      <ScrollRegion label="Table of packages">
        <table className="table">
          <thead>
            <tr>
              <th>Package</th>
              <th>Type</th>
              {layers.size > 0 ? <th className="num">Layer</th> : null}
              <th>Found in</th>
              <th>Fixed in</th>
              <th className="num">Findings</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.purl} ${row.path}`}>
                <td>
                  <span className="flex items-center gap-2">
                    <span className="max-w-65 truncate font-medium" title={row.purl}>
                      {row.name}
                    </span>
                    <code className="max-w-40 truncate text-fg-3" title={row.version}>
                      {row.version}
                    </code>
                    {row.kev ? <Chip kind="kev">KEV</Chip> : null}
                    {row.confidence ? (
                      <Chip title="Nothing in it says which package it is; it was told by its name or content.">
                        {row.confidence === 'low' ? 'Guessed' : 'Likely'}
                      </Chip>
                    ) : null}
                  </span>
                </td>
                <td className="text-fg-2">{row.ecosystem}</td>
                {layers.size > 0 ? <td className="num">{layerOf(row, layers)}</td> : null}
                <td>
                  <code className="block max-w-70 truncate text-fg-2" title={row.path}>
                    {row.path}
                  </code>
                </td>
                <td>
                  <code>{row.fixedVersion ?? '–'}</code>
                </td>
                <td className="num">
                  {row.worst ? (
                    <span className="inline-flex items-center gap-1.5">
                      <SeverityGlyph severity={row.worst} /> {formatCount(row.findings)}
                    </span>
                  ) : (
                    <FindingCount count={0} proven={proven} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {firstPage || nextPage ? (
        <p className="flex gap-2 pt-3">
          {firstPage ? <ButtonLink href={firstPage}>First page</ButtonLink> : null}
          {nextPage ? <ButtonLink href={nextPage}>Next page</ButtonLink> : null}
        </p>
      ) : null}
    </section>
  );
}

function layerOf({ layer }: ResourcePackageView, layers: ReadonlyMap<string, number>): string {
  const place = layer === null ? undefined : layers.get(layer);
  return place === undefined ? '–' : String(place);
}
