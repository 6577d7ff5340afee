import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '@/components/format/format-count.ts';
import { formatAge, formatDate } from '@/components/format/format-time.ts';
import type { FeedView } from '@/lib/core/model/views.ts';
import { feedLateness } from './feed-lateness.ts';

interface Props {
  readonly feeds: readonly FeedView[];
  readonly now: Date;
  /** Stands at the end of the title. */
  readonly action?: ReactNode;
}

/** What the advisory index holds of each source, how old it is, and what went wrong last. */
export function FeedTable({ feeds, now, action }: Props) {
  return (
    <section id="feeds" className="mt-6 pb-6">
      <div className="section-head flex-wrap px-(--gutter)">
        <h2>Advisory feeds</h2>
        <span className="text-12 text-fg-3">
          {feeds.length === 0 ? 'none brought in yet' : 'a scan is only as good as these'}
        </span>
        {action}
      </div>
      {feeds.length === 0 ? null : (
        <table className="rows-table">
          <thead>
            <tr>
              <th>Source</th>
              <th className="num w-[110px]">Records</th>
              <th className="num w-[140px] max-sm:hidden">Newest record</th>
              <th className="num w-[90px]">Synced</th>
              <th className="max-md:hidden">Last error</th>
            </tr>
          </thead>
          <tbody>
            {feeds.map((feed) => (
              <tr key={feed.source}>
                <td className="font-medium">{feed.source}</td>
                <td className="num">{formatCount(feed.records)}</td>
                <td className="num max-sm:hidden">{feed.newestRecord ? formatDate(feed.newestRecord) : '–'}</td>
                <td className="num">
                  <Synced feed={feed} now={now} />
                </td>
                <td
                  className={feed.lastError ? 'text-danger max-md:hidden' : 'text-fg-3 max-md:hidden'}
                  title={feed.lastError ?? undefined}
                >
                  {feed.lastError ?? '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Synced({ feed, now }: { readonly feed: FeedView; readonly now: Date }) {
  const { age, isLate } = feedLateness(feed, now);
  if (age === null) return 'never';
  if (!isLate) return formatAge(age);
  return (
    <span className="inline-flex items-center gap-1 text-warn">
      <TriangleAlert size={13} strokeWidth={1.6} role="img" aria-label="Late" />
      {formatAge(age)}
    </span>
  );
}
