import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import type { ResourceDetail } from '@/lib/core/model/views.ts';
import { LayerTable } from './layer-table.tsx';

const DIAGNOSTICS_SHOWN = 50;
const STATE_WORDS = { fresh: 'Fresh', stale: 'Out of date', missing: 'None in the index' } as const;

/** What is known of how the resource is made and how it was looked at: tags, layers, advisories, notes of the scan. */
export function Configuration({ resource }: { readonly resource: ResourceDetail }) {
  const tags = Object.entries(resource.tags);
  return (
    <>
      <section className="panel-block">
        <h3>
          Tags <span>{formatCount(tags.length)}</span>
        </h3>
        {tags.length === 0 ? <p className="text-fg-2">It has no tags.</p> : null}
        <dl className="facts max-w-[640px]">
          {tags.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="truncate" title={name}>
                <bdi>{name}</bdi>
              </dt>
              <dd className="break-all">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {resource.image === null ? null : <LayerTable image={resource.image} proven={resource.assurance.proven} />}
      <Advisories resource={resource} />
      <Diagnostics resource={resource} />
    </>
  );
}

function Advisories({ resource }: { readonly resource: ResourceDetail }) {
  if (resource.advisoryStates.length === 0) return null;
  return (
    <section className="panel-block">
      <h3>
        What it was matched against <span>at its last scan</span>
      </h3>
      <ScrollRegion label="Advisories by ecosystem">
        <table className="table">
          <thead>
            <tr>
              <th>Ecosystem</th>
              <th className="num">Packages</th>
              <th className="num">Advisories</th>
              <th className="num">Newest</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {resource.advisoryStates.map((state) => (
              <tr key={state.ecosystem}>
                <td className="font-medium">{state.ecosystem}</td>
                <td className="num">{formatCount(state.packages)}</td>
                <td className="num">{formatCount(state.records)}</td>
                <td className="num">{state.newestRecord ? formatDate(state.newestRecord) : '–'}</td>
                <td className={state.state === 'fresh' ? 'text-ok' : 'text-warn'}>{STATE_WORDS[state.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

function Diagnostics({ resource }: { readonly resource: ResourceDetail }) {
  const { diagnostics } = resource;
  if (diagnostics.length === 0) return null;
  return (
    <section className="panel-block">
      <h3>
        What the scan noticed <span>{formatCounted(diagnostics.length, 'note')}</span>
      </h3>
      <ul className="grid gap-1">
        {diagnostics.slice(0, DIAGNOSTICS_SHOWN).map((diagnostic) => (
          <li key={`${diagnostic.path} ${diagnostic.message}`} className="break-words">
            {diagnostic.path ? <code className="text-fg-3">{diagnostic.path} </code> : null}
            {diagnostic.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
