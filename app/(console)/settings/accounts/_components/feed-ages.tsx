import Link from 'next/link';
import { byLateness } from '@/components/feeds/feed-lateness.ts';
import { formatCount } from '@/components/format/format-count.ts';
import { formatAge } from '@/components/format/format-time.ts';
import { Meter } from '@/components/ui/meter.tsx';
import type { FeedView } from '@/lib/core/model/views.ts';

const SHOWN = 9;

/** Age of each feed against the limit, those that are late first. */
export function FeedAges({ feeds, now }: { readonly feeds: readonly FeedView[] | null; readonly now: Date }) {
  return (
    <section>
      <h2>
        Feeds <span>age against limit</span>
        <Link href="/settings/feeds" className="hover:text-fg">
          All{feeds === null || feeds.length === 0 ? '' : ` ${formatCount(feeds.length)}`}
        </Link>
      </h2>
      <Ages feeds={feeds} now={now} />
    </section>
  );
}

function Ages({ feeds, now }: { readonly feeds: readonly FeedView[] | null; readonly now: Date }) {
  if (feeds === null) return <p className="text-fg-3">Their ages did not load.</p>;
  if (feeds.length === 0) return <p className="text-fg-3">None is brought in yet.</p>;
  return (
    <ul>
      {byLateness(feeds, now)
        .slice(0, SHOWN)
        .map(({ source, age, share, isLate }) => (
          <li key={source} className="feed-age" data-late={isLate ? '' : undefined}>
            <span className="truncate" title={source}>
              {source}
            </span>
            <Meter share={share} />
            <span className="num">
              {age === null ? 'never' : formatAge(age)}
              {isLate ? <span className="vh"> late</span> : null}
            </span>
          </li>
        ))}
    </ul>
  );
}
