import type { FeedView } from '@/lib/core/model/views.ts';
import type { ConnectionsView } from '@/lib/operations/cloud/list-connections.ts';
import { accountSums } from '../account-sums.ts';
import { fixOf } from '../fix-of.ts';
import { AccountFix } from './account-fix.tsx';
import { Connected } from './connected.tsx';
import { FeedAges } from './feed-ages.tsx';
import { RegionCounts } from './region-counts.tsx';

interface Props {
  readonly view: ConnectionsView;
  /** Null where they did not load. */
  readonly feeds: readonly FeedView[] | null;
  readonly now: Date;
}

/** What is connected, what ends the first denial, where resources are, and how old the advisories are. */
export function AccountsRail({ view, feeds, now }: Props) {
  const fix = fixOf(view);
  return (
    <aside className="accounts-rail" aria-label="Connected">
      <Connected sums={accountSums(view.accounts, now)} now={now} />
      {fix === null ? null : <AccountFix fix={fix} />}
      <RegionCounts regions={view.regions} />
      <FeedAges feeds={feeds} now={now} />
    </aside>
  );
}
