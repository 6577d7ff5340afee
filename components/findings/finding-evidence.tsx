import { ExternalLink } from 'lucide-react';
import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { portsWord } from '@/lib/core/model/network.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';
import { fromWord, sourcesWord } from '../exposure/path-facts.ts';
import { formatDate } from '../format/format-time.ts';

/** The facts that make the match true: what was installed, which advisory speaks of it, and who rated it how. */
export function FindingEvidence({ finding }: { readonly finding: FindingDetail }) {
  return (
    <>
      {finding.vulnerablePackages.map((item) => (
        <section key={`${item.purl} ${item.path}`} className="panel-block">
          <h3>
            {item.name} <span className="font-mono">{item.version}</span>
          </h3>
          <dl className="facts">
            <Fact label="Advisory" value={item.evidence.advisory} />
            <Fact label="Looked up" value={item.evidence.searched} />
            <Fact label="Affected" value={item.evidence.range} />
            <Fact label="Installed" value={item.evidence.installed} />
            <Fact label="Fixed in" value={item.fixedVersion ?? 'no version yet'} />
            <Fact label="Found in" value={item.path} />
            {item.sourceName ? <Fact label="Source" value={`${item.sourceName} ${item.sourceVersion ?? ''}`} /> : null}
            {item.layer ? <Fact label="Layer" value={item.layer} /> : null}
            <Fact label="Package URL" value={item.purl} />
          </dl>
        </section>
      ))}
      {finding.network === null ? null : <NetworkFacts network={finding.network} />}
      <section className="panel-block">
        <h3>Ratings</h3>
        <dl className="facts">
          {finding.cvss.map((score) => (
            <Fact
              key={`${score.source} ${score.vector}`}
              label={`${score.score.toFixed(1)} ${score.source}`}
              value={score.vector}
            />
          ))}
          {finding.epss === null ? null : (
            <Fact
              label="EPSS"
              value={`${(finding.epss * 100).toFixed(1)}% in 30 days${
                finding.epssPercentile === null ? '' : `, above ${(finding.epssPercentile * 100).toFixed(0)}% of all`
              }${finding.epssDate ? `, ${finding.epssDate}` : ''}`}
            />
          )}
          {finding.kev ? (
            <Fact
              label="KEV"
              value={`added ${finding.kevDateAdded ?? 'at an unknown date'}${finding.kevDueDate ? `, due ${finding.kevDueDate}` : ''}`}
            />
          ) : null}
          {finding.cwes.length > 0 ? <Fact label="Weakness" value={finding.cwes.join(', ')} /> : null}
          {finding.aliases.length > 0 ? <Fact label="Also known as" value={finding.aliases.join(', ')} /> : null}
          {finding.publishedAt ? <Fact label="Published" value={formatDate(finding.publishedAt)} /> : null}
        </dl>
      </section>
      {finding.references.length > 0 ? (
        <section className="panel-block">
          <h3>References</h3>
          <ul>
            {finding.references.filter(isWebAddress).map((address) => (
              <li key={address} className="flex min-w-0 items-center gap-1.5">
                <a
                  href={address}
                  rel="noreferrer noopener"
                  target="_blank"
                  className="truncate text-accent hover:underline"
                >
                  {address}
                </a>
                <ExternalLink size={12} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function NetworkFacts({ network }: { readonly network: NetworkEvidence }) {
  return (
    <section className="panel-block">
      <h3>Open port</h3>
      <dl className="facts">
        <Fact label="Port" value={portsWord(network)} />
        {network.services.length > 0 ? <Fact label="Service" value={network.services.join(', ')} /> : null}
        <Fact label="From" value={fromWord(network)} />
        <Fact label="Who may call" value={sourcesWord(network)} />
        <Fact label="Over" value={network.families.map((family) => FAMILIES[family]).join(' and ')} />
        <Fact label="By" value={network.via} />
        <Fact label="Interface" value={network.interfaceId} />
      </dl>
    </section>
  );
}

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code className="min-w-0 break-all py-1">{value}</code>
      </dd>
    </>
  );
}

// Advisories are written by strangers: only web addresses become links.
function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
