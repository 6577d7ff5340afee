import type { ReactNode } from 'react';
import type { InspectorScore, VulnerablePackage } from '@/lib/core/model/finding.ts';
import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { ClosePath } from '../exposure/close-path.tsx';
import { HopList } from '../exposure/hop-list.tsx';
import { fromWord, sourcesWord } from '../exposure/path-facts.ts';
import { formatCounted } from '../format/format-count.ts';
import { FixSteps } from './fix-steps.tsx';
import { ScoreSteps } from './score-steps.tsx';

const PACKAGES_SHOWN = 12;

interface Props {
  readonly finding: FindingDetail;
  /** The control that scans the resource again; null where that cannot be asked for here. */
  readonly rescan: ReactNode;
}

/** Why it matters, how to end it, what it is about: in that order. */
export function FindingSummary({ finding, rescan }: Props) {
  const { scoreBreakdown: breakdown, vulnerablePackages: packages } = finding;
  return (
    <>
      <section className="panel-block">
        <h3>
          {breakdown.score === null ? 'No score yet' : `Why ${breakdown.score.toFixed(1)}`}
          <span>
            {breakdown.cappedFrom === null ? '' : `capped from ${breakdown.cappedFrom.toFixed(1)}, `}formula{' '}
            {breakdown.formula}
          </span>
        </h3>
        {breakdown.terms.length > 0 ? (
          <ScoreSteps breakdown={breakdown} />
        ) : (
          <p className="text-fg-2">No publisher has given a base score to start from.</p>
        )}
        {finding.inspectorScore ? <InspectorLine score={finding.inspectorScore} /> : null}
      </section>
      <section className="panel-block">
        <h3>
          Fix
          {finding.sameVulnerability > 0 ? (
            <span>{formatCounted(finding.sameVulnerability, 'other open finding')} of this vulnerability</span>
          ) : null}
        </h3>
        {finding.network === null && finding.guidance ? <FixSteps guidance={finding.guidance} rescan={rescan} /> : null}
        {finding.network === null ? null : <ClosePath network={finding.network} region={finding.region} />}
      </section>
      {finding.network === null ? <Packages packages={packages} /> : <PathBlock network={finding.network} />}
      {finding.description ? (
        <section className="panel-block">
          <h3>What it is</h3>
          <p className="whitespace-pre-line break-words text-14 text-fg-2">{finding.description}</p>
        </section>
      ) : null}
    </>
  );
}

/** The hops from where a call begins to the instance. */
function PathBlock({ network }: { readonly network: NetworkEvidence }) {
  return (
    <section className="panel-block">
      <h3>
        Path <span>{network.hops.length} hops</span>
      </h3>
      <p className="mb-2 text-fg-2">
        From {fromWord(network)} to {portsWord(network)}: {sourcesWord(network)} may call.
      </p>
      <HopList hops={network.hops} />
    </section>
  );
}

function Packages({ packages }: { readonly packages: readonly VulnerablePackage[] }) {
  return (
    <section className="panel-block">
      <h3>
        Packages <span>{packages.length}</span>
      </h3>
      <ul>
        {packages.slice(0, PACKAGES_SHOWN).map((item) => (
          <li key={`${item.purl} ${item.path}`} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{item.name}</span>
            <code className="text-fg-3">{item.version}</code>
            <span className="text-12 text-fg-3">{item.ecosystem}</span>
            <code className="w-full break-all text-fg-3">{item.path}</code>
          </li>
        ))}
      </ul>
      {packages.length > PACKAGES_SHOWN ? (
        <p className="mt-1 text-12 text-fg-3">{packages.length - PACKAGES_SHOWN} more under Evidence</p>
      ) : null}
    </section>
  );
}

/** The score that Amazon Inspector would publish, with what it changed in the vector. */
function InspectorLine({ score: { score, scoringVector, adjustments, note } }: { readonly score: InspectorScore }) {
  const reasons = adjustments.map(({ metric, reason }) => `${metric}: ${reason}.`);
  return (
    <p className="mt-1.5 text-12 text-fg-3">
      Amazon Inspector score {score.toFixed(1)}. {reasons.join(' ') || note}{' '}
      <code className="break-all">{scoringVector}</code>
    </p>
  );
}
