import Link from 'next/link';
import { formatCounted } from '@/components/format/format-count.ts';
import { Timestamp } from '@/components/ui/timestamp.tsx';
import type { Mention } from '@/lib/core/model/duty.ts';

interface Props {
  readonly mentions: readonly Mention[];
  readonly now: Date;
}

/** Comments that call the reader by name, the newest first. */
export function Mentions({ mentions, now }: Props) {
  return (
    <section aria-label="Comments that name you">
      <div className="section-head !mb-1">
        <h2>Comments that name you</h2>
      </div>
      {mentions.length === 0 ? <p className="text-12 text-fg-3">Nobody has named you in a comment.</p> : null}
      <ul>
        {mentions.map((mention) => (
          <li key={mention.commentId} className="border-line border-t py-1.5">
            <p className="flex gap-2 text-12 text-fg-3">
              <bdi className="truncate font-medium text-fg">{mention.author}</bdi>
              <Timestamp time={mention.at} now={now} />
              <Link
                className="ml-auto flex-none hover:text-fg"
                href={`/findings/${mention.findingId}?tab=activity`}
                prefetch={false}
              >
                {formatCounted(mention.findings, 'finding')}
              </Link>
            </p>
            <p className="line-clamp-3 break-words">
              <bdi>{mention.body.slice(0, 600)}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
