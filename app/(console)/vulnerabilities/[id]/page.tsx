import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { ExploitChips } from '@/components/findings/exploit-chips.tsx';
import { SeverityBadge } from '@/components/findings/severity-badge.tsx';
import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import { addressWith, type SearchRecord } from '@/components/layout/search-params.ts';
import { EmptyState, ErrorState } from '@/components/ui/block-state.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import type { VulnerabilityView } from '@/lib/core/model/vulnerability-view.ts';
import { getVulnerability } from '@/lib/operations/console/get-vulnerability.ts';
import { rightsOf } from '../../_components/triage/rights.ts';
import { ask } from '../../ask.ts';
import { quoted } from '../../findings/_components/rule-query.ts';
import { settle } from '../../settle.ts';
import { AdvisoryTab } from './_components/advisory-tab.tsx';
import { BlastTab } from './_components/blast-tab.tsx';
import { PackageTab } from './_components/package-tab.tsx';
import { SideFacts } from './_components/side-facts.tsx';
import { StepTab } from './_components/step-tab.tsx';
import { VulnerabilityActs } from './_components/vulnerability-acts.tsx';
import { WhyNot } from './_components/why-not.tsx';
import { parseVulnerabilitySearch, type VulnerabilityTab } from './search-params.ts';

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<SearchRecord>;
}

const ID_LENGTH_MAX = 200;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id).slice(0, ID_LENGTH_MAX) };
}

export default async function VulnerabilityPage({ params, searchParams }: Props) {
  await connection();
  const { deps, caller } = await requireCaller();
  const asked = decodeURIComponent((await params).id).slice(0, ID_LENGTH_MAX);
  const { scope, tab, kept } = parseVulnerabilitySearch(await searchParams);
  const now = deps.clock.now();
  const result = await settle(ask(getVulnerability, { id: asked, scope }), 'Vulnerability');
  if (!result.ok) {
    return (
      <div className="px-(--gutter) pt-4">
        <ErrorState title="The vulnerability did not load" message={result.message} />
      </div>
    );
  }
  const view = result.value;
  const id = view.facts?.id ?? asked;
  const query = `is:open cve:${quoted(id)}`;
  const list = addressWith('/findings', kept, { q: query });
  const tabs: readonly { readonly tab: VulnerabilityTab; readonly label: string; readonly count: number | null }[] = [
    { tab: 'blast', label: 'Blast radius', count: null },
    { tab: 'packages', label: 'Packages', count: view.blast.packages.length },
    { tab: 'advisory', label: 'Advisory', count: view.sources.length },
    { tab: 'activity', label: 'Activity', count: view.events.length },
  ];

  return (
    <article className="vulnerability-page">
      <div className="px-(--gutter) pt-3.5">
        <nav className="flex min-w-0 gap-1 text-12 text-fg-3" aria-label="Breadcrumb">
          <Link href={addressWith('/findings', kept)} className="hover:underline">
            Findings
          </Link>
          <span aria-hidden="true">›</span>
          <Link href={addressWith('/findings', kept, { group: 'vulnerability' })} className="hover:underline">
            Vulnerabilities
          </Link>
          <span aria-hidden="true">›</span>
          <bdi className="truncate font-mono">{id}</bdi>
        </nav>
        <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-2">
          <h1 className="title-20 min-w-0 flex-1 basis-[360px] break-words">
            <bdi className="line-clamp-3">{view.facts?.title || id}</bdi>
          </h1>
          <VulnerabilityActs
            id={id}
            watched={view.watched}
            open={view.blast.open}
            scope={scope}
            query={query}
            rights={rightsOf(caller)}
            now={now}
          />
        </div>
        <Chips view={view} />
      </div>
      <nav className="tabs mt-2 px-(--gutter)" aria-label="Vulnerability">
        {tabs.map(({ tab: name, label, count }) => (
          <Link
            key={name}
            className="tab"
            href={addressWith(`/vulnerabilities/${encodeURIComponent(id)}`, kept, {
              tab: name === 'blast' ? null : name,
            })}
            aria-current={name === tab ? 'page' : undefined}
          >
            {label} {count === null ? null : <span className="tab-count">{formatCount(count)}</span>}
          </Link>
        ))}
        <Link className="tab" href={list}>
          Findings <span className="tab-count">{formatCount(view.blast.open)}</span>
        </Link>
      </nav>
      <div className="vulnerability-body">
        <div className="min-w-0">
          {view.blast.open === 0 && tab === 'blast' ? <Nowhere id={id} view={view} /> : null}
          {tab === 'blast' && view.blast.open > 0 ? <BlastTab view={view} query={query} kept={kept} /> : null}
          {tab === 'packages' ? <PackageTab packages={view.blast.packages} query={query} kept={kept} /> : null}
          {tab === 'advisory' ? <AdvisoryTab view={view} now={now} /> : null}
          {tab === 'activity' ? <StepTab events={view.events} now={now} /> : null}
          {tab === 'blast' ? <WhyNot id={id} /> : null}
        </div>
        <SideFacts view={view} now={now} />
      </div>
    </article>
  );
}

function Chips({ view: { facts, blast, sources } }: { readonly view: VulnerabilityView }) {
  if (facts === null) {
    const text = sources.length > 0 ? `Named by ${formatCounted(sources.length, 'advisory', 'advisories')}` : null;
    return text === null ? null : <p className="mt-1.5 text-12 text-fg-3">{text}</p>;
  }
  const fixed = blast.packages.filter(({ fixedVersion }) => fixedVersion !== null).length;
  const best = facts.cvss.toSorted((a, b) => b.version.localeCompare(a.version, 'en'))[0];
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
      <SeverityBadge severity={facts.severity} />
      {best ? <Chip title={`${best.source}: ${best.vector}`}>CVSS {best.score.toFixed(1)}</Chip> : null}
      {blast.scoreMin === null || blast.scoreMax === null ? null : (
        <Chip>
          {blast.scoreMin === blast.scoreMax
            ? `Score ${blast.scoreMax.toFixed(1)} here`
            : `Scores ${blast.scoreMin.toFixed(1)} to ${blast.scoreMax.toFixed(1)} here`}
        </Chip>
      )}
      <ExploitChips
        kev={facts.kev !== null}
        poc={facts.exploit !== null}
        epss={facts.epss}
        kevDateAdded={facts.kev?.dateAdded ?? null}
        epssDate={facts.epssDate}
      />
      {blast.packages.length === 0 ? null : (
        <Chip>
          Fix for {formatCount(fixed)} of {formatCounted(blast.packages.length, 'package version')}
        </Chip>
      )}
      {facts.kev === null ? <span className="text-12 text-fg-3">Not in CISA KEV</span> : null}
    </div>
  );
}

/** Nothing is open: said with how much was looked at, since a zero alone could mean that nobody looked. */
function Nowhere({
  id,
  view: { scanned, notScanned, blast },
}: {
  readonly id: string;
  readonly view: VulnerabilityView;
}) {
  const past = [
    ...(blast.fixed > 0 ? [`${formatCounted(blast.fixed, 'finding')} of it were fixed`] : []),
    ...(blast.hidden > 0 ? [`${formatCounted(blast.hidden, 'finding')} of it are hidden by rules or decisions`] : []),
  ];
  return (
    <div className="max-w-[640px] pt-4">
      <EmptyState
        kind={scanned > 0 && notScanned === 0 ? 'clean' : 'unknown'}
        title={`${id} is not open in ${formatCounted(scanned, 'scanned resource')}`}
      >
        {notScanned > 0
          ? `${formatCounted(notScanned, 'resource')} ${notScanned === 1 ? 'is' : 'are'} not scanned, so it may be there. `
          : ''}
        {past.length > 0 ? `${past.join('; ')}. ` : ''}
        Watch it to hear when it is first found.
      </EmptyState>
    </div>
  );
}
