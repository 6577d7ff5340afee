import Link from 'next/link';
import { SeverityGlyph } from '@/components/findings/severity-glyph.tsx';
import { SEVERITY_WORDS } from '@/components/findings/severity-words.ts';
import { formatChange, formatCount } from '@/components/format/format-count.ts';
import { SEVERITIES } from '@/lib/core/model/severity.ts';
import type { Overview } from '@/lib/core/model/views.ts';
import type { OverviewLink } from './overview-link.ts';

interface Props {
  readonly counts: Pick<Overview, 'open' | 'change7Days'>;
  /** False where a zero would be no proof. */
  readonly known: boolean;
  readonly link: OverviewLink;
}

export function OpenBySeverity({ counts: { open, change7Days }, known, link }: Props) {
  const most = Math.max(1, ...SEVERITIES.map((severity) => open[severity]));
  return (
    <section>
      <header className="section-head">
        <h2>Open by severity</h2>
        <Link className="more" href={link('/findings', 'is:open')}>
          All findings
        </Link>
      </header>
      <table>
        <thead className="vh">
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Share</th>
            <th scope="col">Open</th>
            <th scope="col">Change in 7 days</th>
          </tr>
        </thead>
        <tbody>
          {SEVERITIES.map((severity) => (
            <tr key={severity} className="h-8 border-line border-b last:border-b-0">
              <th scope="row" className="pr-3.5 font-normal">
                <Link
                  href={link('/findings', `is:open severity:${severity.toLowerCase()}`)}
                  className="flex items-center gap-1.5 hover:underline"
                >
                  <SeverityGlyph severity={severity} decorative />
                  {SEVERITY_WORDS[severity]}
                </Link>
              </th>
              <td className="w-full" aria-hidden="true">
                {open[severity] > 0 ? (
                  <span className="severity-bar" style={{ width: `${(open[severity] / most) * 100}%` }}>
                    <i data-severity={severity} style={{ flex: 1 }} />
                  </span>
                ) : null}
              </td>
              <td className="num pl-3">{known ? formatCount(open[severity]) : '–'}</td>
              <td className="num min-w-[52px] pl-2.5 text-12 text-fg-3">
                {change7Days ? formatChange(change7Days[severity]) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-12 text-fg-3">
        Change is over 7 days{change7Days ? '' : ' and needs a week of history'}. Untriaged: nobody has rated it yet.
      </p>
    </section>
  );
}
