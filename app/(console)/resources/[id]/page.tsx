import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { describeCounts, sumOf } from '@/components/findings/severity-words.ts';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { addressWith, type SearchRecord } from '@/components/layout/search-params.ts';
import { EmptyState, ErrorState, PartialStrip } from '@/components/ui/block-state.tsx';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { ScrollRegion } from '@/components/ui/scroll-region.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { AppError } from '@/lib/core/model/app-error.ts';
import { namedImageOf } from '@/lib/core/model/image-resource.ts';
import type { ImageView, ResourceDetail } from '@/lib/core/model/views.ts';
import { getResource } from '@/lib/operations/console/get-resource.ts';
import { listResourcePackages } from '@/lib/operations/console/list-resource-packages.ts';
import { ScanHostButton } from '../../_components/scan-host-button.tsx';
import { ask } from '../../ask.ts';
import { settle } from '../../settle.ts';
import { LayerTable } from '../_components/layer-table.tsx';
import { PackageTable } from '../_components/package-table.tsx';
import { ScanImageButton } from '../_components/scan-image-button.tsx';

export const metadata: Metadata = { title: 'Resource' };

const DIAGNOSTICS_SHOWN = 50;

const PACKAGES_A_PAGE = 50;

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchRecord>;
}

export default async function ResourcePage({ params, searchParams }: Props) {
  const resource = await load(decodeURIComponent((await params).id));
  const { cursor: given } = await searchParams;
  const cursor = typeof given === 'string' ? given : null;
  const named = namedImageOf(resource.id);
  const now = new Date();
  const total = sumOf(resource.counts);
  const query = `is:open resource:"${resource.name}"`;
  return (
    <article className="px-(--gutter) pt-3.5 pb-8">
      <nav className="text-12 text-fg-3" aria-label="Breadcrumb">
        <Link href="/resources" className="hover:underline">
          Resources
        </Link>
      </nav>
      <header className="mt-1 flex flex-wrap items-center gap-2">
        <h1 className="title-20 break-all">{resource.name}</h1>
        {resource.environment ? <Chip kind="plain">{resource.environment}</Chip> : null}
        {resource.sample ? <Chip kind="stale">Sample</Chip> : null}
        <span className="flex-1" />
        {resource.kind === 'host' ? <ScanHostButton /> : null}
        {named === null ? null : <ScanImageButton {...named} />}
        {total > 0 ? (
          <ButtonLink href={addressWith('/findings', {}, { q: query })}>List {formatCount(total)}</ButtonLink>
        ) : null}
      </header>
      {resource.lastScan && resource.lastScan.outcome !== 'complete' ? (
        <div className="mt-3">
          <PartialStrip>
            The last scan is {resource.lastScan.outcome}: {resource.lastScan.reason ?? 'no reason was recorded.'}
          </PartialStrip>
        </div>
      ) : null}
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div>
          <Findings resource={resource} total={total} />
          {resource.image === null ? null : <LayerTable image={resource.image} proven={resource.assurance.proven} />}
          <Packages resource={resource} cursor={cursor} />
          <Advisories resource={resource} />
          <Diagnostics resource={resource} />
        </div>
        <aside aria-label="Properties">
          <dl className="facts">
            <dt>Account</dt>
            <dd>
              {resource.accountName} <code className="text-fg-3">{resource.accountId}</code>
            </dd>
            <dt>Region</dt>
            <dd>{resource.region}</dd>
            <dt>System</dt>
            <dd>{resource.distro?.prettyName ?? 'not known'}</dd>
            {resource.image === null ? null : <ImageFacts image={resource.image} now={now} />}
            <dt>Packages</dt>
            <dd>{resource.packages === null ? 'not known' : formatCount(resource.packages)}</dd>
            <dt>Last scan</dt>
            <dd>{resource.lastScan ? <Timestamp time={resource.lastScan.endedAt} now={now} /> : 'never'}</dd>
            <dt>Id</dt>
            <dd>
              <code className="break-all">{resource.id}</code>
            </dd>
            {Object.entries(resource.tags).map(([name, value]) => (
              <Tag key={name} name={name} value={value} />
            ))}
          </dl>
        </aside>
      </div>
    </article>
  );
}

async function Packages({ resource, cursor }: { readonly resource: ResourceDetail; readonly cursor: string | null }) {
  if (resource.packages === null || resource.packages === 0) return null;
  const { id, packages } = resource;
  const page = await settle(ask(listResourcePackages, { id, cursor, limit: PACKAGES_A_PAGE }), 'Packages');
  if (!page.ok) return <ErrorState title="Packages did not load" message={page.message} />;
  const address = `/resources/${encodeURIComponent(id)}`;
  const { rows, nextCursor } = page.value;
  return (
    <PackageTable
      rows={rows}
      total={packages}
      proven={resource.assurance.proven}
      layers={new Map(resource.image?.layers.map(({ digest }, place) => [digest, place + 1]))}
      firstPage={cursor === null ? null : address}
      nextPage={nextCursor === null ? null : `${address}?cursor=${encodeURIComponent(nextCursor)}`}
    />
  );
}

function ImageFacts({ image, now }: { readonly image: ImageView; readonly now: Date }) {
  return (
    <>
      <dt>Image</dt>
      <dd>
        <code className="break-all">{image.digest}</code>
      </dd>
      <dt>Platform</dt>
      <dd>{image.platform ?? 'not known'}</dd>
      <dt>Built</dt>
      <dd>{image.createdAt === null ? 'not known' : <Timestamp time={image.createdAt} now={now} />}</dd>
    </>
  );
}

function Tag({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="truncate" title={name}>
        {name}
      </dt>
      <dd className="break-all">{value}</dd>
    </>
  );
}

function Findings({ resource, total }: { readonly resource: ResourceDetail; readonly total: number }) {
  const { assurance } = resource;
  return (
    <section className="panel-block">
      <h3>
        Open findings <span>{total > 0 ? formatCount(total) : ''}</span>
      </h3>
      {total > 0 ? (
        <>
          <SeverityBar counts={resource.counts} width={320} />
          <p className="mt-1.5 text-fg-2">{describeCounts(resource.counts)}</p>
        </>
      ) : null}
      {total === 0 && assurance.proven ? (
        <EmptyState kind="clean" title="No open findings">
          Scanned completely in the last 48 h, against advisories that are up to date.
        </EmptyState>
      ) : null}
      {assurance.proven ? null : (
        <div className="mt-2">
          <EmptyState kind="unknown" title={total === 0 ? 'Zero findings is not known' : 'There may be more'}>
            <ul className="list-disc pl-4">
              {assurance.gaps.map((gap) => (
                <li key={gap}>{gap}</li>
              ))}
            </ul>
          </EmptyState>
        </div>
      )}
    </section>
  );
}

const STATE_WORDS = { fresh: 'Fresh', stale: 'Out of date', missing: 'None in the index' } as const;

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

async function load(id: string): Promise<ResourceDetail> {
  try {
    return await ask(getResource, { id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
}
