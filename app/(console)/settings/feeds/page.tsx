import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { byLateness, FEED_HOURS_MAX } from '@/components/feeds/feed-lateness.ts';
import { FeedTable } from '@/components/feeds/feed-table.tsx';
import { EmptyState } from '@/components/ui/block-state.tsx';
import { CommandBlock } from '@/components/ui/command-block.tsx';
import { requireCaller } from '@/lib/auth/require-caller.ts';
import { isAllowed } from '@/lib/core/model/permissions.ts';
import { listFeeds } from '@/lib/operations/console/list-feeds.ts';
import { runOperation } from '@/lib/operations/operation.ts';
import { SyncButton } from './_components/sync-button.tsx';

export const metadata: Metadata = { title: 'Feeds' };

export default async function FeedsPage() {
  const { deps, caller } = await requireCaller();
  // Hidden from whoever may not see it, like its entry in the list of sections.
  if (!isAllowed(caller.role, 'settings:read')) {
    notFound();
  }
  const feeds = await runOperation(listFeeds, deps, caller, {});
  const now = deps.clock.now();
  const maySync = isAllowed(caller.role, 'scans:run');
  return (
    <>
      <div className="-mx-(--gutter) -mt-6">
        <FeedTable
          feeds={byLateness(feeds, now)}
          now={now}
          action={maySync ? <SyncButton isFirst={feeds.length === 0} /> : null}
        />
      </div>
      {feeds.length === 0 ? (
        <div className="mb-6 max-w-160">
          <EmptyState kind="unknown" title="No advisories are here yet">
            A scan needs them. Bring them in from their publishers, or from a bundle.
          </EmptyState>
        </div>
      ) : (
        <p className="mb-6 max-w-160 text-fg-2">
          A feed is late when its last sync failed, or is more than {FEED_HOURS_MAX} hours ago. Findings of advisories
          that came since are missing then.
        </p>
      )}
      <section className="max-w-160">
        <div className="section-head">
          <h2>Without a way to the internet</h2>
        </div>
        <p className="text-fg-2">
          Keep the publishers’ files in a directory or on a server of your own. Bring them in once by hand, on the
          machine that Harrier runs on:
        </p>
        <div className="my-2">
          <CommandBlock command="npx harrier feeds sync --from DIR" />
        </div>
        <p className="text-fg-2">
          Or start Harrier with <code>HARRIER_FEEDS</code>. Every sync reads from there then, also those of this page:
        </p>
        <div className="my-2">
          <CommandBlock command="HARRIER_FEEDS=/srv/feeds npm start" />
        </div>
      </section>
    </>
  );
}
