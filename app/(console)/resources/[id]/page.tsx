import { GitCompareArrows } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { SeverityBar } from '@/components/findings/severity-bar.tsx';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { sumOf } from '@/components/findings/severity-words.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { addressWith, type SearchRecord } from '@/components/layout/search-params.ts';
import { ResourceIcon } from '@/components/resources/resource-icon.tsx';
import { EmptyState, ErrorState, PartialStrip } from '@/components/ui/block-state.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import { AppError } from '@/lib/core/model/app-error.ts';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import type { ImageView, PackageType, ResourceDetail, ResourceScan } from '@/lib/core/model/views.ts';
import { compareScans } from '@/lib/operations/console/compare-scans.ts';
import { getResource } from '@/lib/operations/console/get-resource.ts';
import { getResourceScans } from '@/lib/operations/console/get-resource-scans.ts';
import { listResourcePackages } from '@/lib/operations/console/list-resource-packages.ts';
import { rescanOf } from '../../_components/rescan-of.tsx';
import { ask } from '../../ask.ts';
import { quoted } from '../../findings/_components/rule-query.ts';
import { settle } from '../../settle.ts';
import { CloudFactsList } from '../_components/cloud-facts-list.tsx';
import { CompareLink } from '../_components/compare-link.tsx';
import { Configuration } from '../_components/configuration.tsx';
import { Exposure } from '../_components/exposure.tsx';
import { PackageTable } from '../_components/package-table.tsx';
import { SbomMenu } from '../_components/sbom-menu.tsx';
import { ComparisonForm, ScanComparisonView, TooFewScans } from '../_components/scan-comparison.tsx';
import { ScanHistory } from '../_components/scan-history.tsx';
import { ScanLedger } from '../_components/scan-ledger.tsx';
import { SearchBar } from '../_components/search-bar.tsx';
import { parseResourceSearch, type ResourceSearch, resourceAddress } from './search-params.ts';

export const metadata: Metadata = { title: 'Resource' };

const PACKAGES_A_PAGE = 50;

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<SearchRecord>;
}

export default async function ResourcePage({ params, searchParams }: Props) {
  const resource = await load(decodeURIComponent((await params).id));
  const search = parseResourceSearch(await searchParams);
  const looks = await settle(ask(getResourceScans, { id: resource.id }), 'Scans');
  const now = new Date();
  const total = sumOf(resource.counts);
  const worst = SEVERITIES.find((severity) => resource.counts[severity] > 0) ?? null;
  const list = addressWith('/findings', {}, { q: `is:open resource:${quoted(resource.id)}` });
  const scans = looks.ok ? looks.value.scans : [];
  return (
    <article>
      <div className="px-(--gutter) pt-3.5">
        <nav className="flex min-w-0 gap-1 text-12 text-fg-3" aria-label="Breadcrumb">
          <Link href="/resources" className="hover:underline">
            Resources
          </Link>
          <span aria-hidden="true">›</span>
          <Link href={addressWith('/resources', { acct: resource.accountId })} className="hover:underline">
            <bdi>{resource.accountName}</bdi>
          </Link>
          <span aria-hidden="true">›</span>
          <code className="truncate">{resource.id}</code>
        </nav>
        <header className="mt-1 flex flex-wrap items-center gap-2">
          <ResourceIcon kind={resource.kind} size={15} />
          <h1 className="title-20 break-all">
            <bdi>{resource.name}</bdi>
          </h1>
          {resource.environment ? <Chip kind="plain">{resource.environment}</Chip> : null}
          {resource.sample ? <Chip kind="stale">Sample</Chip> : null}
          {worst === null ? null : <SeverityBadge severity={worst} />}
          <span className="flex-1" />
          {comparable(scans).length < 2 ? null : (
            <CompareLink
              href={resourceAddress(resource.id, { tab: 'compare' })}
              icon={<GitCompareArrows size={15} strokeWidth={1.6} aria-hidden="true" />}
            />
          )}
          {resource.packages === null ? null : <SbomMenu id={resource.id} />}
          {rescanOf({ resourceId: resource.id, resourceKind: resource.kind, sample: resource.sample })}
        </header>
        {resource.lastScan && resource.lastScan.outcome !== 'complete' ? (
          <div className="mt-3">
            <PartialStrip>
              The last scan is {resource.lastScan.outcome}: {resource.lastScan.reason ?? 'no reason was recorded.'}
            </PartialStrip>
          </div>
        ) : null}
      </div>
      <nav className="tabs mt-2 px-(--gutter)" aria-label="Resource">
        <Tab resource={resource} search={search} tab="packages" label="Packages" count={resource.packages} />
        <Link className="tab" href={list}>
          Findings <span className="tab-count">{formatCount(total)}</span>
        </Link>
        <Tab resource={resource} search={search} tab="scans" label="Scans" count={scans.length} />
        <Tab
          resource={resource}
          search={search}
          tab="configuration"
          label={resource.image === null ? 'Configuration' : 'Layers and configuration'}
          count={null}
        />
      </nav>
      <div className="vulnerability-body">
        <div className="min-w-0 pt-1">
          {search.tab === 'packages' ? (
            <Packages resource={resource} search={search} types={looks.ok ? looks.value.types : []} />
          ) : null}
          {search.tab === 'configuration' ? <Configuration resource={resource} /> : null}
          {search.tab === 'compare' ? <Comparison id={resource.id} scans={scans} search={search} now={now} /> : null}
          {search.tab === 'configuration' || search.tab === 'compare' ? null : (
            <section className="panel-block">
              <h3>
                Scan history <span>14 days, {formatCount(scans.length)} scans</span>
              </h3>
              {looks.ok ? (
                <ScanHistory
                  scans={search.tab === 'packages' ? scans.slice(0, 5) : scans}
                  open={looks.value.open}
                  now={now}
                />
              ) : (
                <ErrorState title="The scans did not load" message={looks.message} />
              )}
            </section>
          )}
        </div>
        <aside aria-label="Properties" className="vulnerability-side">
          <dl className="facts">
            <dt>Account</dt>
            <dd>
              <bdi>{resource.accountName}</bdi> <code className="text-fg-3">{resource.accountId}</code>
            </dd>
            <dt>Place</dt>
            <dd>{resource.region}</dd>
            <dt>System</dt>
            <dd>{resource.distro?.prettyName ?? 'not known'}</dd>
            {resource.cloud === null ? null : <CloudFactsList facts={resource.cloud} now={now} />}
            {resource.image === null ? null : <ImageFacts image={resource.image} now={now} />}
            <dt>Last scan</dt>
            <dd>{resource.lastScan ? <Timestamp time={resource.lastScan.endedAt} now={now} /> : 'never'}</dd>
          </dl>
          <Findings resource={resource} total={total} list={list} />
          <Exposure resource={resource} now={now} />
          <ScanLedger resource={resource} now={now} />
        </aside>
      </div>
    </article>
  );
}

/** What a failed scan saw is nothing, so there is nothing to compare with. */
function comparable(scans: readonly ResourceScan[]): readonly ResourceScan[] {
  return scans.filter(({ outcome }) => outcome !== 'failed');
}

/** The scan of the same type before one of them; where there is none, that of any. */
function scanBefore(scans: readonly ResourceScan[], id: string | undefined): ResourceScan | undefined {
  const at = scans.findIndex((scan) => scan.id === id);
  const earlier = scans.slice(at + 1);
  return earlier.find(({ scanType }) => scanType === scans[at]?.scanType) ?? earlier[0];
}

interface ComparisonProps {
  readonly id: string;
  readonly scans: readonly ResourceScan[];
  readonly search: ResourceSearch;
  readonly now: Date;
}

async function Comparison({ id, scans, search, now }: ComparisonProps) {
  const usable = comparable(scans);
  const to = search.to ?? usable[0]?.id;
  const from = search.from ?? scanBefore(usable, to)?.id;
  if (from === undefined || to === undefined) return <TooFewScans />;
  const compared = await settle(ask(compareScans, { id, from, to }), 'The comparison');
  return (
    <>
      <ComparisonForm scans={usable} from={from} to={to} now={now} />
      {compared.ok ? (
        <ScanComparisonView comparison={compared.value} now={now} />
      ) : (
        <ErrorState title="These scans were not compared" message={compared.message} />
      )}
    </>
  );
}

interface TabProps {
  readonly resource: ResourceDetail;
  readonly search: ResourceSearch;
  readonly tab: ResourceSearch['tab'];
  readonly label: string;
  readonly count: number | null;
}

function Tab({ resource, search, tab, label, count }: TabProps) {
  return (
    <Link
      className="tab"
      href={resourceAddress(resource.id, { tab })}
      aria-current={search.tab === tab || (tab === 'scans' && search.tab === 'compare') ? 'page' : undefined}
    >
      {label} {count === null ? null : <span className="tab-count">{formatCount(count)}</span>}
    </Link>
  );
}

interface PackagesProps {
  readonly resource: ResourceDetail;
  readonly search: ResourceSearch;
  readonly types: readonly PackageType[];
}

async function Packages({ resource, search, types }: PackagesProps) {
  if (resource.packages === null || resource.packages === 0) {
    return (
      <div className="max-w-[640px] pt-3">
        <EmptyState kind="unknown" title="Its packages are not known">
          {resource.packages === null ? 'No scan has ever read them.' : 'The last scan found no package at all.'}
        </EmptyState>
      </div>
    );
  }
  const { id, packages } = resource;
  const { cursor, type, withFindings, query } = search;
  const page = await settle(
    ask(listResourcePackages, {
      id,
      cursor,
      limit: PACKAGES_A_PAGE,
      ecosystem: type,
      withFindings,
      words: wordsOf(query),
    }),
    'Packages',
  );
  if (!page.ok) return <ErrorState title="Packages did not load" message={page.message} />;
  const { rows, nextCursor } = page.value;
  const filter = { type, withFindings, query };
  return (
    <>
      <nav className="flex flex-wrap items-center gap-2 py-2" aria-label="Filter packages">
        <SearchBar
          label="Search packages of this resource"
          placeholder="Name of a package"
          query={query}
          errors={[]}
          address={resourceAddress(id, { type, withFindings })}
        />
        <span className="segmented">
          <Link
            href={resourceAddress(id, { withFindings, query })}
            aria-current={type === null ? 'true' : undefined}
            prefetch={false}
          >
            Any type
          </Link>
          {types.map(({ ecosystem, packages: count }) => (
            <Link
              key={ecosystem}
              href={resourceAddress(id, { type: ecosystem, withFindings, query })}
              aria-current={type === ecosystem ? 'true' : undefined}
              prefetch={false}
            >
              {ecosystem} {formatCount(count)}
            </Link>
          ))}
        </span>
        <span className="segmented">
          <Link
            href={resourceAddress(id, { type, withFindings: !withFindings, query })}
            aria-current={withFindings ? 'true' : undefined}
            prefetch={false}
          >
            With findings
          </Link>
        </span>
      </nav>
      {rows.length === 0 ? (
        <EmptyState kind="no-match" title="No package is like that">
          Take the filter away to see all {formatCount(packages)}.
        </EmptyState>
      ) : (
        <PackageTable
          rows={rows}
          total={packages}
          proven={resource.assurance.proven}
          layers={new Map(resource.image?.layers.map(({ digest }, place) => [digest, place + 1]))}
          firstPage={cursor === null ? null : resourceAddress(id, filter)}
          nextPage={nextCursor === null ? null : resourceAddress(id, { ...filter, cursor: nextCursor })}
        />
      )}
    </>
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

interface FindingsProps {
  readonly resource: ResourceDetail;
  readonly total: number;
  readonly list: string;
}

function Findings({ resource, total, list }: FindingsProps) {
  const { assurance, counts } = resource;
  return (
    <section className="panel-block">
      <h3>
        Findings <span>{total > 0 ? `${formatCount(total)} open` : ''}</span>
      </h3>
      {total > 0 ? (
        <Link href={list} className="block">
          <SeverityBar counts={counts} />
          <span className="mt-2 flex flex-wrap gap-x-4">
            {SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => (
              <span key={severity} className="flex items-center gap-1.5">
                <SeverityGlyph severity={severity} /> {formatCount(counts[severity])}
              </span>
            ))}
          </span>
        </Link>
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

function wordsOf(query: string): readonly string[] {
  return query
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20);
}

async function load(id: string): Promise<ResourceDetail> {
  try {
    return await ask(getResource, { id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
}
