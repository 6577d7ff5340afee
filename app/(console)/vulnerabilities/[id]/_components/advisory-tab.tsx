import { ExternalLink } from 'lucide-react';
import { formatCount } from '@/components/format/format-count.ts';
import { formatDate } from '@/components/format/format-time.ts';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { Chip } from '@/components/ui/chip.tsx';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { VulnerabilityView } from '@/lib/core/model/vulnerability-view.ts';

/** What each publisher says of it, side by side, and where they do not agree. */
export function AdvisoryTab({ view, now }: { readonly view: VulnerabilityView; readonly now: Date }) {
  const { facts, sources } = view;
  const ratings = new Set((facts?.cvss ?? []).map(({ score }) => score));
  return (
    <>
      {facts?.description ? (
        <section className="block-section">
          <h2 className="section-title">What it is</h2>
          <p className="max-w-[720px] whitespace-pre-line break-words text-14 text-fg-2">
            <bdi>{facts.description}</bdi>
          </p>
        </section>
      ) : null}
      <section className="block-section">
        <h2 className="section-title">
          Sources {ratings.size > 1 ? <Chip kind="stale">Publishers rate it differently</Chip> : null}
        </h2>
        {sources.length === 0 ? (
          <EmptyState kind="unknown" title="No advisory on this machine names it">
            The feeds that are synced hold no record of this name. Its ratings below come from the scan that found it.
          </EmptyState>
        ) : (
          <div className="overflow-x-auto">
            <table className="table min-w-[560px]">
              <thead>
                <tr>
                  <th>Record</th>
                  <th>Published</th>
                  <th>Changed</th>
                  <th>Ratings</th>
                  <th className="num">Packages</th>
                </tr>
              </thead>
              <tbody>
                {sources.map((source) => (
                  <tr key={source.record}>
                    <td>
                      <code>{source.record}</code>{' '}
                      {source.withdrawn === null ? null : (
                        <Chip kind="stale">withdrawn {formatDate(source.withdrawn)}</Chip>
                      )}
                    </td>
                    <td>{source.published === null ? '–' : <Timestamp time={source.published} now={now} />}</td>
                    <td>
                      <Timestamp time={source.modified} now={now} />
                    </td>
                    <td className="!whitespace-normal">
                      {source.ratings.length === 0
                        ? '–'
                        : source.ratings.map((rating) => (
                            <code key={rating} className="mr-2 break-all">
                              {rating}
                            </code>
                          ))}
                    </td>
                    <td className="num">{formatCount(source.packages)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {facts !== null && facts.cvss.length > 0 ? (
        <section className="block-section">
          <h2 className="section-title">Ratings</h2>
          <dl className="facts max-w-[720px]">
            {facts.cvss.map(({ source, vector, score }) => (
              <div key={`${source} ${vector}`} className="contents">
                <dt>
                  {score.toFixed(1)} {source}
                </dt>
                <dd>
                  <code className="break-all">{vector}</code>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {facts !== null && facts.references.length > 0 ? (
        <section className="block-section">
          <h2 className="section-title">References</h2>
          <ul>
            {facts.references
              .filter((address) => /^https?:\/\//i.test(address) && URL.canParse(address))
              .map((address) => (
                <li key={address} className="flex min-w-0 items-center gap-1.5">
                  <a
                    href={address}
                    rel="noreferrer noopener"
                    target="_blank"
                    className="truncate text-accent hover:underline"
                  >
                    {address}
                  </a>
                  <ExternalLink size={12} strokeWidth={1.6} className="flex-none text-fg-3" aria-hidden="true" />
                </li>
              ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
